// The last run as figures for the textfile collector of Prometheus' node_exporter: how it is now, and nothing that adds
// up.
#include "record/exposition.h"
#include "reports/junit_case.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"

#include <chrono>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

using record::Outcome;

constexpr std::size_t most_series = 5000;

std::string seconds(std::chrono::duration<double> time) { return fmt::format("{:.3f}", time.count()); }

} // namespace

std::string prometheus(const record::Run& run) {
  record::Exposition out(record::MetricsFormat::prometheus, most_series);
  const auto begin = [&out](std::string_view name, std::string_view help) {
    out.begin(name, record::Exposition::Kind::gauge, help);
  };
  const std::string target = record::label("target", plain_line(run.started.target));
  begin("murphy_build_info", "The version of Murphy.");
  out.add(record::label("version", plain_line(run.started.murphy_version)), "1");
  if (is_stepped(run)) {
    begin("murphy_last_run_stepped", "1: a person went through the run, so there are no other figures of it.");
    out.add(target, "1");
    return out.finish();
  }
  begin("murphy_last_run_timestamp_seconds", "When the run began.");
  out.add(target, seconds(run.started.at.time_since_epoch()));
  begin("murphy_target_up", "1 if the app was there, 0 if it was not, or not to the end.");
  if (run.ready || run.lost) out.add(target, run.lost ? "0" : "1");
  const record::Totals totals = record::totals(run);
  begin("murphy_run_scenarios", "Scenarios of the run, by outcome.");
  for (const auto& [name, number] : {std::pair("passed", totals.passed),
                                     {"failed", totals.failed},
                                     {"error", totals.errors},
                                     {"skipped", totals.skipped},
                                     {"not_run", totals.not_run}})
    out.add(target + "," + record::label("outcome", name), std::to_string(number));
  std::vector<std::pair<std::string, const record::CaseResult*>> judged; // with their labels
  UniqueNames names;
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases) {
      const std::string name = names.make(feature.name, plain_line(result.plan->name));
      if (result.outcome == Outcome::passed || result.outcome == Outcome::failed)
        judged.emplace_back(target + "," + record::label("feature", plain_line(feature.name)) + "," +
                                record::label("scenario", name),
                            &result);
    }
  begin("murphy_scenario_success", "1 if the scenario passed, 0 if it failed.");
  for (const auto& [labels, result] : judged) out.add(labels, result->outcome == Outcome::passed ? "1" : "0");
  begin("murphy_scenario_last_duration_seconds", "How long it ran.");
  for (const auto& [labels, result] : judged) out.add(labels, seconds(result->duration));
  return out.finish();
}

} // namespace murphy::reports
