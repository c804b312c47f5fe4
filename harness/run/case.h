// One attempt at one case: its steps, the flows they use, and its cleanup.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "run/plan/plan.h"
#include "run/steps/step.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

class CaseRunner {
public:
  // Steps go to `emit` as they end. Everything given outlives the runner.
  CaseRunner(const Case& planned, const CaseContext& context, drive::Driver& driver, scenario::Scope& scope,
             const record::EventSink& emit);

  // Runs the steps until one does not pass, then the whole of the cleanup, whatever came before and also after a stop.
  // A cleanup that does not pass fails a case that had passed.
  // A case in which no step ran is skipped: it proves nothing.
  record::Outcome run();
  // Why it was skipped.
  const record::Note& note() const { return note_; }

private:
  enum class AfterFailure { stop, go_on };

  bool run_steps(const std::vector<scenario::Step>& steps, const std::string& prefix, AfterFailure after);
  bool run_flow(const scenario::Step& step, const scenario::Use& use, const std::string& prefix, AfterFailure after);
  bool tell(record::StepResult result, const std::string& prefix);
  void remember(const record::StepResult& result);
  void read_page(std::size_t step, drive::PageParts parts);
  void forget_pages();
  void add_earlier_steps();

  const Case& case_;
  const CaseContext& context_;
  scenario::Scope& scope_;
  const record::EventSink& emit_;
  StepRunner steps_;
  record::Outcome outcome_ = record::Outcome::passed;
  bool has_run_ = false; // any step
  record::Note note_;    // of the first step that was skipped
  // The steps until one did not pass, what pages said only of those that the next failure may be about; and where each
  // of them began on the console.
  std::vector<record::StepResult> results_;
  std::vector<target::Console::Mark> began_;
  std::vector<UnreadPage> unread_;                // the page of each of them that nobody has looked at
  std::optional<std::size_t> sender_, submitter_; // the last that sent something, and that submitted a form
  std::stop_token stop_;
  std::optional<std::chrono::steady_clock::time_point> deadline_; // of the scenario's `timeout`
};

} // namespace murphy::run
