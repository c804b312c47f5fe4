// One attempt at one case: its steps, the flows they use, and its cleanup.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "run/plan/plan.h"
#include "run/steps/step.h"

#include <chrono>
#include <string>
#include <vector>

namespace murphy::run {

class CaseRunner {
public:
  // Steps are told to `emit` as they end. Everything given outlives the runner.
  CaseRunner(const Case& planned, const CaseContext& context, drive::Driver& driver, scenario::Scope& scope,
             const record::EventSink& emit);

  // Runs the steps until one does not pass, then the whole of the cleanup, whatever came before and also after a stop.
  // A cleanup that does not pass fails a case that had passed.
  record::Outcome run();

private:
  enum class AfterFailure { stop, go_on };

  bool run_steps(const std::vector<scenario::Step>& steps, const std::string& prefix, AfterFailure after);
  bool run_flow(const scenario::Step& step, const scenario::Use& use, const std::string& prefix, AfterFailure after);
  bool tell(record::StepResult result, const std::string& prefix);

  const Case& case_;
  const CaseContext& context_;
  scenario::Scope& scope_;
  const record::EventSink& emit_;
  StepRunner steps_;
  record::Outcome outcome_ = record::Outcome::passed;
  std::vector<record::StepResult> results_; // the steps until one did not pass
  std::stop_token stop_;
  std::optional<std::chrono::steady_clock::time_point> deadline_; // of the scenario's `timeout`
};

} // namespace murphy::run
