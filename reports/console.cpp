#include "reports/console.h"

#include "base/boxed.h"
#include "base/text.h"
#include "record/case_index.h"
#include "reports/console_ending.h"
#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/status_line.h"
#include "reports/step_text.h"
#include "reports/suspect_text.h"
#include "reports/validation_text.h"
#include "words/failure_text.h"
#include "words/note_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

namespace murphy::reports {

namespace {

constexpr std::string_view erase_line = "\r\x1B[K";

using record::Outcome;

// What is kept of a case from its first event until it is written.
struct CaseState {
  std::optional<record::CaseFinished> end;
  std::string proved;              // the text of its steps that passed and have something to tell
  std::string trouble;             // the text of its steps that did not pass
  Boxed<record::StepResult> again; // the first of them as it is shown where another case had the same cause
  std::string earlier_trouble;     // of the attempt before this one
  RedCase red;                     // what the first of them says
  int retries = 0;                 // attempts before the last one
};

record::StepResult without_evidence(const record::StepResult& step) {
  record::StepResult kept;
  kept.title = step.title;
  kept.place = step.place;
  kept.source_line = step.source_line;
  kept.failures = step.failures;
  kept.error = step.error;
  return kept;
}

TextSpan mark(const ConsoleStyle& style, Outcome outcome) {
  const Symbols& signs = symbols(style);
  switch (outcome) {
  case Outcome::passed: return {Tone::good, std::string(signs.passed)};
  case Outcome::failed: return {Tone::bad, std::string(signs.failed)};
  case Outcome::error: return {Tone::doubtful, std::string(signs.error)};
  case Outcome::skipped:
  case Outcome::not_run: break;
  }
  return {Tone::dim, std::string(signs.skipped)};
}

} // namespace

class ConsoleReport::Fold {
public:
  Fold(ConsoleStyle style, TextSink sink) : style_(style), sink_(std::move(sink)) {}

  void operator()(const record::RunStarted& event) {
    started_ = now_ = event.at;
    ending_.is_stepped = event.conditions && event.conditions->is_stepped;
    plan_ = event.plan;
    index_ = record::CaseIndex(plan_);
    cases_.resize(plan_.size());
    TextBlock block(style_);
    Spans spans{{Tone::strong, fmt::format("{} scenario{}", plan_.size(), plan_.size() == 1 ? "" : "s")}};
    if (!event.target.empty()) spans.push_back({Tone::plain, " against " + plain_line(event.target)});
    block.line(spans, 2);
    show(block);
  }

  void operator()(const record::TargetReady& event) {
    now_ = std::max(now_, event.at);
    const std::string_view again = target_is_ready_ ? "Started again: " : "";
    target_is_ready_ = true;
    target_ = {.url = event.url, .trace_url = event.trace_url};
    TextBlock block(style_);
    if (!again.empty()) {
      feature_file_.clear(); // what follows gets its heading again
      block.blank();
    }
    block.line({{Tone::dim, fmt::format("{}{} answers{}", again, plain_line(event.url),
                                        event.started_by_us ? " after " + duration_text(event.waited, style_) : "")}});
    show(block);
  }

  void operator()(const record::TargetLost& event) {
    now_ = std::max(now_, event.at);
    ending_.lost = plain_line(event.error.what);
    ending_.cause_of_loss = likely_cause(event.suspects);
    TextBlock block(style_);
    write_lost(block, event);
    show(block);
  }

  void operator()(const record::CaseStarted& event) {
    now_ = std::max(now_, event.at);
    if (const auto place = index_.find(plan_, event.id)) running_.push_back(*place);
    show(TextBlock(style_));
  }

  void operator()(const record::EvidenceGathered&) {} // shown in the lines of the suspects it speaks for

  void operator()(const record::StepFinished& event) {
    now_ = std::max(now_, event.step.started + event.step.duration);
    CaseState* state = find(event.id);
    if (state && is_red(event.step.outcome)) {
      TextBlock block(style_);
      block.indent(block.is_narrow() ? 2 : 4);
      write_step(block, event.step, target_);
      if (state->trouble.empty()) {
        state->red.place = place_of_trouble(event.step);
        state->red.step = plain_line(event.step.title);
        state->red.headline = headline(event.step);
        state->red.cause = likely_cause(event.step.suspects);
        if (!event.step.suspects.empty()) state->red.confidence = event.step.suspects.front().confidence;
        if (state->red.cause.starts_with("Likely cause")) state->again = without_evidence(event.step);
      }
      state->trouble += block.text();
    }
    if (const std::string skipped = skip_text(event.step); state && !skipped.empty()) {
      TextBlock block(style_);
      block.indent(block.is_narrow() ? 2 : 4);
      block.line({{Tone::dim, skipped}}, 2);
      state->proved += block.text();
    }
    if (state && event.step.outcome == Outcome::passed && event.step.evidence.validation) {
      TextBlock block(style_);
      block.indent(block.is_narrow() ? 2 : 4);
      block.line({{Tone::dim, validation_line(*event.step.evidence.validation)}}, 2);
      block.indent(2);
      write_validation_notes(block, *event.step.evidence.validation);
      state->proved += block.text();
    }
    if (state && event.step.outcome == Outcome::passed) {
      TextBlock block(style_);
      block.indent(block.is_narrow() ? 2 : 4);
      write_disclosures(block, event.step.evidence);
      state->proved += block.text();
    }
    show(TextBlock(style_));
  }

  void operator()(const record::CaseRetried& event) {
    now_ = std::max(now_, event.at);
    if (CaseState* state = find(event.id)) {
      ++state->retries;
      // The last attempt decides and is shown; what made an earlier one fail is shown where the last one passed.
      state->earlier_trouble = std::move(state->trouble);
      state->trouble.clear();
      state->again.reset();
      state->proved.clear();
    }
    show(TextBlock(style_));
  }

  void operator()(const record::CaseFinished& event) {
    CaseState* state = find(event.id);
    if (!state || state->end) return;
    state->end = event;
    std::erase(running_, *index_.find(plan_, event.id));
    ++standing_.done;
    if (event.outcome == Outcome::failed) ++standing_.failed;
    if (event.outcome == Outcome::error) ++standing_.errors;
    count(*state);
    TextBlock block(style_);
    for (; next_ < cases_.size() && has_ended(next_); ++next_) write_case(block, next_);
    show(block);
  }

  void operator()(const record::ControlFinished& event) {
    if (!event.holds) ending_.control = event.failure.value_or(record::Failure{});
    show(TextBlock(style_));
  }

  void operator()(const record::RunFinished& event) {
    now_ = std::max(now_, event.at);
    ending_.is_over = true;
    ending_.duration = event.duration;
    ending_.was_interrupted = event.interrupted;
  }

  void make_room(const std::function<void()>& write) {
    if (has_status_line_ && !is_quiet_) sink_(erase_line);
    has_status_line_ = false;
    write();
    show(TextBlock(style_));
  }

  void tick(record::Instant now) {
    now_ = std::max(now_, now);
    show(TextBlock(style_));
  }

  void finish() {
    if (is_finished_) return;
    is_finished_ = true;
    TextBlock block(style_);
    for (; next_ < cases_.size(); ++next_) {
      if (has_ended(next_)) write_case(block, next_);
    }
    ending_.totals.not_run += static_cast<int>(cases_.size()) - standing_.done;
    write_ending(block, ending_);
    show(block);
  }

private:
  // What is kept of the case of this id, which begins with its first event; null: there is none, or it is written.
  CaseState* find(const std::string& id) {
    const auto place = index_.find(plan_, id);
    if (!place || is_written(*place)) return nullptr;
    std::unique_ptr<CaseState>& state = cases_[*place];
    if (!state) {
      state = std::make_unique<CaseState>();
      state->red.name = plan_[*place]->name;
      state->red.place = plan_[*place]->place;
    }
    return state.get();
  }
  bool is_written(std::size_t place) const { return place < next_; }
  bool has_ended(std::size_t place) const { return cases_[place] && cases_[place]->end; }

  // Everything goes out in one piece: the old status line erased, the new lines, the new status line.
  void show(const TextBlock& block) {
    if (is_quiet_) return;
    std::string text;
    if (has_status_line_) text += erase_line;
    text += block.text();
    has_status_line_ = style_.live && !is_finished_;
    if (has_status_line_) text += status_line(standing(), style_);
    if (!text.empty() && !sink_(text)) is_quiet_ = true;
  }

  const CaseStanding& standing() {
    standing_.all = static_cast<int>(cases_.size());
    standing_.is_waiting = !target_is_ready_ && standing_.done == 0;
    standing_.elapsed = std::chrono::duration_cast<record::Duration>(now_ - started_);
    standing_.running.clear();
    for (const std::size_t place : running_) standing_.running.push_back(plan_[place]->name);
    return standing_;
  }

  // Nothing is kept of it but what the ending says.
  void write_case(TextBlock& block, std::size_t place) {
    const std::unique_ptr<CaseState> state = std::move(cases_[place]);
    write_case(block, *plan_[place], *state);
    if (!is_red(state->end->outcome)) return;
    state->red.outcome = state->end->outcome;
    if (state->red.headline.empty()) state->red.headline = plain_line(words::note_text(state->end->note));
    ending_.red.push_back(std::move(state->red));
  }

  void write_case(TextBlock& block, const record::PlannedCase& plan, const CaseState& state) {
    if (plan.place.file != feature_file_) {
      feature_file_ = plan.place.file;
      block.blank();
      block.line({{Tone::strong, plain_line(plan.feature)}, {Tone::dim, "  " + plain_line(feature_file_)}}, 2);
    } else if (follows_trouble_) {
      block.blank();
    }
    const Outcome outcome = state.end->outcome;
    Spans spans{mark(style_, outcome), {Tone::plain, " " + plain_line(plan.name)}};
    if (outcome != Outcome::skipped && outcome != Outcome::not_run)
      spans.insert(spans.end(), {{Tone::plain, "  "}, whole(Tone::dim, duration_text(state.end->duration, style_))});
    const bool is_flaky = outcome == Outcome::passed && state.retries > 0;
    if (is_flaky)
      spans.push_back({Tone::doubtful, fmt::format("  flaky: passed on attempt {}", state.retries + 1)});
    else if (state.retries > 0)
      spans.push_back({Tone::dim, fmt::format("  tried {} times", state.retries + 1)});
    if (const std::string note = plain_line(words::note_text(state.end->note)); !note.empty())
      spans.push_back({Tone::dim, "  " + note});
    std::vector<std::string> proves = plan.requirements;
    if (!plan.ticket.empty()) proves.insert(proves.begin(), plan.ticket);
    if (!proves.empty()) spans.push_back({Tone::dim, "  " + plain_line(join(proves, ", "))});
    block.indent(2);
    block.line(spans, 2);
    block.outdent(2);
    const std::string& trouble = is_flaky ? state.earlier_trouble : state.trouble;
    // What skipped the whole of a case is said beside its name.
    if (outcome != Outcome::skipped) block.add(state.proved);
    if (is_red(outcome)) ++red_;
    const bool may_be_again = is_red(outcome) && state.again;
    const auto shown = may_be_again ? shown_causes_.find(state.red.cause) : shown_causes_.end();
    if (may_be_again) shown_causes_.emplace(state.red.cause, red_);
    if (shown == shown_causes_.end()) {
      block.add(trouble);
    } else {
      const std::size_t indent = block.is_narrow() ? 2 : 4;
      block.indent(indent);
      write_step_again(block, *state.again, fmt::format("Same cause as {}", shown->second));
      block.outdent(indent);
    }
    follows_trouble_ = !trouble.empty();
  }

  void write_lost(TextBlock& block, const record::TargetLost& event) {
    feature_file_.clear(); // what follows gets its heading again
    block.blank();
    const std::string state = fmt::format("! The {}: ", state_of(event.loss));
    block.line({{Tone::bad, state}, {Tone::plain, plain_line(event.error.what)}}, 2);
    block.indent(2);
    write_suspects(block, event.suspects);
    if (!event.error.place.file.empty()) {
      block.line({{Tone::strong, place_text(event.error.place)}});
      write_source(block, event.error.source_line, event.error.place);
    }
    if (!event.error.hint.empty()) block.labelled(Tone::dim, "hint", plain_text(event.error.hint));
    for (const std::string& chain : request_chains(event.exchanges, style_, target_.url))
      block.line({{Tone::plain, chain}}, 2);
    // Of an app that ended, it is known that it wrote nothing; another one may have no console to read.
    const bool has_ended =
        event.loss == record::AppLoss::died || (event.loss == record::AppLoss::broken && event.exchanges.empty());
    if (!event.console.empty())
      block.line({{Tone::plain, "Its last console lines:"}});
    else if (has_ended)
      block.line({{Tone::plain, "Its console is empty."}});
    write_console(block, event.console);
    block.outdent(2);
  }

  void count(const CaseState& state) {
    record::Totals& totals = ending_.totals;
    switch (state.end->outcome) {
    case Outcome::passed:
      ++totals.passed;
      if (state.retries > 0) ++totals.flaky;
      break;
    case Outcome::failed: ++totals.failed; break;
    case Outcome::error: ++totals.errors; break;
    case Outcome::skipped:
      ++totals.skipped;
      if (state.end->note.kind == record::Note::Kind::known_failure) ++ending_.known_failures;
      break;
    case Outcome::not_run: ++totals.not_run; break;
    }
  }

  ConsoleStyle style_;
  TextSink sink_;
  bool is_quiet_ = false; // the sink said that nobody reads
  bool has_status_line_ = false;
  bool is_finished_ = false;

  record::PlannedCases plan_;
  record::CaseIndex index_;
  std::vector<std::unique_ptr<CaseState>> cases_; // in the order of the plan
  std::size_t next_ = 0;                          // the first case not written yet
  std::size_t red_ = 0; // cases written that did not pass, as the list at the end numbers them
  std::map<std::string, std::size_t> shown_causes_; // and which of them showed the evidence
  std::string feature_file_;                        // of the heading written last
  bool follows_trouble_ = false;                    // the last case written had trouble

  record::Instant started_{};
  record::Instant now_{}; // the latest moment heard of
  bool target_is_ready_ = false;
  TargetShown target_;               // its addresses, once it is ready
  std::vector<std::size_t> running_; // places in the plan, the latest last
  CaseStanding standing_;
  ConsoleEnding ending_;
};

ConsoleReport::ConsoleReport(ConsoleStyle style, TextSink sink)
    : fold_(std::make_unique<Fold>(style, std::move(sink))) {}
ConsoleReport::~ConsoleReport() = default;
void ConsoleReport::operator()(const record::Event& event) { std::visit(*fold_, event); }
void ConsoleReport::make_room(const std::function<void()>& write) { fold_->make_room(write); }
void ConsoleReport::tick(record::Instant now) { fold_->tick(now); }
void ConsoleReport::finish() { fold_->finish(); }

} // namespace murphy::reports
