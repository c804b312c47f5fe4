#include "watch/state_json.h"

#include "base/make_error.h"
#include "base/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <chrono>
#include <cstdint>
#include <exception>

namespace murphy::watch {
namespace {

namespace json = boost::json;
using std::chrono::microseconds;

json::value written(Instant at) { return std::chrono::floor<microseconds>(at.time_since_epoch()).count(); }
Instant moment(const json::value& value) { return Instant(microseconds(value.to_number<std::int64_t>())); }
std::string text(const json::value& value) { return std::string(value.as_string()); }
int number(const json::value& value) { return value.to_number<int>(); }
// Of a member that an earlier Murphy did not write.
int optional_number(const json::value& value, std::string_view name) {
  const json::value* found = value.as_object().if_contains(name);
  return found == nullptr ? 0 : number(*found);
}

template <class Texts> json::value written_texts(const Texts& texts) {
  json::array all;
  for (const std::string& each : texts) all.emplace_back(each);
  return all;
}
template <class Texts> Texts texts(const json::value& value) {
  Texts all;
  for (const json::value& each : value.as_array()) all.insert(all.end(), text(each));
  return all;
}

// Of what an earlier Murphy did not write.
std::set<std::string> later_texts(const json::value& value, std::string_view key) {
  const json::value* found = value.as_object().if_contains(key);
  return found == nullptr ? std::set<std::string>() : texts<std::set<std::string>>(*found);
}

json::value written(const std::optional<LikelyCause>& cause) {
  if (!cause) return nullptr;
  return json::object{{"fingerprint", cause->fingerprint},
                      {"words", cause->words},
                      {"confidence", static_cast<int>(cause->confidence)},
                      {"names", written_texts(cause->names)}};
}
std::optional<LikelyCause> cause(const json::value& value) {
  if (value.is_null()) return std::nullopt;
  return LikelyCause{.fingerprint = text(value.at("fingerprint")),
                     .words = text(value.at("words")),
                     .confidence = static_cast<record::Confidence>(number(value.at("confidence"))),
                     .names = texts<std::vector<std::string>>(value.at("names"))};
}

json::value written(const CheckState& check) {
  return json::object{{"feature", check.feature},
                      {"red", check.is_red},
                      {"failed_in_row", check.failed_in_row},
                      {"passed_in_row", check.passed_in_row},
                      {"recent", check.recent},
                      {"looked", written(check.looked)},
                      {"failed_from", written(check.failed_from)},
                      {"last_pass", written(check.last_pass)},
                      {"cause", written(check.cause)},
                      {"headline", check.headline},
                      {"place", check.place},
                      {"refused", written_texts(check.refused)},
                      {"slow_in_row", check.slow_in_row},
                      {"slow", check.is_slow},
                      {"urgency", check.urgency}};
}
CheckState check(const json::value& value) {
  const json::object& all = value.as_object();
  const json::value* slow_in_row = all.if_contains("slow_in_row"); // an earlier Murphy did not write these
  const json::value* slow = all.if_contains("slow");
  return {.feature = text(value.at("feature")),
          .is_red = value.at("red").as_bool(),
          .failed_in_row = number(value.at("failed_in_row")),
          .passed_in_row = number(value.at("passed_in_row")),
          .slow_in_row = slow_in_row == nullptr ? 0 : number(*slow_in_row),
          .is_slow = slow != nullptr && slow->as_bool(),
          .recent = text(value.at("recent")),
          .looked = moment(value.at("looked")),
          .failed_from = moment(value.at("failed_from")),
          .last_pass = moment(value.at("last_pass")),
          .cause = cause(value.at("cause")),
          .headline = text(value.at("headline")),
          .place = text(value.at("place")),
          .refused = later_texts(value, "refused"),
          .urgency = optional_number(value, "urgency")};
}

json::value written(const SpentByAccount& spent) {
  json::object accounts;
  for (const auto& [account, all] : spent) {
    json::array list;
    for (const WrongPasswords& each : all) list.push_back(json::array{written(each.at), each.count});
    accounts[account] = std::move(list);
  }
  return accounts;
}
SpentByAccount spent(const json::value& value) {
  SpentByAccount all;
  for (const auto& [account, list] : value.as_object())
    for (const json::value& each : list.as_array())
      all[account].push_back({.at = moment(each.at(0)), .count = number(each.at(1))});
  return all;
}

json::value written(const std::optional<SchemaChange>& change) {
  if (!change) return nullptr;
  return json::object{{"differences", written_texts(change->differences)},
                      {"after", written(change->after)},
                      {"before", written(change->before)}};
}
std::optional<SchemaChange> change(const json::value& value) {
  if (value.is_null()) return std::nullopt;
  return SchemaChange{.differences = texts<std::vector<std::string>>(value.at("differences")),
                      .after = moment(value.at("after")),
                      .before = moment(value.at("before"))};
}

json::value written(const Incident& incident) {
  return json::object{{"id", incident.id},
                      {"key", incident.key},
                      {"critical", incident.severity == Severity::critical},
                      {"opened", written(incident.opened)},
                      {"failed_from", written(incident.failed_from)},
                      {"last_good", written(incident.last_good)},
                      {"cause", written(incident.cause)},
                      {"red", written_texts(incident.red)},
                      {"affected", written_texts(incident.affected)},
                      {"features", written_texts(incident.features)},
                      {"failed_in_row", incident.failed_in_row},
                      {"headline", incident.headline},
                      {"place", incident.place},
                      {"schema", written(incident.schema)},
                      {"reminders", incident.reminders},
                      {"urgency", incident.urgency},
                      {"unwatched", incident.is_unwatched}};
}
Incident incident(const json::value& value) {
  using Set = std::set<std::string>;
  return {.id = text(value.at("id")),
          .key = text(value.at("key")),
          .severity = value.at("critical").as_bool() ? Severity::critical : Severity::warning,
          .opened = moment(value.at("opened")),
          .failed_from = moment(value.at("failed_from")),
          .last_good = moment(value.at("last_good")),
          .cause = cause(value.at("cause")),
          .red = texts<Set>(value.at("red")),
          .affected = texts<Set>(value.at("affected")),
          .features = texts<Set>(value.at("features")),
          .failed_in_row = number(value.at("failed_in_row")),
          .headline = text(value.at("headline")),
          .place = text(value.at("place")),
          .schema = change(value.at("schema")),
          .reminders = number(value.at("reminders")),
          .urgency = optional_number(value, "urgency"),
          .is_unwatched = value.at("unwatched").as_bool()};
}

json::value written(const std::map<std::string, Instant>& moments) {
  json::object all;
  for (const auto& [name, at] : moments) all[name] = written(at);
  return all;
}

json::value written(const ConsoleMemory& memory) {
  json::object news;
  for (const auto& [form, kind] : memory.news)
    news[form] = json::object{{"text", kind.text}, {"seen", written(kind.seen)}, {"cause", written(kind.cause)}};
  json::array counts;
  for (const auto& [slot, number] : memory.counts) counts.push_back(json::array{slot, number});
  return json::object{{"news", std::move(news)},          {"known", written(memory.known)},
                      {"counts", std::move(counts)},      {"began", written(memory.began)},
                      {"looked", written(memory.looked)}, {"learned_from", written(memory.learned_from)}};
}
ConsoleMemory console_memory(const json::value& value) {
  ConsoleMemory memory;
  for (const auto& [form, kind] : value.at("news").as_object())
    memory.news[form] = {
        .text = text(kind.at("text")), .seen = moment(kind.at("seen")), .cause = cause(kind.at("cause"))};
  for (const auto& [form, at] : value.at("known").as_object()) memory.known[form] = moment(at);
  for (const json::value& each : value.at("counts").as_array())
    memory.counts[each.as_array()[0].to_number<std::int64_t>()] = each.as_array()[1].to_number<std::int64_t>();
  memory.began = moment(value.at("began"));
  memory.looked = moment(value.at("looked"));
  memory.learned_from = moment(value.at("learned_from"));
  return memory;
}

json::value written(const ProcessMemory& memory) {
  json::array starts;
  for (const Instant each : memory.starts) starts.push_back(written(each));
  return json::object{{"id", memory.id},
                      {"start_ticks", memory.start_ticks},
                      {"starts", std::move(starts)},
                      {"restarts", memory.restarts}};
}
ProcessMemory process_memory(const json::value& value) {
  ProcessMemory memory;
  memory.id = value.at("id").to_number<std::int64_t>();
  memory.start_ticks = value.at("start_ticks").to_number<std::int64_t>();
  for (const json::value& each : value.at("starts").as_array()) memory.starts.push_back(moment(each));
  memory.restarts = value.at("restarts").to_number<std::int64_t>();
  return memory;
}

} // namespace

std::string state_text(const WatchState& state) {
  json::object checks;
  for (const auto& [id, each] : state.checks) checks[id] = written(each);
  json::array open;
  for (const Incident& each : state.open) open.push_back(written(each));
  json::object certificates;
  for (const auto& [id, end] : state.certificates) certificates[id] = written(end);
  // What an app says need not be UTF-8, and could not be read again.
  return repair_utf8(json::serialize(json::object{{"target", state.target},
                                                  {"checks", std::move(checks)},
                                                  {"unjudged", written_texts(state.unjudged)},
                                                  {"open", std::move(open)},
                                                  {"schema_clean", written(state.schema_clean)},
                                                  {"settled_changes", written_texts(state.settled_changes)},
                                                  {"schema_looked", state.schema_looked},
                                                  {"fresh_change", written(state.fresh_change)},
                                                  {"maintenance", state.is_maintenance},
                                                  {"quiet_until", written(state.quiet_until)},
                                                  {"blind_server", json::value_from(state.blind_server)},
                                                  {"held_back", json::value_from(state.held_back)},
                                                  {"wrong_passwords", written(state.wrong_passwords)},
                                                  {"certificates", std::move(certificates)},
                                                  {"server_looked", written(state.server_looked)},
                                                  {"migrations_pending", json::value_from(state.migrations_pending)},
                                                  {"blind_app", json::value_from(state.blind_app)},
                                                  {"console", written(state.console)},
                                                  {"process", written(state.process)},
                                                  {"blind", state.blind}}));
}

Result<WatchState> read_state(std::string_view from) {
  try {
    const json::value value = json::parse(from);
    WatchState state;
    state.target = text(value.at("target"));
    for (const auto& [id, each] : value.at("checks").as_object()) state.checks.emplace(id, check(each));
    state.unjudged = texts<std::set<std::string>>(value.at("unjudged"));
    for (const json::value& each : value.at("open").as_array()) state.open.push_back(incident(each));
    state.schema_clean = moment(value.at("schema_clean"));
    state.settled_changes = texts<std::vector<std::string>>(value.at("settled_changes"));
    state.schema_looked = value.at("schema_looked").as_bool();
    state.blind = text(value.at("blind"));
    // An earlier Murphy did not write these.
    const json::object& all = value.as_object();
    if (const json::value* fresh = all.if_contains("fresh_change")) state.fresh_change = change(*fresh);
    if (const json::value* blind = all.if_contains("blind_server"))
      for (const auto& [name, why] : blind->as_object()) state.blind_server[name] = text(why);
    if (const json::value* certificates = all.if_contains("certificates"))
      for (const auto& [id, end] : certificates->as_object()) state.certificates[id] = moment(end);
    if (const json::value* looked = all.if_contains("server_looked")) state.server_looked = moment(*looked);
    if (const json::value* pending = all.if_contains("migrations_pending"); pending && !pending->is_null())
      state.migrations_pending = pending->to_number<std::int64_t>();
    if (const json::value* blind = all.if_contains("blind_app"))
      for (const auto& [name, why] : blind->as_object()) state.blind_app[name] = text(why);
    if (const json::value* console = all.if_contains("console")) state.console = console_memory(*console);
    if (const json::value* process = all.if_contains("process")) state.process = process_memory(*process);
    if (const json::value* open = all.if_contains("maintenance")) state.is_maintenance = open->as_bool();
    if (const json::value* quiet = all.if_contains("quiet_until")) state.quiet_until = moment(*quiet);
    if (const json::value* held = all.if_contains("held_back"))
      for (const auto& [id, account] : held->as_object()) state.held_back[id] = text(account);
    if (const json::value* wrong = all.if_contains("wrong_passwords")) state.wrong_passwords = spent(*wrong);
    return state;
  } catch (const std::exception& error) {
    return std::unexpected(internal_error(std::string("the state of the watch cannot be read: ") + error.what()));
  }
}

} // namespace murphy::watch
