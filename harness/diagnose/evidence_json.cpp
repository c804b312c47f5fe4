#include "diagnose/evidence_json.h"

#include "base/make_error.h"
#include "base/nearest.h"
#include "base/text.h"

#include <array>
#include <boost/json.hpp>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace murphy::diagnose {

namespace {

namespace json = boost::json;

using record::ProbeEnd;

// Reads members and remembers the first that does not fit.
struct Reader {
  std::string wrong;

  void refuse(std::string_view member, std::string_view wanted) {
    if (wrong.empty()) wrong = fmt::format("\"{}\" must be {}", member, wanted);
  }

  std::string text(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) return {};
    if (value->is_string()) return std::string(value->get_string());
    refuse(name, "a string");
    return {};
  }

  // A list of strings, or one string. What stands in a list and is no text (a field without a name) is left out.
  std::vector<std::string> texts(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) return {};
    if (value->is_string()) return {std::string(value->get_string())};
    std::vector<std::string> all;
    if (!value->is_array()) {
      refuse(name, "a list of strings");
      return all;
    }
    for (const json::value& each : value->get_array()) {
      if (each.is_string())
        all.emplace_back(each.get_string());
      else if (!each.is_null())
        refuse(name, "a list of strings");
    }
    return all;
  }

  std::vector<Exchange> exchanges(const json::object& object) {
    std::vector<Exchange> all;
    const json::value* value = object.if_contains("exchanges");
    if (value == nullptr || value->is_null()) return all;
    if (!value->is_array()) {
      refuse("exchanges", "a list of {\"method\", \"path\", \"status\"}");
      return all;
    }
    for (const json::value& each : value->get_array()) {
      if (!each.is_object()) {
        refuse("exchanges", "a list of {\"method\", \"path\", \"status\"}");
        continue;
      }
      const json::object& one = each.get_object();
      Exchange exchange;
      exchange.method = text(one, "method");
      exchange.path = text(one, "path");
      exchange.note = text(one, "note");
      if (const json::value* status = one.if_contains("status"); status != nullptr && !status->is_null()) {
        if (status->is_int64() && status->get_int64() >= -1 && status->get_int64() < 1000)
          exchange.status = static_cast<int>(std::max<std::int64_t>(status->get_int64(), 0));
        else
          refuse("status", "a number from 100 to 999, 0 or null where no answer came");
      }
      all.push_back(std::move(exchange));
    }
    return all;
  }

  std::optional<record::Schema> schema(const json::object& object) {
    const json::value* value = object.if_contains("schema");
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (!value->is_object()) {
      refuse("schema", "an object: {\"users\": [\"id\", \"email\"]}");
      return std::nullopt;
    }
    record::Schema schema;
    for (const auto& [name, columns] : value->get_object()) {
      record::Table table;
      table.name = name;
      if (!columns.is_array()) {
        refuse("schema", "an object: {\"users\": [\"id\", \"email\"]}");
        continue;
      }
      for (const json::value& each : columns.get_array()) {
        record::Column column;
        if (each.is_string())
          column.name = std::string(each.get_string());
        else if (each.is_object())
          column.name = text(each.get_object(), "name");
        else
          refuse("schema", "an object: {\"users\": [\"id\", \"email\"]}");
        if (!column.name.empty()) table.columns.push_back(std::move(column));
      }
      schema.tables.push_back(std::move(table));
    }
    return schema;
  }

  ProbeEnd probe(const json::object& object, std::string_view name) {
    const std::string word = text(object, name);
    if (word.empty()) return ProbeEnd::not_asked;
    constexpr std::array<std::pair<std::string_view, ProbeEnd>, 4> ends = {{{"works", ProbeEnd::works},
                                                                            {"refused", ProbeEnd::refused},
                                                                            {"server_error", ProbeEnd::server_error},
                                                                            {"no_answer", ProbeEnd::no_answer}}};
    for (const auto& [end, value] : ends)
      if (end == word) return value;
    refuse(name, "\"works\", \"refused\", \"server_error\" or \"no_answer\"");
    return ProbeEnd::not_asked;
  }
};

} // namespace

Result<Evidence> evidence_from_json(std::string_view text, const std::string& file, std::uint32_t line) {
  boost::system::error_code failed;
  const std::string valid = is_utf8(text) ? std::string(text) : repair_utf8(text);
  const json::value value = json::parse(valid, failed);
  if (failed)
    return std::unexpected(in_file(
        usage_error("this is no JSON: " + failed.message(),
                    "evidence is one object, or one object a line; murphy explain FILE without --evidence takes a log"),
        file, line));
  if (!value.is_object())
    return std::unexpected(in_file(
        usage_error("evidence is an object", "write {\"exchanges\": [...], \"console\": [...], \"body\": \"...\"}"),
        file, line));

  const json::object& object = value.get_object();
  Reader reader;
  Evidence evidence;
  evidence.id = reader.text(object, "id");
  evidence.exchanges = reader.exchanges(object);
  evidence.locations = reader.texts(object, "locations");
  evidence.challenges = reader.texts(object, "challenges");
  evidence.page = reader.text(object, "body");
  for (std::string& words : reader.texts(object, "errors")) evidence.errors.push_back({{}, std::move(words)});
  evidence.fields = reader.texts(object, "fields");
  evidence.console = reader.texts(object, "console");
  evidence.database_log = reader.texts(object, "database_log");
  evidence.schema = reader.schema(object);
  if (const json::value* healthy = object.if_contains("healthy"); healthy != nullptr && healthy->is_object()) {
    const json::object& good = healthy->get_object();
    KnownGood record;
    record.exchanges = reader.exchanges(good);
    record.fields = reader.texts(good, "fields");
    record.sign_in_page = reader.text(good, "login");
    record.dashboard = reader.text(good, "dashboard");
    record.refusal = reader.text(good, "wrong_password");
    record.console = reader.texts(good, "console");
    record.schema = reader.schema(good);
    evidence.known_good = std::move(record);
  } else if (healthy != nullptr && !healthy->is_null()) {
    reader.refuse("healthy", "an object");
  }
  if (const json::value* probes = object.if_contains("probes"); probes != nullptr && probes->is_object()) {
    const json::object& asked = probes->get_object();
    evidence.probes = {reader.probe(asked, "wrong_password"), reader.probe(asked, "unknown_user"),
                       reader.probe(asked, "no_session"),     reader.probe(asked, "ready_page"),
                       reader.probe(asked, "static_page"),    reader.probe(asked, "second_account")};
  } else if (probes != nullptr && !probes->is_null()) {
    reader.refuse("probes", "an object");
  }
  if (!reader.wrong.empty())
    return std::unexpected(
        in_file(usage_error(reader.wrong, "docs/diagnosis.md lists what evidence may hold"), file, line));
  return evidence;
}

} // namespace murphy::diagnose
