#include "run/case.h"

#include "base/work_limit.h"
#include "record/bounds.h"
#include "record/run.h"
#include "record/steps_behind.h"
#include "run/shared/console_window.h"
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

bool went_well(const record::StepResult& step) {
  return step.outcome == Outcome::passed || step.outcome == Outcome::skipped;
}

record::StepResult skipped_by_hand(const scenario::Step& step) {
  record::StepResult result = untried(step);
  result.outcome = Outcome::skipped;
  result.note.kind = record::Note::Kind::stepped;
  return result;
}

// `first` is the first try of a step.
record::Note repeated_by_hand(const record::StepResult& first) {
  record::Note note;
  note.kind = record::Note::Kind::repeated_by_hand;
  if (!first.failures.empty())
    note.failure = first.failures.front();
  else if (first.error)
    note.text = first.error->what;
  return note;
}

// What pages say is evidence of a failure; of steps that passed, what was asked and answered is enough.
void drop_pages(record::Evidence& evidence) {
  for (record::Exchange& exchange : evidence.exchanges) {
    exchange.body_cut = exchange.body_cut || !exchange.body.empty();
    exchange.body = {};
  }
  if (!evidence.page) return;
  evidence.page->text.clear();
  evidence.page->outline.clear();
}

// Bytes of all that was answered.
std::size_t answered(const record::Evidence& evidence) {
  std::size_t bytes = 0;
  for (const record::Exchange& exchange : evidence.exchanges) bytes += exchange.body_size;
  return bytes;
}

// A copy of the step with no more evidence than its remarks.
record::StepResult with_remarks(record::StepResult& step) {
  record::Evidence whole = std::exchange(step.evidence, {});
  record::StepResult copy = step;
  copy.evidence = record::remarks_of(whole);
  step.evidence = std::move(whole);
  return copy;
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
    : case_(planned), context_(context), driver_(driver), scope_(scope), emit_(emit), steps_(context, driver, scope),
      guide_(context.guide), shown_(context.app.console().mark()), stop_(context.stop) {
  if (planned.scenario->timeout) deadline_ = SteadyClock::now() + *planned.scenario->timeout;
}

void CaseRunner::remember(record::StepResult result) {
  results_.push_back(std::move(result));
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
      drop_pages(results_[*each].evidence);
      forgotten_.push_back(*each);
    }
  // A scenario without a failure needs none of them: they are read when one comes, or when too much has gathered.
  constexpr std::size_t few = 4, most_unread = std::size_t{64} << 10;
  const auto unread = [this] {
    std::size_t bytes = 0;
    for (const std::size_t step : forgotten_) bytes += answered(results_[step].evidence);
    return bytes;
  };
  for (; forgotten_.size() > few && unread() > most_unread; forgotten_.pop_front()) {
    const std::size_t oldest = forgotten_.front();
    read_page(oldest, drive::PageParts::without_words);
    drop_pages(results_[oldest].evidence);
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
  for (std::size_t i = 0; i + 1 < results_.size(); ++i) {
    drop_pages(results_[i].evidence);
    const std::optional<record::PageSeen>& page = results_[i].evidence.page;
    if (page && std::ranges::find(behind, i) == behind.end())
      results_.back().earlier_pages.push_back({.index = static_cast<std::int64_t>(i), .page = *page});
  }
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
  const bool is_well = went_well(result);
  has_run_ = has_run_ || result.outcome != Outcome::skipped;
  if (result.outcome == Outcome::skipped && note_ == record::Note{}) note_ = result.note;
  // The whole of a step is remembered for the next failure. Of most of them little is told: only that is copied.
  const bool is_told_briefly = is_well && context_.of_passed_steps == Kept::outcome;
  record::StepResult told = is_told_briefly ? with_remarks(result) : result;
  if (outcome_ == Outcome::passed) {
    remember(std::move(result));
    if (is_well) {
      forget_pages();
    } else {
      outcome_ = is_interruption(told) ? Outcome::not_run : told.outcome;
      if (outcome_ != Outcome::not_run) {
        add_earlier_steps();
        context_.diagnose(results_, case_, scope_);
        told = std::move(results_.back());
      }
      results_.clear();
      unread_.clear();
    }
  }
  if (is_well && context_.of_passed_steps == Kept::requests) drop_pages(told.evidence);
  emit_(record::StepFinished{case_.planned->id, std::move(told)});
  return is_well;
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
  ++turn_;
  const SteadyClock::time_point start = SteadyClock::now();
  bool passed =
      run_steps(use.flow->steps, prefix + (step.name.empty() ? use.flow->name : step.name.str()) + " › ", after);
  const std::map<std::string, scenario::Variable> set_inside = scope_.leave();
  ++turn_;
  for (const std::string& name : use.flow->gives) {
    // A flow that ended early may not have come to what it gives.
    if (const auto given = set_inside.find(name); given != set_inside.end()) scope_.set(name, given->second);
  }
  // What is stated at the step itself holds for the page the flow ended on.
  if (passed && (!step.expect.empty() || !step.capture.empty()))
    passed = tell(steps_.conclude(step, since(start), stop_), prefix);
  return passed;
}

bool CaseRunner::end_early() {
  if (outcome_ == Outcome::passed) outcome_ = Outcome::not_run;
  return false;
}

Guide::Answer CaseRunner::ask(record::StepResult step, Guide::Moment moment, const std::string& prefix) {
  // What a step of another flow names may be out of sight here.
  const bool may_repeat = moment == Guide::Moment::after_a_failure || (last_.step != nullptr && last_.turn == turn_);
  target::Console& console = context_.app.console();
  step.title = prefix + step.title;
  step.evidence.console = console_since(console, shown_);
  shown_ = console.mark();
  const SteadyClock::time_point asked = SteadyClock::now();
  const Guide::Answer answer = guide_->ask({.planned = *case_.planned,
                                            .moment = moment,
                                            .step = std::move(step),
                                            .cookies = driver_.cookies(),
                                            .may_repeat = may_repeat,
                                            .try_out = [this](const std::vector<scenario::Expectation>& expectations) {
                                              return steps_.try_out(expectations, stop_);
                                            }});
  if (deadline_) *deadline_ += SteadyClock::now() - asked;
  return answer;
}

bool CaseRunner::run_guided(const scenario::Step& step, const std::string& prefix) {
  using enum Guide::Answer;
  while (guide_->stops(*case_.planned, step.place, Guide::Moment::before_a_step)) {
    const Guide::Answer answer = ask(steps_.look(step, stop_), Guide::Moment::before_a_step, prefix);
    if (answer == quit) return end_early();
    if (answer == skip) {
      by_hand_.kind = record::Note::Kind::skipped_by_hand;
      return tell(skipped_by_hand(step), prefix);
    }
    if (answer == go_on) break;
    if (!perform_again()) return false;
  }
  return perform_guided(
      {.step = &step, .prefix = prefix, .page = driver_.page(), .turn = turn_, .result = results_.size()});
}

// Once more what passed. It has its number, and keeps it when it passes again.
bool CaseRunner::perform_again() {
  if (last_.page) driver_.go_back_to(last_.page);
  record::StepResult result = steps_.run(*last_.step, deadline_, stop_);
  if (!went_well(result)) return conclude_guided(last_, std::move(result));
  if (outcome_ != Outcome::passed) return true;
  result.title = last_.prefix + result.title;
  results_[last_.result] = std::move(result);
  began_[last_.result] = steps_.began();
  unread_[last_.result] = steps_.unread_page();
  return true;
}

bool CaseRunner::perform_guided(GuidedStep guided) {
  last_ = std::move(guided);
  return conclude_guided(last_, steps_.run(*last_.step, deadline_, stop_));
}

// Nothing that is done by hand makes a step that did not pass one that did: the failure remains, or nothing is judged.
bool CaseRunner::conclude_guided(const GuidedStep& guided, record::StepResult result) {
  using enum Guide::Answer;
  const scenario::Step& step = *guided.step;
  record::Note by_hand;
  for (int tries = 2; !went_well(result) && !is_interruption(result) &&
                      guide_->stops(*case_.planned, step.place, Guide::Moment::after_a_failure);
       ++tries) {
    const Guide::Answer answer = ask(result, Guide::Moment::after_a_failure, guided.prefix);
    if (answer == skip) {
      tell(std::move(result), guided.prefix);
      return true;
    }
    if (answer != repeat) break;
    if (by_hand == record::Note{}) by_hand = repeated_by_hand(result);
    if (guided.page) driver_.go_back_to(guided.page);
    result = steps_.run(step, deadline_, stop_);
    result.note.kind = record::Note::Kind::retried;
    result.note.number = tries;
  }
  if (went_well(result) && by_hand != record::Note{}) by_hand_ = std::move(by_hand);
  return tell(std::move(result), guided.prefix);
}

bool CaseRunner::run_steps(const std::vector<scenario::Step>& steps, const std::string& prefix, AfterFailure after) {
  bool all_passed = true;
  for (const scenario::Step& step : steps) {
    if (stop_.stop_requested()) return end_early();
    const auto* use = std::get_if<scenario::Use>(&step.verb);
    const bool passed = use != nullptr      ? run_flow(step, *use, prefix, after)
                        : guide_ != nullptr ? run_guided(step, prefix)
                                            : tell(steps_.run(step, deadline_, stop_), prefix);
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
  guide_ = nullptr;
  run_steps(case_.scenario->cleanup, "cleanup › ", AfterFailure::go_on);
  if (outcome_ == Outcome::passed && by_hand_ != record::Note{}) {
    note_ = std::move(by_hand_);
    return Outcome::not_run;
  }
  if (is_skipped && outcome_ == Outcome::passed) return Outcome::skipped;
  note_ = {};
  return outcome_;
}

} // namespace murphy::run
