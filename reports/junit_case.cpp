#include "reports/junit_case.h"

#include "base/cut_mask.h"
#include "base/text.h"
#include "reports/causes.h"
#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"
#include "reports/step_text.h"
#include "reports/suspect_text.h"
#include "words/note_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

// GitLab cuts at 65 536 bytes; the rest is for escapes such as &lt;.
constexpr std::size_t longest_text = 48'000;   // bytes
constexpr std::size_t longest_message = 1'000; // columns

using record::Outcome;

const ConsoleStyle report_style{.colour = false, .live = false, .unicode = true, .width = 0};

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::usage: return "usage";
  case ErrorKind::target: return "target";
  case ErrorKind::unseen: return "unseen";
  case ErrorKind::internal: return "internal";
  case ErrorKind::interrupted: return "interrupted";
  }
  return "internal";
}

// The line of the code that the first suspect is about.
std::string code_of(const std::vector<record::Suspect>& suspects) {
  if (suspects.empty() || suspects.front().places.empty()) return {};
  const record::CodePlace& place = suspects.front().places.front();
  return fmt::format("{}:{}", plain_line(place.file), place.line);
}

std::string bounded(std::string text) {
  if (text.size() <= longest_text) return text;
  const std::size_t kept = without_mask_cut_at_end(utf8_prefix(text, longest_text)).size();
  const std::size_t cut_off = text.size() - kept;
  text.resize(kept);
  return text + fmt::format("\n… cut here: {} more bytes\n", cut_off);
}

// The message, then the place behind a space as readers of stack traces look for it, then the details.
std::string text_of(const JUnitCase& result, std::string_view details) {
  std::string text = fmt::format("{}\n {}\n", result.message, line_text(result.place));
  if (!details.empty()) text += fmt::format("\n{}", details);
  return bounded(std::move(text));
}

std::string details_of(const record::Run& run, const record::CaseResult& result) {
  TextBlock block(report_style);
  for (const record::StepResult& step : result.steps) {
    if (!is_red(step.outcome)) continue;
    write_step(block, step,
               run.ready ? TargetShown{.url = run.ready->url, .trace_url = run.ready->trace_url} : TargetShown{});
  }
  return block.text();
}

// Of a case whose cause another one proves.
std::string details_beside(const CauseMember& proof, const record::CaseResult& result) {
  TextBlock block(report_style);
  block.line({{Tone::plain,
               fmt::format("Same cause as \"{}\", {}", plain_line(proof.result->plan->name), line_text(proof.place))}});
  for (const record::StepResult& step : result.steps)
    if (is_red(step.outcome)) write_failures(block, step);
  return block.text();
}

std::string lost_details(const record::TargetLost& lost) {
  TextBlock block(report_style);
  write_suspects(block, lost.suspects);
  if (!lost.error.hint.empty()) block.labelled(Tone::plain, "hint", plain_text(lost.error.hint));
  if (!lost.console.empty()) {
    block.begin_label(Tone::plain, "console");
    write_console(block, lost.console);
    block.end_label();
  }
  return block.text();
}

// `proof` is another case with the same cause; null: there is none.
void judge_finished(JUnitCase& judged, const record::Run& run, const record::CaseResult& result,
                    const CauseMember* proof) {
  const bool has_failed = result.outcome == Outcome::failed;
  judged.verdict = has_failed ? JUnitVerdict::failure : JUnitVerdict::error;
  judged.type = has_failed ? "expectation" : "internal";
  judged.message = plain_line(words::note_text(result.note));
  if (const record::StepResult* step = decisive_step(result)) {
    judged.message = headline(*step);
    judged.place = place_of_trouble(*step);
    judged.code = code_of(step->suspects);
    if (!has_failed && step->error) judged.type = name_of(step->error->kind);
    if (const std::string cause = likely_cause(step->suspects); !cause.empty()) {
      judged.message = cause + "; " + judged.message;
      judged.type = record::name_of(step->suspects.front().layer);
    }
  }
  if (judged.message.empty()) judged.message = has_failed ? "failed" : "could not be judged";
  judged.text = proof != nullptr ? details_beside(*proof, result) : details_of(run, result);
}

void judge_unfinished(JUnitCase& judged, const record::Run& run, const record::CaseResult& result) {
  const bool was_started = result.started != record::Instant{};
  judged.verdict = JUnitVerdict::error;
  judged.text = details_of(run, result);
  if (is_unjudged_by_hand(result)) {
    judged.type = "stepped";
    judged.message = plain_line(words::note_text(result.note));
  } else if (run.lost) {
    judged.type = name_of(run.lost->error.kind);
    judged.code = code_of(run.lost->suspects);
    judged.message = fmt::format("not run: the {}: {}", state_of(run.lost->loss), plain_line(run.lost->error.what));
    if (const std::string cause = likely_cause(run.lost->suspects); !cause.empty()) {
      judged.message = cause + "; " + judged.message;
      judged.type = record::name_of(run.lost->suspects.front().layer);
    }
    judged.text += lost_details(*run.lost);
  } else if (!run.finished) {
    judged.type = "interrupted";
    judged.message = was_started ? "the run never finished: Murphy ended during this scenario"
                                 : "the run never finished: Murphy ended before this scenario";
  } else {
    judged.verdict = JUnitVerdict::skipped;
    judged.message = !run.finished->interrupted ? "not run"
                     : was_started              ? "the run was interrupted while this scenario ran"
                                                : "not run: the run was interrupted before it";
  }
}

} // namespace

std::string UniqueNames::make(const std::string& class_name, const std::string& name) {
  std::string unique = name;
  for (int n = 2; !given_.emplace(class_name, unique).second; ++n) unique = fmt::format("{} ({})", name, n);
  return unique;
}

std::string class_name(const std::string& feature_file) {
  std::string_view stem = feature_file;
  while (stem.starts_with("./") || stem.starts_with("../")) stem.remove_prefix(stem.find('/') + 1);
  if (stem.ends_with(".toml")) stem.remove_suffix(std::string_view(".toml").size());
  std::string name = plain_line(stem);
  for (char& c : name) c = c == '.' ? '_' : c == '/' ? '.' : c;
  const std::size_t first = name.find_first_not_of('.');
  return first == std::string::npos ? "murphy" : name.substr(first);
}

JUnitCase junit_attempt(const record::PlannedCase& plan, const record::Attempt& attempt) {
  record::CaseResult result;
  result.plan = plan;
  result.outcome = attempt.outcome;
  result.steps = attempt.steps;
  JUnitCase judged;
  judged.place = plan.place;
  judge_finished(judged, {}, result, nullptr);
  judged.message = ellipsize(judged.message, longest_message);
  judged.text = text_of(judged, judged.text);
  return judged;
}

JUnitCase junit_case(JUnitRun& report, const record::CaseResult& result) {
  const record::Run& run = report.run;
  const auto cause = report.cases.find(&result);
  const CauseMember* proof = cause != report.cases.end() && cause->second.is_named ? cause->second.proof : nullptr;
  if (proof != nullptr && proof->result == &result) proof = nullptr;
  JUnitCase judged;
  judged.class_name = class_name(result.plan->place.file);
  const std::string name = plain_line(result.plan->name);
  judged.name = report.names.make(judged.class_name, name.empty() ? "unnamed" : name);
  judged.place = result.plan->place;
  switch (result.outcome) {
  case Outcome::passed: return judged;
  case Outcome::failed:
  case Outcome::error: judge_finished(judged, run, result, proof); break;
  case Outcome::skipped:
    judged.verdict = JUnitVerdict::skipped;
    judged.message = plain_line(words::note_text(result.note));
    if (judged.message.empty()) judged.message = "skipped";
    break;
  case Outcome::not_run: judge_unfinished(judged, run, result); break;
  }
  judged.message = ellipsize(judged.message, longest_message);
  judged.text = text_of(judged, judged.text);
  return judged;
}

} // namespace murphy::reports
