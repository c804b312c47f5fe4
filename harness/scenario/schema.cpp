#include "scenario/schema.h"

#include "base/text.h"
#include "scenario/json_text.h"
#include "scenario/signatures.h"
#include "scenario/vocabulary.h"
#include "scenario/watch_reader.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <span>

namespace murphy::scenario {
namespace {

// What a key takes: "text", "list of step", "table of value", "text or list of text", or the name of a table.
struct Shape {
  std::string_view key;
  std::string_view takes;
};

using Keys = std::vector<std::string_view>;

// One that is written needs others beside it.
struct Need {
  std::string_view key;
  Keys needs;
};

enum class Filled { maybe, somehow, by_one_key };

// Which keys a table has.
struct Demands {
  Keys required{};
  Filled filled = Filled::maybe;
  std::vector<Keys> any_of{}; // of these, all of at least one
  std::vector<Keys> one_of{}; // of these, all of exactly one
  std::vector<Need> needs{};
  std::vector<Need> needs_by_kind{}; // the same by the value of the key "kind"
};

struct Table {
  std::string_view name;
  std::vector<const Vocabulary*> of; // whose keys it has
  std::vector<Shape> shapes;
  Demands demands{};
  std::string_view others{}; // what keys of one's own take; empty: there are none
};

const std::vector<Shape>& expectations() {
  static const std::vector<Shape> shapes = {
      {"status", "integer or text or list of integer_or_text"},
      {"page", "matcher"},
      {"came_through", "list of text"},
      {"title", "matcher"},
      {"text", "matcher or list of matcher"},
      {"no_text", "matcher or list of matcher"},
      {"element", "text or element or list of text_or_element"},
      {"no_element", "text or element or list of text_or_element"},
      {"field_error", "table of matcher"},
      {"no_field_error", "flag or list of text"},
      {"form_error", "matcher"},
      {"header", "table of matcher"},
      {"cookie", "table of expected_cookie"},
      {"json", "table of expected_json"},
      {"dashboard", "open_or_closed"},
      {"form", "text"},
  };
  return shapes;
}

std::vector<Shape> with_expectations(std::vector<Shape> more) {
  more.insert(more.end(), expectations().begin(), expectations().end());
  return more;
}

const std::vector<Table>& feature_tables() {
  static const std::vector<Table> tables = {
      {"feature",
       {&feature_keys},
       {{"feature", "text"},
        {"tags", "list of text"},
        {"requires", "list of text"},
        {"scenario", "list of scenario"},
        {"import", "list of text"},
        {"flow", "table of flow"}},
       {.any_of = {{"feature"}, {"flow"}}, .needs = {{"feature", {"scenario"}}, {"scenario", {"feature"}}}}},
      {"scenario",
       {&scenario_keys},
       {{"name", "text"},
        {"tags", "list of text"},
        {"ticket", "text"},
        {"requires", "list of text"},
        {"user", "text"},
        {"users", "list of text"},
        {"steps", "list of step"},
        {"examples", "list of example"},
        {"cleanup", "list of step"},
        {"timeout", "duration"},
        {"known_failure", "known_failure"}},
       {.required = {"name", "steps"}}},
      {"flow",
       {&flow_keys},
       {{"params", "list of text"}, {"steps", "list of step"}, {"gives", "list of text"}},
       {.required = {"steps"}}},
      {"known_failure",
       {&known_failure_keys},
       {{"ticket", "text"}, {"until", "text"}},
       {.required = {"ticket", "until"}}},
  };
  return tables;
}

// What both kinds of file have.
const std::vector<Table>& shared_tables() {
  static const std::vector<Table> tables = {
      {"step",
       {&step_keys},
       {{"open", "text"},
        {"submit", "text"},
        {"click", "text"},
        {"request", "request"},
        {"sign_in", "text"},
        {"sign_out", "flag"},
        {"session", "text"},
        {"authorize", "text or flag or authorization"},
        {"headers", "table of text"},
        {"cookie", "table of text_or_flag"},
        {"use", "text"},
        {"validate", "text"},
        {"expect", "expect"},
        {"name", "text"},
        {"with", "table of filled"},
        {"send", "table of filled"},
        {"by", "text"},
        {"fields", "table of field_rules"},
        {"valid", "table of filled"},
        {"error", "text"},
        {"before", "list of step"},
        {"writes", "flag"},
        {"capture", "table of capture"},
        {"allow_error", "flag"},
        {"errors", "text"},
        {"redirects", "flag"},
        {"eventually", "duration"},
        {"timeout", "duration"},
        {"when", "when"}},
       {.filled = Filled::somehow}},
      {"request",
       {&request_keys},
       {{"method", "text"},
        {"url", "text"},
        {"headers", "table of text"},
        {"as", "text"},
        {"csrf", "csrf or flag"},
        {"body", "text"},
        {"json", "anything"},
        {"form", "table of filled"}},
       {.required = {"url"}}},
      {"csrf",
       {&csrf_keys},
       {{"cookie", "text"}, {"meta", "text"}, {"header", "text"}, {"open", "text"}},
       {.required = {"header"}, .one_of = {{"cookie"}, {"meta"}}}},
      {"authorization",
       {&authorization_keys},
       {{"basic", "list of text"}, {"digest", "list of text"}},
       {.filled = Filled::by_one_key}},
      {"expect",
       {&expect_keys},
       with_expectations({{"within", "duration"}, {"idp", "table of asks_or_lets_in"}}),
       {.filled = Filled::somehow}},
      {"when", {&when_keys}, with_expectations({{"target", "text"}}), {.filled = Filled::somehow}},
      {"comparison",
       {&matcher_keys},
       {{"contains", "scalar"}, {"matches", "text"}, {"not", "matcher"}, {"at_least", "number"}},
       {.filled = Filled::by_one_key}},
      {"element",
       {&element_keys},
       {{"css", "text"}, {"text", "matcher"}, {"count", "matcher"}, {"attr", "table of matcher"}},
       {.required = {"css"}}},
      {"expected_cookie",
       {&cookie_keys},
       {{"secure", "flag"},
        {"http_only", "flag"},
        {"same_site", "matcher"},
        {"path", "matcher"},
        {"domain", "matcher"},
        {"session", "flag"},
        {"max_age", "matcher"},
        {"value", "matcher"},
        {"changed", "flag"},
        {"unchanged", "flag"},
        {"absent", "flag"}},
       {.filled = Filled::somehow}},
      {"json_facts",
       {&json_value_keys, &matcher_keys},
       {{"null", "flag"},
        {"absent", "flag"},
        {"length", "matcher"},
        {"contains", "scalar"},
        {"matches", "text"},
        {"not", "matcher"},
        {"at_least", "number"}},
       {.filled = Filled::by_one_key}},
      {"capture",
       {&capture_keys},
       {{"css", "text"},
        {"attr", "text"},
        {"header", "text"},
        {"cookie", "text"},
        {"json", "text"},
        {"url", "flag"},
        {"url_query", "text"},
        {"url_fragment", "text"},
        {"regex", "text"},
        {"decode", "text or list of text"}},
       {.any_of = {{"css"}, {"header"}, {"cookie"}, {"json"}, {"url"}, {"url_query"}, {"url_fragment"}, {"regex"}},
        .needs = {{"attr", {"css"}}}}},
      {"field_rules",
       {&field_rule_keys},
       {{"required", "flag"},
        {"type", "text"},
        {"min_length", "integer"},
        {"max_length", "integer"},
        {"min", "scalar"},
        {"max", "scalar"},
        {"step", "scalar"},
        {"pattern", "text"},
        {"accepts", "list of scalar"},
        {"rejects", "list of scalar"},
        {"same_as", "text"},
        {"page", "flag"}}},
      {"upload", {&upload_keys}, {{"file", "text or list of text"}}, {.required = {"file"}}},
  };
  return tables;
}

std::vector<Need> needs_of_channels() {
  std::vector<Need> needs;
  for (const KindOfChannel& kind : kinds_of_channel()) needs.push_back({kind.name, kind.needs});
  return needs;
}

const std::vector<Table>& project_tables() {
  static const std::vector<Table> tables = {
      {"project",
       {&project_keys},
       {{"app", "app"},
        {"target", "table of target"},
        {"user", "table of user"},
        {"idp", "table of provider"},
        {"signature", "list of signature"},
        {"gate", "gate"},
        {"history", "history"},
        {"watch", "watch"}},
       {.required = {"target"}}},
      {"app",
       {&app_keys},
       {{"sign_in", "sign_in or list of step"},
        {"sign_in_by", "table of way"},
        {"sign_out", "sign_out or list of step"},
        {"dashboard", "dashboard"},
        {"errors", "text"},
        {"csrf", "csrf"},
        {"source", "text"}}},
      {"sign_in",
       {&sign_in_keys},
       {{"page", "text"}, {"submit", "text"}, {"fields", "table of filled"}, {"steps", "list of step"}},
       {.one_of = {{"steps"}, {"page", "submit", "fields"}}}},
      {"sign_out",
       {&sign_out_keys},
       {{"page", "text"}, {"submit", "text"}, {"click", "text"}, {"open", "text"}, {"steps", "list of step"}},
       {.one_of = {{"steps"}, {"submit"}, {"click"}, {"open"}}}},
      {"dashboard", {&dashboard_keys}, {{"page", "text"}, {"shows", "text"}}, {.required = {"page", "shows"}}},
      {"target",
       {&target_keys},
       {{"url", "text"},
        {"origins", "list of text"},
        {"allowed_hosts", "list of text"},
        {"start", "text or list of text"},
        {"ready", "text or list of text"},
        {"directory", "text"},
        {"env", "table of text"},
        {"start_timeout", "duration"},
        {"timeout", "duration"},
        {"socket", "text"},
        {"tls", "tls"},
        {"authorize", "text or authorization"},
        {"headers", "table of text"},
        {"restart", "flag"},
        {"production", "flag"},
        {"diagnose", "flag"},
        {"lockout", "integer"},
        {"trace_url", "text"},
        {"database", "text or setting"},
        {"console", "console"},
        {"process", "process"}},
       {.required = {"url"}}},
      {"console", {&console_keys}, {{"file", "text"}, {"command", "text"}}, {.filled = Filled::by_one_key}},
      {"process", {&process_keys}, {{"pid_file", "text"}}, {.required = {"pid_file"}}},
      {"tls",
       {&tls_keys},
       {{"ca", "text"}, {"certificate", "text"}, {"key", "text"}},
       {.needs = {{"certificate", {"key"}}, {"key", {"certificate"}}}}},
      {"user", {&user_keys}, {{"shared", "flag"}, {"pool", "integer"}}, {}, "text or setting"},
      {"setting", {&setting_keys}, {{"env", "text"}, {"file", "text"}}, {.filled = Filled::by_one_key}},
      {"provider", {&provider_keys}, {{"origin", "text"}}, {.required = {"origin"}}},
      {"signature",
       {&signature_keys},
       {{"layer", "text"}, {"says", "text"}, {"contains", "text"}, {"pattern", "text"}, {"example", "text"}},
       {.required = {"layer", "contains", "pattern", "example"}}},
      {"gate",
       {&gate_keys},
       {{"features", "list of text"},
        {"base", "text"},
        {"rules", "list of gate_rule"},
        {"ignore", "list of text"},
        {"red_base", "text"}}},
      {"gate_rule",
       {&gate_rule_keys},
       {{"paths", "list of text"}, {"features", "list of text"}},
       {.required = {"paths", "features"}}},
      {"history", {&history_keys}, {{"store", "text or setting"}, {"keep_days", "integer"}}, {.required = {"store"}}},
      {"watch",
       {&watch_keys},
       {{"target", "text"},
        {"tag", "text"},
        {"every", "duration"},
        {"only", "list of watch_only"},
        {"confirm", "list of duration"},
        {"fail_after", "integer"},
        {"fail_if", "text"},
        {"pass_after", "integer"},
        {"slow", "duration"},
        {"remind", "list of duration"},
        {"store", "text or setting"},
        {"maintenance", "list of watch_maintenance"},
        {"deploy_grace", "duration"},
        {"lockout_window", "duration"},
        {"database_checks", "flag"},
        {"read_replica", "text or setting"},
        {"migrations", "text or watch_migrations"},
        {"control", "text or setting"},
        {"listen", "text"},
        {"status_directory", "text"},
        {"metrics", "text"},
        {"heartbeat", "text or setting"},
        {"notify", "list of watch_notify"}},
       {.needs = {{"read_replica", {"database_checks"}}, {"migrations", {"database_checks"}}}}},
      {"watch_migrations",
       {&watch_migrations_keys},
       {{"command", "text"}, {"ok", "integer"}},
       {.required = {"command"}}},
      {"watch_only", {&watch_only_keys}, {{"tag", "text"}, {"every", "duration"}}, {.required = {"tag", "every"}}},
      {"watch_notify",
       {&watch_notify_keys},
       {{"kind", "kind_of_channel"},
        {"name", "text"},
        {"url", "text or setting"},
        {"secret", "text or setting"},
        {"command", "text"},
        {"key", "text or setting"},
        {"from", "text"},
        {"to", "list of text"},
        {"severity", "text"}},
       {.required = {"kind"}, .needs_by_kind = needs_of_channels()}},
      {"watch_maintenance",
       {&watch_maintenance_keys},
       {{"days", "list of text"}, {"from", "text"}, {"until", "text"}, {"zone", "text"}},
       {.required = {"from", "until"}}},
  };
  return tables;
}

std::string names_of_channels() {
  std::vector<std::string> quoted;
  for (const KindOfChannel& kind : kinds_of_channel()) quoted.push_back(fmt::format("\"{}\"", kind.name));
  return fmt::format(R"({{"enum":[{}]}})", join(quoted, ","));
}

// Shapes by themselves: what JSON Schema says of them.
const std::map<std::string_view, std::string, std::less<>>& atoms() {
  static const std::map<std::string_view, std::string, std::less<>> shapes = {
      {"kind_of_channel", names_of_channels()},
      {"text", R"({"type":"string"})"},
      {"flag", R"({"type":"boolean"})"},
      {"integer", R"({"type":"integer"})"},
      {"number", R"({"type":"number"})"},
      {"scalar", R"({"type":["string","number","boolean"]})"},
      {"duration",
       R"({"type":"string","minLength":2,"pattern":"^([0-9]+ *d *)?([0-9]+ *h *)?([0-9]+ *m(in)? *)?([0-9]+ *s *)?([0-9]+ *ms *)?$"})"},
      {"anything", "{}"},
      {"open_or_closed", R"({"enum":["open","closed"]})"},
      {"asks_or_lets_in", R"({"enum":["asks","lets_in"]})"},
  };
  return shapes;
}

// Shapes that are made of others.
const std::map<std::string_view, std::string_view>& compounds() {
  static const std::map<std::string_view, std::string_view> shapes = {
      {"integer_or_text", "integer or text"},
      {"text_or_element", "text or element"},
      {"text_or_flag", "text or flag"},
      {"matcher", "scalar or comparison"},
      {"filled", "scalar or list of scalar_or_upload or upload"},
      {"scalar_or_upload", "scalar or upload"},
      {"example", "table of scalar"},
      {"expected_json", "scalar or list of expected_json or json_facts"},
      {"way", "sign_in or list of step"},
  };
  return shapes;
}

std::string schema_of(std::string_view takes) {
  constexpr std::string_view either = " or ", list = "list of ", table = "table of ";
  if (const std::size_t at = takes.find(either); at != std::string_view::npos) {
    std::string all;
    for (std::string_view rest = takes; !rest.empty();) {
      const std::size_t end = std::min(rest.find(either), rest.size());
      all += (all.empty() ? "" : ",") + schema_of(rest.substr(0, end));
      rest.remove_prefix(std::min(end + either.size(), rest.size()));
    }
    return fmt::format(R"({{"anyOf":[{}]}})", all);
  }
  if (takes.starts_with(list))
    return fmt::format(R"({{"type":"array","items":{}}})", schema_of(takes.substr(list.size())));
  if (takes.starts_with(table))
    return fmt::format(R"({{"type":"object","additionalProperties":{}}})", schema_of(takes.substr(table.size())));
  if (const auto atom = atoms().find(takes); atom != atoms().end()) return atom->second;
  return fmt::format(R"({{"$ref":"#/definitions/{}"}})", takes);
}

const Key* key_of(const Table& table, std::string_view name) {
  for (const Vocabulary* vocabulary : table.of)
    if (const Key* key = vocabulary->find(name)) return key;
  return nullptr;
}

std::string required(const Keys& keys) {
  std::vector<std::string> quoted;
  for (const std::string_view key : keys) quoted.push_back(fmt::format("\"{}\"", key));
  return fmt::format(R"("required":[{}])", join(quoted, ","));
}

std::string groups(std::string_view which, const std::vector<Keys>& all) {
  std::vector<std::string> parts;
  for (const Keys& keys : all) parts.push_back("{" + required(keys) + "}");
  return parts.empty() ? "" : fmt::format(R"(,"{}":[{}])", which, join(parts, ","));
}

std::string keywords_of(const Demands& demands) {
  std::string text;
  if (!demands.required.empty()) text += "," + required(demands.required);
  if (demands.filled != Filled::maybe) text += R"(,"minProperties":1)";
  if (demands.filled == Filled::by_one_key) text += R"(,"maxProperties":1)";
  text += groups("anyOf", demands.any_of) + groups("oneOf", demands.one_of);
  std::vector<std::string> needs, by_kind;
  for (const Need& each : demands.needs) needs.push_back(fmt::format(R"("{}":{{{}}})", each.key, required(each.needs)));
  if (!needs.empty()) text += fmt::format(R"(,"dependencies":{{{}}})", join(needs, ","));
  for (const Need& each : demands.needs_by_kind)
    by_kind.push_back(
        fmt::format(R"({{"if":{{"properties":{{"kind":{{"const":"{}"}}}},"required":["kind"]}},"then":{{{}}}}})",
                    each.key, required(each.needs)));
  if (!by_kind.empty()) text += fmt::format(R"(,"allOf":[{}])", join(by_kind, ","));
  return text;
}

std::string schema_of(const Table& table) {
  std::vector<std::string> properties;
  for (const Shape& shape : table.shapes) {
    const Key* key = key_of(table, shape.key);
    const std::string example = key == nullptr ? std::string() : std::string(key->example);
    // Beside $ref, draft-07 sees nothing else.
    properties.push_back(fmt::format(R"("{}":{{"description":"{}","allOf":[{}]}})", shape.key, json_escaped(example),
                                     schema_of(shape.takes)));
  }
  const std::string more = (table.others.empty() ? "false" : schema_of(table.others)) + keywords_of(table.demands);
  return fmt::format(R"("type":"object","properties":{{{}}},"additionalProperties":{})", join(properties, ","), more);
}

std::string schema_of(std::string_view title, const std::vector<Table>& tables) {
  std::vector<std::string> definitions;
  const auto define = [&](const std::vector<Table>& all) {
    for (const Table& table : all) definitions.push_back(fmt::format("\"{}\":{{{}}}", table.name, schema_of(table)));
  };
  define({tables.begin() + 1, tables.end()});
  define(shared_tables());
  for (const auto& [name, takes] : compounds())
    if (name != "way" || title == "murphy.toml")
      definitions.push_back(fmt::format("\"{}\":{}", name, schema_of(takes)));
  return fmt::format(R"({{"$schema":"http://json-schema.org/draft-07/schema#","title":"{}",{},"definitions":{{{}}}}})",
                     title, schema_of(tables.front()), join(definitions, ",")) +
         "\n";
}

} // namespace

std::string feature_schema() { return schema_of("A feature file of Murphy", feature_tables()); }
std::string project_schema() { return schema_of("murphy.toml", project_tables()); }

std::vector<std::string> keys_without_shape() {
  std::vector<std::string> missing;
  for (const auto* tables : {&feature_tables(), &shared_tables(), &project_tables()}) {
    for (const Table& table : *tables) {
      for (const Vocabulary* vocabulary : table.of)
        for (const std::string& name : vocabulary->names())
          if (std::ranges::find(table.shapes, std::string_view(name), &Shape::key) == table.shapes.end())
            missing.push_back(fmt::format("{}.{}", table.name, name));
      for (const Shape& shape : table.shapes)
        if (const Key* key = key_of(table, shape.key); key == nullptr || key->later)
          missing.push_back(fmt::format("{}.{}", table.name, shape.key));
    }
  }
  return missing;
}

} // namespace murphy::scenario
