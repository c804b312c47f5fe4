#include "watch/alert.h"

#include "base/text.h"
#include "record/time.h"
#include "watch/time_text.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fmt/format.h>

namespace murphy::watch {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr int body_version = 1;
constexpr std::size_t most_changes = 3; // that are shown
constexpr Instant never{};

// A time of the day, behind its date where that is another one than that of `now`.
std::string clock_text(Instant at, Instant now, std::size_t length) {
  const std::string text = record::to_iso_8601(at);
  const bool is_today = std::chrono::floor<std::chrono::days>(at) == std::chrono::floor<std::chrono::days>(now);
  return (is_today ? "" : text.substr(0, 10) + " ") + text.substr(11, length);
}
std::string minute_text(Instant at, Instant now) { return clock_text(at, now, std::string_view("09:02").size()); }
std::string second_text(Instant at, Instant now) { return clock_text(at, now, std::string_view("09:02:04").size()); }

std::string counted(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

bool is_of_murphy(const Incident& incident) { return incident.affected.contains(own_check); }
bool is_of_server(const Incident& incident) {
  return std::ranges::any_of(incident.affected, [](const std::string& id) { return id.starts_with(server_prefix); });
}
bool is_of_certificate(const Incident& incident) { return incident.affected.contains(app_certificate_check); }
bool shows_app_server(const Incident& incident) {
  return std::ranges::any_of(incident.affected, [](const std::string& id) { return is_of_app_server(id); });
}
// Of checks whose headline says all.
std::string server_of(const Incident& incident) {
  return is_of_server(incident)        ? "the database"
         : is_of_certificate(incident) ? "the app"
         : shows_app_server(incident)  ? "the app server"
                                       : "";
}
bool is_of_app(const Incident& incident) { return incident.affected.contains(target_check); }

// "Sign in on staging", "3 features on staging", "staging"
std::string subject(const Incident& incident, const std::string& target) {
  if (incident.features.empty()) return target;
  if (incident.features.size() == 1) return one_line(*incident.features.begin()) + " on " + target;
  return counted(incident.features.size(), "feature") + " on " + target;
}

std::string changes_text(const SchemaChange& change) {
  std::vector<std::string> shown;
  for (const std::string& each : change.differences)
    if (shown.size() < most_changes) shown.push_back(one_line(each));
  const std::size_t more = change.differences.size() - shown.size();
  return join(shown, "; ") + (more == 0 ? "" : fmt::format("; and {} more", more));
}

// Between which looks the tables changed.
std::string when_changed(const SchemaChange& change, Instant now) {
  if (change.after == never) return fmt::format("changed before {} UTC", second_text(change.before, now));
  return fmt::format("changed between {} and {} UTC", second_text(change.after, now), second_text(change.before, now));
}

std::string cause_line(const Incident& incident) {
  const std::string id = "   [" + incident.id + "]";
  if (incident.cause)
    return fmt::format("{}: {}{}", incident.cause->confidence == record::Confidence::low ? "Perhaps" : "Likely cause",
                       one_line(incident.cause->words), id);
  if (incident.schema) return "Perhaps: the database: " + changes_text(*incident.schema) + id;
  if (is_of_murphy(incident)) return "Nobody knows whether sign-in works" + id;
  if (is_of_server(incident)) return "The database server: " + one_line(incident.headline) + id;
  if (is_of_certificate(incident)) return "The app: " + one_line(incident.headline) + id;
  if (shows_app_server(incident)) return "The app server: " + one_line(incident.headline) + id;
  if (is_of_app(incident)) return "The app does not answer as it should" + id;
  return "The evidence does not tell the cause" + id;
}

// Of one that is over.
std::string past_cause_line(const Incident& incident) {
  if (!incident.cause) return "It was: " + cause_line(incident);
  return fmt::format("{} was: {}   [{}]",
                     incident.cause->confidence == record::Confidence::low ? "Perhaps the cause" : "The likely cause",
                     one_line(incident.cause->words), incident.id);
}

std::string schema_line(const Incident& incident, Instant now) {
  if (!incident.schema) return {};
  return fmt::format("The database {}: {}", when_changed(*incident.schema, now), changes_text(*incident.schema));
}

std::string first_line(const Incident& incident) {
  if (incident.headline.empty() || !server_of(incident).empty()) return {};
  return fmt::format("First: {}{}", one_line(incident.headline),
                     incident.place.empty() ? "" : " (" + incident.place + ")");
}

std::string ack_line(const Incident& incident) {
  return fmt::format("Acknowledge: murphy watch ack {} \"who, why\"", incident.id);
}

// "4 of 17 scenarios, 3 runs in a row since 09:02 UTC (last good 09:01)"
std::string extent(const Incident& incident, std::size_t scenarios, Instant now) {
  const std::string server = server_of(incident);
  std::string text = is_of_murphy(incident) ? "Murphy cannot judge the scenarios"
                     : !server.empty()      ? server + ": " + one_line(incident.headline)
                     : is_of_app(incident)
                         ? "the app is not there"
                         : fmt::format("{} of {}", incident.affected.size(), counted(scenarios, "scenario"));
  text += fmt::format(", {} in a row since {} UTC", counted(static_cast<std::size_t>(incident.failed_in_row), "run"),
                      minute_text(incident.failed_from, now));
  return text +
         (incident.last_good == never ? "" : fmt::format(" (last good {})", minute_text(incident.last_good, now)));
}

std::vector<std::string> lines_of(const Notice& notice, const std::string& target, std::size_t scenarios) {
  const Incident& incident = notice.incident;
  const std::string of = subject(incident, target);
  const bool is_warning = incident.severity == Severity::warning;
  const std::string open_for = time_text(std::chrono::floor<seconds>(notice.at - incident.failed_from));
  switch (notice.what) {
  case Notice::What::opened:
    if (is_warning && incident.schema)
      return {fmt::format("WARNING  {}: the database {}", of, when_changed(*incident.schema, notice.at)),
              fmt::format("{}   [{}]", changes_text(*incident.schema), incident.id),
              "No failure is confirmed yet. If the change is meant, update the baseline with murphy snapshot."};
    return {fmt::format("{}  {}: {}", is_warning ? "WARNING" : "DOWN", of, extent(incident, scenarios, notice.at)),
            cause_line(incident), schema_line(incident, notice.at), first_line(incident), ack_line(incident)};
  case Notice::What::sharpened:
    if (incident.urgency > 0)
      return {fmt::format("UPDATE  {}: {}", of, extent(incident, scenarios, notice.at)), cause_line(incident),
              ack_line(incident)};
    return {fmt::format("UPDATE  {}: the cause is known now", of), cause_line(incident),
            schema_line(incident, notice.at), first_line(incident), ack_line(incident)};
  case Notice::What::spread:
    return {fmt::format("UPDATE  {}: it has spread, {} of {} by now", of, incident.affected.size(),
                        counted(scenarios, "scenario")),
            cause_line(incident), schema_line(incident, notice.at), first_line(incident), ack_line(incident)};
  case Notice::What::reminder:
    return {fmt::format("STILL DOWN  {}: for {}", of, open_for), cause_line(incident), schema_line(incident, notice.at),
            first_line(incident), ack_line(incident)};
  case Notice::What::resolved: break;
  }
  std::string left;
  if (incident.schema)
    left = notice.schema_remains ? "The change of the database is still there: " + changes_text(*incident.schema)
                                 : "The database is as it was: the change is gone";
  if (incident.is_unwatched)
    return {fmt::format("CLOSED  {}: it is not watched any longer, after {}", of, open_for),
            "Nobody knows whether it works. " + past_cause_line(incident)};
  if (!notice.goes_on_as.empty())
    return {fmt::format("MOVED  {}: it goes on as [{}]", of, notice.goes_on_as), past_cause_line(incident)};
  if (is_warning && incident.schema)
    return {fmt::format("RESOLVED  {}: the database is as it was, after {}", of, open_for), left};
  return {fmt::format("RESOLVED  {}: after {}, {} to {} UTC", of, open_for,
                      minute_text(incident.failed_from, notice.at), minute_text(notice.at, incident.failed_from)),
          past_cause_line(incident), left};
}

std::string event_of(Notice::What what) {
  switch (what) {
  case Notice::What::opened: return "opened";
  case Notice::What::sharpened:
  case Notice::What::spread: return "updated";
  case Notice::What::reminder: return "reminder";
  case Notice::What::resolved: break;
  }
  return "resolved";
}

json::value moment(Instant at) { return at == never ? json::value() : json::value(record::to_iso_8601(at)); }

template <class Texts> json::array list_of(const Texts& texts) {
  json::array all;
  for (const std::string& each : texts) all.emplace_back(each);
  return all;
}

json::object body_of(const Alert& alert, const std::string& target, Instant at) {
  return {{"version", body_version},
          {"event", alert.event},
          {"at", moment(at)},
          {"target", target},
          {"severity", name_of(alert.severity)},
          {"incident", alert.incident},
          {"key", alert.key},
          {"text", join(alert.lines, "\n")}};
}

} // namespace

std::string_view name_of(Severity severity) { return severity == Severity::critical ? "critical" : "warning"; }

Alert alert_of(const Notice& notice, const std::string& target, std::size_t scenarios) {
  const Incident& incident = notice.incident;
  Alert alert{.event = event_of(notice.what),
              .severity = incident.severity,
              .incident = incident.id,
              .key = incident.key,
              .lines = lines_of(notice, target, scenarios),
              .body = {}};
  std::erase(alert.lines, std::string());
  json::object body = body_of(alert, target, notice.at);
  body["opened"] = moment(incident.opened);
  body["failed_from"] = moment(incident.failed_from);
  body["last_good"] = moment(incident.last_good);
  body["scenarios"] = list_of(incident.affected);
  body["features"] = list_of(incident.features);
  if (incident.cause)
    body["cause"] = json::object{{"words", incident.cause->words},
                                 {"confidence", record::name_of(incident.cause->confidence)},
                                 {"fingerprint", incident.cause->fingerprint}};
  if (incident.schema)
    body["database"] = json::object{{"changes", list_of(incident.schema->differences)},
                                    {"after", moment(incident.schema->after)},
                                    {"before", moment(incident.schema->before)}};
  alert.body = repair_utf8(json::serialize(body));
  return alert;
}

Alert test_alert(const std::string& target, Instant at) {
  Alert alert{.event = "test",
              .severity = Severity::critical,
              .incident = "test",
              .key = "murphy/" + target + "/test",
              .lines = {fmt::format("TEST  {}: this channel works", target), "Nothing is wrong; nobody has to act."},
              .body = {}};
  alert.body = json::serialize(body_of(alert, target, at));
  return alert;
}

} // namespace murphy::watch
