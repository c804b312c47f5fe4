#include "run/case.h"

#include "base/work_limit.h"
#include "record/bounds.h"
#include "record/run.h"
#include "record/steps_behind.h"
#include "run/shared/wait.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <utility>

namespace murphy::run {
namespace {

using record::Outcome;
using SteadyClock = std::chrono::steady_clock;

bool is_interruption(const record::StepResult& step) {
  return step.outcome == Outcome::error && step.error->kind == ErrorKind::interrupted;
}

// What pages say is evidence of a failure; of steps that passed, what was asked and answered is enough.
void drop_pages(record::Evidence& evidence) {
  for (record::Exchange& exchange : evidence.exchanges) {
    exchange.body_cut = exchange.body_cut || !exchange.body.empty();
    exchange.body.clear();
  }
  if (!evidence.page) return;
  evidence.page->text.clear();
  evidence.page->outline.clear();
}

// Whether the app has ended, or does so now: its connections close a moment before the news of its end.
bool has_ended(target::RunningTarget& app) {
  constexpr auto patience = std::chrono::milliseconds(500), turn = std::chrono::milliseconds(10);
  for (const auto until = SteadyClock::now() + patience; app.alive(); wait(turn, {}))
    if (!app.started_by_us() || SteadyClock::now() >= until) return false;
  return true;
}

} // namespace

CaseRunner::CaseRunner(const Case& planned, const CaseContext& context, drive::Driver& driver, scenario::Scope& scope,
                       const record::EventSink& emit)
    : case_(planned), context_(context), scope_(scope), emit_(emit), steps_(context, driver, scope),
      stop_(context.stop) {
  if (planned.scenario->timeout) deadline_ = SteadyClock::now() + *planned.scenario->timeout;
}

void CaseRunner::remember(const record::StepResult& result) {
  results_.push_back(result);
  began_.push_back(steps_.began());
  unread_.push_back(steps_.unread_page());
}

void CaseRunner::read_page(std::size_t step, drive::PageParts parts) {
  const UnreadPage unread = std::exchange(unread_[step], {});
  if (!unread) return;
  const WorkLimit limit(context_.step_deadline, stop_);
  try {
    results_[step].evidence.page = unread(parts);
  } catch (const WorkEnded&) {
    // The step passed; a failure of a later one goes without this page.
  }
}

// The newest step passed: of the others, a failure of the next one can be about two only.
void CaseRunner::forget_pages() {
  const std::size_t newest = results_.size() - 1;
  const std::array with_pages{sender_, submitter_, std::optional(newest)};
  if (!record::own_exchanges(results_[newest].evidence.exchanges).empty()) sender_ = newest;
  if (results_[newest].evidence.form) submitter_ = newest;
  for (const auto& each : with_pages)
    if (each && each != sender_ && each != submitter_) {
      read_page(*each, drive::PageParts::without_words);
      drop_pages(results_[*each].evidence);
    }
}

// The failed step is the last that was emitted.
void CaseRunner::add_earlier_steps() {
  for (std::size_t i = 0; i < results_.size(); ++i) read_page(i, drive::PageParts::all);
  const std::vector<std::size_t> behind = record::steps_behind(results_);
  for (std::size_t i = 0; i < behind.size(); ++i) {
    const record::StepResult& step = results_[behind[i]];
    const std::size_t next = i + 1 < behind.size() ? behind[i + 1] : results_.size() - 1;
    record::EarlierStep earlier{
        .index = static_cast<std::int64_t>(behind[i]), .title = step.title, .evidence = step.evidence};
    earlier.evidence.console = context_.app.console().lines_between(began_[behind[i]], began_[next]);
    record::keep_newest(earlier.evidence.console, record::most_of_step);
    results_.back().earlier.push_back(std::move(earlier));
  }
  for (std::size_t i = 0; i + 1 < results_.size(); ++i) drop_pages(results_[i].evidence);
}

// Tells of a step and notes what it means for the case. False when no further step may run.
bool CaseRunner::tell(record::StepResult result, const std::string& prefix) {
  result.title = prefix + result.title;
  if (result.outcome == Outcome::error && result.error->kind == ErrorKind::target && has_ended(context_.app)) {
    // Whatever it was asked, it should not have ended.
    record::Failure ended;
    ended.code = record::FailureCode::app_ended;
    ended.place = result.place;
    ended.source_line = result.source_line;
    ended.got = record::got_text(context_.app.death());
    ended.reason.what = result.error->what;
    result.failures = {std::move(ended)};
    result.error.reset();
    result.outcome = Outcome::failed;
  }
  const bool went_well = result.outcome == Outcome::passed || result.outcome == Outcome::skipped;
  has_run_ = has_run_ || result.outcome != Outcome::skipped;
  if (result.outcome == Outcome::skipped && note_ == record::Note{}) note_ = result.note;
  if (outcome_ == Outcome::passed) {
    remember(result);
    if (went_well) {
      forget_pages();
    } else {
      outcome_ = is_interruption(result) ? Outcome::not_run : result.outcome;
      if (outcome_ != Outcome::not_run) {
        add_earlier_steps();
        context_.diagnose(results_, case_, scope_);
        result = std::move(results_.back());
      }
      results_.clear();
      unread_.clear();
    }
  }
  if (went_well && context_.of_passed_steps == Kept::outcome) {
    record::keep_remarks(result.evidence);
  } else if (went_well && context_.of_passed_steps == Kept::requests) {
    drop_pages(result.evidence);
  }
  emit_(record::StepFinished{case_.planned->id, std::move(result)});
  return went_well;
}

bool CaseRunner::run_flow(const scenario::Step& step, const scenario::Use& use, const std::string& prefix,
                          AfterFailure after) {
  record::StepResult result = untried(step);
  if (!steps_.is_wanted(step, result)) return tell(std::move(result), prefix);
  std::map<std::string, scenario::Variable> parameters;
  for (const auto& [name, text] : use.with) {
    auto value = scope_.resolve(text);
    if (!value) {
      result.outcome = Outcome::error;
      result.error = value.error();
      return tell(std::move(result), prefix);
    }
    parameters.emplace(name, scenario::Variable{std::move(*value), scope_.begins_with(text)});
  }
  scope_.enter(std::move(parameters));
  const SteadyClock::time_point start = SteadyClock::now();
  bool passed = run_steps(use.flow->steps, prefix + (step.name.empty() ? use.flow->name : step.name) + " › ", after);
  const std::map<std::string, scenario::Variable> set_inside = scope_.leave();
  for (const std::string& name : use.flow->gives) {
    // A flow that ended early may not have come to what it gives.
    if (const auto given = set_inside.find(name); given != set_inside.end()) scope_.set(name, given->second);
  }
  // What is stated at the step itself holds for the page the flow ended on.
  if (passed && (!step.expect.empty() || !step.capture.empty()))
    passed = tell(steps_.conclude(step, since(start), stop_), prefix);
  return passed;
}

bool CaseRunner::run_steps(const std::vector<scenario::Step>& steps, const std::string& prefix, AfterFailure after) {
  bool all_passed = true;
  for (const scenario::Step& step : steps) {
    if (stop_.stop_requested()) {
      if (outcome_ == Outcome::passed) outcome_ = Outcome::not_run;
      return false;
    }
    const auto* use = std::get_if<scenario::Use>(&step.verb);
    const bool passed =
        use != nullptr ? run_flow(step, *use, prefix, after) : tell(steps_.run(step, deadline_, stop_), prefix);
    all_passed = all_passed && passed;
    if (!passed && after == AfterFailure::stop) return false;
  }
  return all_passed;
}

Outcome CaseRunner::run() {
  run_steps(case_.scenario->steps, {}, AfterFailure::stop);
  const bool is_skipped = !has_run_ && note_ != record::Note{};
  // What the steps left behind goes away whatever became of them: a stop or a timeout ends steps, not the cleanup.
  stop_ = {};
  deadline_.reset();
  run_steps(case_.scenario->cleanup, "cleanup › ", AfterFailure::go_on);
  if (is_skipped && outcome_ == Outcome::passed) return Outcome::skipped;
  return outcome_;
}

} // namespace murphy::run
