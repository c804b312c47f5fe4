#include "reports/console.h"

#include "base/text.h"
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

// What is kept of a case until it is written.
struct CaseState {
  record::PlannedCase plan;
  std::optional<record::CaseFinished> end;
  std::string proved;                      // the text of its steps that passed and have something to tell
  std::string trouble;                     // the text of its steps that did not pass
  std::optional<record::StepResult> again; // the first of them as it is shown where another case had the same cause
  std::string earlier_trouble;             // of the attempt before this one
  RedCase red;                             // what the first of them says
  int retries = 0;                         // attempts before the last one
};

bool is_red(Outcome outcome) { return outcome == Outcome::failed || outcome == Outcome::error; }

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
    for (const record::PlannedCase& planned : event.plan) {
      position_.emplace(planned.id, cases_.size());
      CaseState& state = cases_.emplace_back();
      state.plan = planned;
      state.red.name = planned.name;
      state.red.place = planned.place;
    }
    TextBlock block(style_);
    Spans spans{{Tone::strong, fmt::format("{} scenario{}", cases_.size(), cases_.size() == 1 ? "" : "s")}};
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
    if (find(event.id)) running_.push_back(event.id);
    show(TextBlock(style_));
  }

  void operator()(const record::EvidenceGathered&) {} // shown in the lines of the suspects it speaks for

  void operator()(const record::StepFinished& event) {
    now_ = std::max(now_, event.step.started + event.step.duration);
    CaseState* state = find(event.id);
    const bool is_trouble = event.step.outcome == Outcome::failed || event.step.outcome == Outcome::error;
    if (state && is_trouble) {
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
    std::erase(running_, event.id);
    ++standing_.done;
    if (event.outcome == Outcome::failed) ++standing_.failed;
    if (event.outcome == Outcome::error) ++standing_.errors;
    TextBlock block(style_);
    for (; next_ < cases_.size() && cases_[next_].end; ++next_) write_case(block, cases_[next_]);
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

  void tick(record::Instant now) {
    now_ = std::max(now_, now);
    show(TextBlock(style_));
  }

  void finish() {
    if (is_finished_) return;
    is_finished_ = true;
    TextBlock block(style_);
    for (; next_ < cases_.size(); ++next_) {
      if (cases_[next_].end) write_case(block, cases_[next_]);
    }
    for (CaseState& state : cases_) {
      const Outcome outcome = state.end ? state.end->outcome : Outcome::not_run;
      count(outcome);
      if (outcome == Outcome::passed && state.retries > 0) ++ending_.totals.flaky;
      if (outcome == Outcome::skipped && state.end && state.end->note.kind == record::Note::Kind::known_failure)
        ++ending_.known_failures;
      if (outcome != Outcome::failed && outcome != Outcome::error) continue;
      state.red.outcome = outcome;
      if (state.red.headline.empty()) state.red.headline = plain_line(words::note_text(state.end->note));
      ending_.red.push_back(state.red);
    }
    write_ending(block, ending_);
    show(block);
  }

private:
  CaseState* find(const std::string& id) {
    const auto found = position_.find(id);
    return found == position_.end() ? nullptr : &cases_[found->second];
  }

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
    for (const std::string& id : running_) standing_.running.push_back(find(id)->plan.name);
    return standing_;
  }

  void write_case(TextBlock& block, const CaseState& state) {
    if (state.plan.place.file != feature_file_) {
      feature_file_ = state.plan.place.file;
      block.blank();
      block.line({{Tone::strong, plain_line(state.plan.feature)}, {Tone::dim, "  " + plain_line(feature_file_)}}, 2);
    } else if (follows_trouble_) {
      block.blank();
    }
    const Outcome outcome = state.end->outcome;
    Spans spans{mark(style_, outcome), {Tone::plain, " " + plain_line(state.plan.name)}};
    if (outcome != Outcome::skipped && outcome != Outcome::not_run)
      spans.insert(spans.end(), {{Tone::plain, "  "}, whole(Tone::dim, duration_text(state.end->duration, style_))});
    const bool is_flaky = outcome == Outcome::passed && state.retries > 0;
    if (is_flaky)
      spans.push_back({Tone::doubtful, fmt::format("  flaky: passed on attempt {}", state.retries + 1)});
    else if (state.retries > 0)
      spans.push_back({Tone::dim, fmt::format("  tried {} times", state.retries + 1)});
    if (const std::string note = plain_line(words::note_text(state.end->note)); !note.empty())
      spans.push_back({Tone::dim, "  " + note});
    std::vector<std::string> proves = state.plan.requirements;
    if (!state.plan.ticket.empty()) proves.insert(proves.begin(), state.plan.ticket);
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
    block.line({{Tone::plain, event.console.empty() ? "Its console is empty." : "Its last console lines:"}});
    write_console(block, event.console);
    block.outdent(2);
  }

  void count(Outcome outcome) {
    record::Totals& totals = ending_.totals;
    switch (outcome) {
    case Outcome::passed: ++totals.passed; break;
    case Outcome::failed: ++totals.failed; break;
    case Outcome::error: ++totals.errors; break;
    case Outcome::skipped: ++totals.skipped; break;
    case Outcome::not_run: ++totals.not_run; break;
    }
  }

  ConsoleStyle style_;
  TextSink sink_;
  bool is_quiet_ = false; // the sink said that nobody reads
  bool has_status_line_ = false;
  bool is_finished_ = false;

  std::vector<CaseState> cases_; // in the order of the plan
  std::map<std::string, std::size_t> position_;
  std::size_t next_ = 0; // the first case not written yet
  std::size_t red_ = 0;  // cases written that did not pass, as the list at the end numbers them
  std::map<std::string, std::size_t> shown_causes_; // and which of them showed the evidence
  std::string feature_file_;                        // of the heading written last
  bool follows_trouble_ = false;                    // the last case written had trouble

  record::Instant started_{};
  record::Instant now_{}; // the latest moment heard of
  bool target_is_ready_ = false;
  TargetShown target_;               // its addresses, once it is ready
  std::vector<std::string> running_; // ids, the latest last
  CaseStanding standing_;
  ConsoleEnding ending_;
};

ConsoleReport::ConsoleReport(ConsoleStyle style, TextSink sink)
    : fold_(std::make_unique<Fold>(style, std::move(sink))) {}
ConsoleReport::~ConsoleReport() = default;
void ConsoleReport::operator()(const record::Event& event) { std::visit(*fold_, event); }
void ConsoleReport::tick(record::Instant now) { fold_->tick(now); }
void ConsoleReport::finish() { fold_->finish(); }

} // namespace murphy::reports
