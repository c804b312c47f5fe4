#include "cli/init_proof.h"

#include "base/environment.h"
#include "base/text.h"
#include "cli/inputs.h"
#include "cli/prepared_run.h"
#include "record/redact.h"
#include "words/failure_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>

namespace murphy::cli {
namespace {

constexpr std::size_t most_lines = 10;

// The environment, in which the password is known though it was typed.
scenario::Inputs inputs_with(const ProofSettings& settings, scenario::Inputs inputs, record::Redactor& redactor) {
  inputs.environment = [variable = settings.variable,
                        password = settings.password](const std::string& name) -> std::optional<ClearText> {
    if (name == variable) return password->reveal();
    return environment_variable(name);
  };
  inputs.learn_secret = [&redactor](std::shared_ptr<const Secret> secret) { redactor.learn(std::move(secret)); };
  return inputs;
}

std::string first_fault(const record::CaseResult& result) {
  for (const record::StepResult& step : result.steps) {
    if (step.error) return step.error->what;
    if (step.failures.empty()) continue;
    const words::FailureText text = words::failure_text(step.failures.front());
    return fmt::format("expected {}, got {}", text.expected, text.got);
  }
  return "it did not run";
}

} // namespace

std::expected<record::Run, Errors> prove(const ProofSettings& settings, record::Redactor& redactor,
                                         const std::stop_token& stop) {
  auto outside = inputs({});
  if (!outside) return std::unexpected(Errors{outside.error()});
  PreparedRun ready;
  ready.inputs = inputs_with(settings, std::move(*outside), ready.redactor);
  ready.loaded = load_texts(settings.project, settings.feature, ready.inputs);
  if (!ready.loaded.errors.empty()) return std::unexpected(ready.loaded.errors);
  for (auto& secret : scenario::project_secrets(*ready.loaded.project, ready.inputs)) {
    redactor.learn(secret);
    ready.redactor.learn(std::move(secret));
  }
  ready.plan = run::plan(ready.loaded.features);
  const auto target = choose_target(*ready.loaded.project, {});
  if (!target) return std::unexpected(Errors{target.error()});
  ready.target = *target;
  auto setup = TargetSetup::make(**target, *ready.loaded.project, ready.inputs, settings.resolve);
  if (!setup) return std::unexpected(Errors{setup.error()});
  ready.setup.emplace(std::move(*setup));
  RunOptions options;
  options.jobs = 1;
  options.no_confirm = true;
  run::RunSettings run_settings = ready.settings(options, stop);
  run_settings.probed = nullptr; // each failed sign-in counts towards a lock
  run_settings.of_passed_steps = run::Kept::outcome;
  record::Run run;
  Errors errors;
  run::run(ready.plan, std::move(run_settings), [&](const record::Event& event) {
    if (auto applied = record::apply(run, record::redact(event, ready.redactor)); !applied)
      errors.push_back(applied.error());
  });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return run;
}

std::vector<std::string> faults_of(const record::Run& run) {
  std::vector<std::string> faults;
  if (run.lost) {
    faults = last_lines(run.lost->console);
    faults.insert(faults.begin(), run.lost->error.what);
    return faults;
  }
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& each : feature.cases)
      if (each.outcome != record::Outcome::passed)
        faults.push_back(one_line(fmt::format("{}: {}", each.plan->name, first_fault(each))));
  return faults;
}

std::vector<std::string> last_lines(const std::vector<record::ConsoleLine>& console) {
  std::vector<std::string> lines;
  for (const record::ConsoleLine& line :
       console | std::views::drop(console.size() - std::min(console.size(), most_lines)))
    lines.push_back("  " + line.text);
  if (!lines.empty()) lines.insert(lines.begin(), "The last lines of its console:");
  return lines;
}

} // namespace murphy::cli
