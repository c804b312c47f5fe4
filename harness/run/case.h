// One attempt at one case: its steps, the flows they use, and its cleanup.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "run/plan/plan.h"
#include "run/steps/step.h"

#include <chrono>
#include <cstddef>
#include <deque>
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
  // Why it was skipped; of a case that is not judged, what was done to it by hand.
  const record::Note& note() const { return note_; }

private:
  enum class AfterFailure { stop, go_on };

  bool run_steps(const std::vector<scenario::Step>& steps, const std::string& prefix, AfterFailure after);
  bool run_flow(const scenario::Step& step, const scenario::Use& use, const std::string& prefix, AfterFailure after);
  bool tell(record::StepResult result, const std::string& prefix);
  // A step that a person performed, may repeat, and stepped from the page it began on.
  struct GuidedStep {
    const scenario::Step* step = nullptr;
    std::string prefix;
    std::shared_ptr<const drive::Page> page; // may be null
    std::size_t turn = 0;                    // how often a flow had begun or ended
    std::size_t result = 0;                  // of `results_`
  };
  bool run_guided(const scenario::Step& step, const std::string& prefix);
  bool perform_guided(GuidedStep guided);
  bool perform_again();
  bool conclude_guided(const GuidedStep& guided, record::StepResult result);
  Guide::Answer ask(record::StepResult step, Guide::Moment moment, const std::string& prefix);
  bool end_early();
  void remember(record::StepResult result);
  void read_page(std::size_t step, drive::PageParts parts);
  void forget_pages();
  void add_earlier_steps();

  const Case& case_;
  const CaseContext& context_;
  drive::Driver& driver_;
  scenario::Scope& scope_;
  const record::EventSink& emit_;
  StepRunner steps_;
  record::Outcome outcome_ = record::Outcome::passed;
  bool has_run_ = false; // any step
  record::Note note_;    // of the first step that was skipped
  record::Note by_hand_; // why a case that passed is not judged
  std::size_t turn_ = 0; // how often a flow has begun or ended
  // The steps until one did not pass, what pages said only of those that the next failure may be about; and where each
  // of them began on the console.
  std::vector<record::StepResult> results_;
  std::vector<target::Console::Mark> began_;
  std::vector<UnreadPage> unread_;                // the page of each of them that nobody has looked at
  std::optional<std::size_t> sender_, submitter_; // the last that sent something, and that submitted a form
  std::deque<std::size_t> forgotten_;             // steps before them whose pages were not looked at, the oldest first
  Guide* guide_ = nullptr;                        // of the steps, and not of the cleanup
  GuidedStep last_;                               // that was performed
  target::Console::Mark shown_ = 0;               // as far as the guide has seen the console
  std::stop_token stop_;
  std::optional<std::chrono::steady_clock::time_point> deadline_; // of the scenario's `timeout`
};

} // namespace murphy::run
