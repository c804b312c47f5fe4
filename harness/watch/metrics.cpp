#include "watch/metrics.h"

#include "watch/look.h"
#include "watch/public_state.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <string_view>
#include <utility>

namespace murphy::watch {
namespace {

using record::Exposition;
using record::label;
using record::MetricsFormat;
using Kind = Exposition::Kind;

std::string seconds_text(std::chrono::duration<double> time) { return fmt::format("{:.3f}", time.count()); }

using Failures = decltype(Counts::failures);

// A series that is born at 1 has no increase: all that can be are there from the beginning.
Failures with_zeros(Failures failures) {
  failures.try_emplace({"unknown", "none"}, 0);
  using enum record::Layer;
  using enum record::Confidence;
  for (const record::Layer layer : {view, controller, model, database, session, config, network, harness})
    for (const record::Confidence confidence : {guess, low, medium, high})
      failures.try_emplace({std::string(record::name_of(layer)), std::string(record::name_of(confidence))}, 0);
  return failures;
}

class Metrics {
public:
  Metrics(const WatchState& state, const MetricsFacts& facts, MetricsFormat format, Instant now)
      : state_(state), facts_(facts), now_(now), format_(format), out_(format, most_series),
        target_(label("target", facts.target)) {}

  std::string text() {
    build();
    scenarios();
    target();
    if (facts_.counts) counters(*facts_.counts);
    if (facts_.process) process(*facts_.process);
    if (facts_.counts) durations(*facts_.counts);
    const std::size_t dropped = out_.dropped();
    Exposition last(format_, 1); // there is room for it whatever came before
    last.begin("murphy_series_dropped", Kind::gauge, "Series that were left out because there are too many.");
    last.add({}, std::to_string(dropped));
    return out_.text() + last.finish();
  }

private:
  std::string labels_of(const WatchedScenario& scenario) const {
    return target_ + "," + label("feature", scenario.feature) + "," + label("scenario", scenario.name);
  }
  const CheckState* state_of(const WatchedScenario& scenario) const {
    const auto found = state_.checks.find(scenario.id);
    return found == state_.checks.end() ? nullptr : &found->second;
  }

  // It fails as far as anybody knows, however long ago it ran.
  bool is_in_incident(const std::string& id) const {
    return std::ranges::any_of(state_.open, [&](const Incident& each) { return each.red.contains(id); });
  }

  void build() {
    out_.begin("murphy_build_info", Kind::gauge, "The version of Murphy.");
    out_.add(label("version", facts_.version), "1");
    out_.begin("murphy_config_last_reload_successful", Kind::gauge,
               "1 if the files of the watch were read last without an error.");
    out_.add({}, facts_.reload.is_good ? "1" : "0");
    out_.begin("murphy_config_last_reload_success_timestamp_seconds", Kind::gauge, "When they were read again last.");
    if (facts_.reload.last_good != Instant{}) out_.add({}, seconds_text(facts_.reload.last_good.time_since_epoch()));
  }

  void scenarios() {
    out_.begin("murphy_scenario_success", Kind::gauge, "1 while a scenario passes, 0 once its failure is confirmed.");
    for (const WatchedScenario& each : facts_.scenarios)
      if (const CheckState* check = state_of(each);
          check && (is_fresh(each, check->looked, now_) || is_in_incident(each.id)))
        out_.add(labels_of(each), check->is_red ? "0" : "1");
    out_.begin("murphy_scenario_slow", Kind::gauge, "1 while a scenario passes and takes too long.");
    for (const WatchedScenario& each : facts_.scenarios)
      if (const CheckState* check = state_of(each); check && is_fresh(each, check->looked, now_))
        out_.add(labels_of(each), check->is_slow ? "1" : "0");
    out_.begin("murphy_scenario_last_success_timestamp_seconds", Kind::gauge, "When a scenario passed last.");
    for (const WatchedScenario& each : facts_.scenarios)
      if (const CheckState* check = state_of(each); check && check->last_pass != Instant{})
        out_.add(labels_of(each), seconds_text(check->last_pass.time_since_epoch()));
    out_.begin("murphy_schedule_interval_seconds", Kind::gauge, "How often a scenario runs.");
    for (const WatchedScenario& each : facts_.scenarios) out_.add(labels_of(each), seconds_text(each.every));
  }

  void target() {
    out_.begin("murphy_target_up", Kind::gauge, "1 while the app answers, 0 once it is confirmed that it does not.");
    if (const auto app = state_.checks.find(target_check);
        app != state_.checks.end() && is_app_known(state_, facts_.scenarios, now_))
      out_.add(target_, app->second.is_red ? "0" : "1");
    out_.begin("murphy_incidents_open", Kind::gauge, "Incidents that are open.");
    for (const auto& [severity, name] : {std::pair(Severity::critical, "critical"), {Severity::warning, "warning"}})
      out_.add(target_ + "," + label("severity", name),
               std::to_string(std::ranges::count(state_.open, severity, &Incident::severity)));
    out_.begin("murphy_maintenance", Kind::gauge, "1 while a maintenance window is open.");
    out_.add(target_, state_.is_maintenance ? "1" : "0");
    const Instant last = last_judged(state_, facts_.scenarios);
    const bool is_visible = state_.blind.empty() && state_.schema_looked && is_recent(last);
    out_.begin("murphy_schema_visible", Kind::gauge, "1 if the last look could compare the tables with the baseline.");
    out_.add(target_, is_visible ? "1" : "0");
    out_.begin("murphy_schema_drift_changes", Kind::gauge, "Differences of the tables from the baseline.");
    if (is_visible) out_.add(target_, std::to_string(changes()));
    server();
    out_.begin("murphy_tls_expiry_timestamp_seconds", Kind::gauge, "When a certificate ends.");
    for (const auto& [check, endpoint] :
         {std::pair(app_certificate_check, "app"), {database_certificate_check, "database"}})
      if (const auto known = state_.checks.find(check); known != state_.checks.end() && is_recent(known->second.looked))
        if (const auto end = state_.certificates.find(check); end != state_.certificates.end())
          out_.add(target_ + "," + label("endpoint", endpoint), seconds_text(end->second.time_since_epoch()));
    app_server();
    out_.begin("murphy_last_run_timestamp_seconds", Kind::gauge,
               "When a scenario was judged last, or the app did not answer.");
    if (last != Instant{}) out_.add(target_, seconds_text(last.time_since_epoch()));
  }

  bool is_recent(Instant looked) const {
    return std::ranges::any_of(facts_.scenarios,
                               [&](const WatchedScenario& each) { return is_fresh(each, looked, now_); });
  }

  void server() {
    const bool is_known = is_recent(state_.server_looked); // a look of long ago says nothing of now
    const auto labels = [&](const std::string& name) { return target_ + "," + label("check", name); };
    out_.begin("murphy_database_check_state", Kind::gauge, "1 if a check of the database server is good, 0 if not.");
    for (const auto& [id, check] : state_.checks) {
      const std::string name = id.substr(std::min(std::string_view(server_prefix).size(), id.size()));
      if (is_known && id.starts_with(server_prefix) && !state_.blind_server.contains(name))
        out_.add(labels(name), check.failed_in_row > 0 ? "0" : "1");
    }
    out_.begin("murphy_database_check_blind", Kind::gauge, "1 for each check of the database server that saw nothing.");
    if (is_known)
      for (const auto& [name, why] : state_.blind_server) out_.add(labels(name), "1");
    out_.begin("murphy_migrations_pending", Kind::gauge, "Migrations that have not run.");
    if (is_known && state_.migrations_pending) out_.add(target_, std::to_string(*state_.migrations_pending));
  }

  void app_server() {
    const auto labels = [&](std::string_view name) { return target_ + "," + label("check", name); };
    out_.begin("murphy_app_check_state", Kind::gauge, "1 if a check of the app server is good, 0 if not.");
    for (const auto& [id, check] : state_.checks) {
      if (!is_of_app_server(id) || !is_recent(check.looked)) continue;
      const std::string name = id.substr(std::string_view(app_prefix).size());
      if (!state_.blind_app.contains(name)) out_.add(labels(name), check.failed_in_row > 0 ? "0" : "1");
    }
    out_.begin("murphy_app_check_blind", Kind::gauge, "1 for each check of the app server that could not be judged.");
    for (const auto& [name, why] : state_.blind_app) out_.add(labels(name), "1");
    console();
    app_process();
  }

  bool is_seen(const char* check) const {
    const auto known = state_.checks.find(check);
    return known != state_.checks.end() && is_recent(known->second.looked) &&
           !state_.blind_app.contains(known->first.substr(std::string_view(app_prefix).size()));
  }

  void console() {
    if (state_.console.looked == Instant{}) return; // there is none
    if (facts_.counts) {
      out_.begin("murphy_app_error_lines_total", Kind::counter,
                 "Error lines on the console of the app, without those of the baseline.");
      out_.add(target_, std::to_string(facts_.counts->error_lines));
    }
    out_.begin("murphy_app_new_error_kinds", Kind::gauge, "Kinds of error lines of the last 10 minutes that are new.");
    if (is_seen(console_check)) out_.add(target_, std::to_string(state_.console.news.size()));
  }

  void app_process() {
    if (state_.process.id == 0) return; // nobody said which process it is
    if (facts_.counts) {
      out_.begin("murphy_app_restarts_total", Kind::counter, "How often another process of the app was seen.");
      out_.add(target_, std::to_string(state_.process.restarts));
    }
    if (!state_.process.last || !is_seen(process_check)) return;
    const ProcessLook& process = *state_.process.last;
    const auto figure = [&](const char* name, const char* help, const std::string& value) {
      out_.begin(name, Kind::gauge, help);
      out_.add(target_, value);
    };
    figure("murphy_app_start_time_seconds", "When the process of the app started.",
           seconds_text(process.started.time_since_epoch()));
    figure("murphy_app_resident_memory_bytes", "Memory that it holds.", std::to_string(process.resident_bytes));
    figure("murphy_app_memory_limit_bytes", "Memory that it may have.", std::to_string(process.most_bytes));
    if (process.open_files) figure("murphy_app_open_fds", "Its open files.", std::to_string(*process.open_files));
    figure("murphy_app_max_fds", "Most open files that it may have.", std::to_string(process.most_files));
    figure("murphy_app_threads", "Its threads.", std::to_string(process.threads));
  }

  std::size_t changes() const {
    for (const Incident& each : state_.open)
      if (each.schema && state_.schema_clean <= each.schema->before) return each.schema->differences.size();
    return state_.settled_changes.size();
  }

  void counters(const Counts& counts) {
    out_.begin("murphy_runs_skipped_total", Kind::counter, "Runs that were left out.");
    out_.add(target_ + "," + label("reason", "overrun"), std::to_string(counts.overrun));
    out_.add(target_ + "," + label("reason", "budget"), std::to_string(counts.budget));
    out_.begin("murphy_scenario_runs_total", Kind::counter, "Runs of a scenario, by outcome.");
    for (const WatchedScenario& each : facts_.scenarios) {
      const auto found = counts.scenarios.find(each.id);
      const ScenarioCounts of = found == counts.scenarios.end() ? ScenarioCounts() : found->second;
      // A series that is born at 1 has no increase: all are there from the beginning.
      const auto outcome = [&](const char* name) { return labels_of(each) + "," + label("outcome", name); };
      out_.add(outcome("passed"), std::to_string(of.passed));
      out_.add(outcome("failed"), std::to_string(of.failed), of.last_failed);
      out_.add(outcome("error"), std::to_string(of.unjudged));
    }
    out_.begin("murphy_failures_total", Kind::counter, "Failed runs, by where the likely cause is.");
    for (const auto& [by, number] : with_zeros(counts.failures))
      out_.add(target_ + "," + label("layer", by.first) + "," + label("confidence", by.second), std::to_string(number));
    out_.begin("murphy_notifications_total", Kind::counter, "Attempts to send an alert, by channel and outcome.");
    for (const auto& [by, number] : counts.alerts)
      out_.add(target_ + "," + label("channel", by.first) + "," + label("outcome", by.second), std::to_string(number));
  }

  void process(const ProcessFigures& own) {
    const auto figure = [&](const char* name, Kind kind, const char* help, const std::string& value) {
      out_.begin(name, kind, help);
      out_.add({}, value);
    };
    figure("process_cpu_seconds_total", Kind::counter, "Processor time that murphy used.",
           fmt::format("{:.2f}", own.cpu_seconds));
    figure("process_start_time_seconds", Kind::gauge, "When murphy started.", fmt::format("{:.2f}", own.started));
    figure("process_resident_memory_bytes", Kind::gauge, "Memory that murphy holds.",
           std::to_string(own.resident_bytes));
    figure("process_open_fds", Kind::gauge, "Open files.", std::to_string(own.open_files));
    figure("process_max_fds", Kind::gauge, "Most open files that are allowed.", std::to_string(own.most_files));
    figure("process_threads", Kind::gauge, "Threads.", std::to_string(own.threads));
  }

  // The most series by far: where there are too many, these are missing first.
  void durations(const Counts& counts) {
    out_.begin("murphy_scenario_duration_seconds", Kind::histogram, "How long a scenario runs.");
    for (const WatchedScenario& each : facts_.scenarios) {
      const auto found = counts.scenarios.find(each.id);
      const ScenarioCounts of = found == counts.scenarios.end() ? ScenarioCounts() : found->second;
      out_.add(labels_of(each), duration_bounds, of.durations, of.seconds);
    }
  }

  const WatchState& state_;
  const MetricsFacts& facts_;
  const Instant now_;
  const MetricsFormat format_;
  Exposition out_;
  const std::string target_;
};

} // namespace

std::string metrics_text(const WatchState& state, const MetricsFacts& facts, MetricsFormat format, Instant now) {
  return Metrics(state, facts, format, now).text();
}

} // namespace murphy::watch
