#include "reports/run_text.h"

#include "base/text.h"
#include "reports/console_ending.h"
#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "reports/suspect_text.h"
#include "words/note_text.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <iterator>
#include <set>

namespace murphy::reports {

namespace {

using record::Outcome;

constexpr std::size_t most_evidence = 4;
constexpr std::size_t longest_line = 300; // columns
constexpr std::size_t short_commit = 9;

std::string short_line(std::string_view text) { return ellipsize(plain_line(text), longest_line); }

} // namespace

std::string counted(std::size_t number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string file_in_checkout(const record::Run& run, const std::string& file) {
  const std::filesystem::path path = std::filesystem::path(run.started.origin.folder) / file;
  return plain_line(path.lexically_normal().string());
}

bool is_unjudged_by_hand(const record::CaseResult& result) {
  return result.outcome == Outcome::not_run && (result.note->kind == record::Note::Kind::skipped_by_hand ||
                                                result.note->kind == record::Note::Kind::repeated_by_hand);
}

bool is_stepped(const record::Run& run) { return run.started.conditions && run.started.conditions->is_stepped; }

bool is_known_failure(const record::CaseResult& result) {
  return result.outcome == Outcome::skipped && result.note->kind == record::Note::Kind::known_failure;
}

RunVerdict verdict_of(const record::Run& run, const std::vector<Cause>& causes) {
  if (!run.finished || run.finished->interrupted) return RunVerdict::interrupted;
  if (std::ranges::any_of(causes, &Cause::is_judged)) return RunVerdict::failed;
  const record::Totals totals = record::totals(run);
  return run.lost || totals.errors > 0 || totals.not_run > 0 ? RunVerdict::not_judged : RunVerdict::passed;
}

namespace {

std::string verdict_of_totals(const record::Run& run, const std::vector<Cause>& causes) {
  const record::Totals totals = record::totals(run);
  const std::string all = counted(static_cast<std::size_t>(totals.all()), "scenario");
  const std::string from = causes.empty() ? "" : ", from " + counted(causes.size(), "cause");
  switch (verdict_of(run, causes)) {
  case RunVerdict::passed:
    return fmt::format("{} passed{}", counted(static_cast<std::size_t>(totals.passed), "scenario"),
                       totals.flaky > 0 ? fmt::format(", {} of them only on retry", totals.flaky) : "");
  case RunVerdict::failed:
    if (totals.failed > 0) return fmt::format("{} of {} failed{}", totals.failed, all, from);
    return fmt::format("The {}: {}", state_of(run.lost->loss), short_line(run.lost->error.what));
  case RunVerdict::not_judged:
    if (run.lost)
      return fmt::format("Not judged: the {}: {}", state_of(run.lost->loss), short_line(run.lost->error.what));
    return fmt::format("{} of {} could not be judged{}", totals.errors + totals.not_run, all, from);
  case RunVerdict::interrupted: break;
  }
  const std::string failed = totals.failed > 0 ? fmt::format("; {} of {} failed until then", totals.failed, all) : "";
  return (run.finished ? "The run was interrupted" : "The run did not finish") + failed;
}

} // namespace

std::string verdict_text(const record::Run& run, const std::vector<Cause>& causes) {
  return verdict_of_totals(run, causes) + (is_stepped(run) ? ", stepped by hand" : "");
}

std::string sum_text(const record::Run& run) {
  TextBlock block(page_style);
  write_sum(block, run);
  return std::string(trim(block.text()));
}

std::string subject_text(const record::Run& run) {
  const record::RunOrigin& origin = run.started.origin;
  std::string text = plain_line(run.started.target);
  if (!origin.target_version.empty())
    text += fmt::format("{}version {}", text.empty() ? "" : ", ", plain_line(origin.target_version));
  if (!origin.commit.empty()) {
    text += fmt::format("{}{}{}", text.empty() ? "" : " at ", plain_line(origin.commit).substr(0, short_commit),
                        origin.is_dirty ? " with changes" : "");
    if (!origin.branch.empty()) text += " of " + plain_line(origin.branch);
  }
  return text;
}

std::vector<std::string> lines_of(const Cause& cause) {
  std::vector<std::string> lines;
  if (cause.lost != nullptr && cause.suspect != nullptr)
    lines.push_back(fmt::format("the {}: {}", state_of(cause.lost->loss), short_line(cause.lost->error.what)));
  if (cause.suspect == nullptr) {
    if (cause.lost != nullptr && !cause.lost->error.hint.empty()) lines.push_back(short_line(cause.lost->error.hint));
    return lines;
  }
  const record::Suspect& suspect = *cause.suspect;
  for (std::size_t i = 0; i < std::min(suspect.evidence.size(), most_evidence); ++i) {
    const EvidenceText line = evidence_text(suspect.evidence[i]);
    lines.push_back(fmt::format("{}: {}", plain_line(line.source), short_line(line.text)));
  }
  if (!suspect.advice.empty()) lines.push_back(short_line(suspect.advice));
  for (const record::CodePlace& place : suspect.places) lines.push_back(short_line(record::described(place)));
  return lines;
}

std::string outcome_text(const record::Run& run, const record::CaseResult& result) {
  switch (result.outcome) {
  case Outcome::passed: return {};
  case Outcome::failed:
  case Outcome::error: {
    const record::StepResult* step = decisive_step(result);
    return short_line(step != nullptr ? headline(*step) : words::note_text(result.note));
  }
  case Outcome::skipped: return short_line(words::note_text(result.note));
  case Outcome::not_run:
    if (is_unjudged_by_hand(result)) return short_line(words::note_text(result.note));
    break;
  }
  if (run.lost) return fmt::format("not run: the {}", state_of(run.lost->loss));
  if (!run.finished) return "not run: Murphy ended early";
  return run.finished->interrupted ? "not run: the run was interrupted" : "not run";
}

std::vector<SkippedStep> skipped_steps(const record::CaseResult& result) {
  std::vector<SkippedStep> skipped;
  if (result.outcome == Outcome::skipped && !is_known_failure(result)) return skipped;
  for (const record::StepResult& step : result.steps)
    if (std::string text = skip_text(step); !text.empty()) skipped.push_back({&result, &step, std::move(text)});
  return skipped;
}

std::vector<SkippedStep> skipped_steps(const record::Run& run) {
  std::vector<SkippedStep> all;
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases)
      std::ranges::move(skipped_steps(result), std::back_inserter(all));
  return all;
}

std::vector<std::string> skipped_lines(const record::Run& run, std::size_t most) {
  const std::vector<SkippedStep> all = skipped_steps(run);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i)
    lines.push_back(plain_line(all[i].result->plan->name) + ": " + all[i].text);
  if (all.size() > most) lines.push_back("and " + counted(all.size() - most, "more skipped step"));
  return lines;
}

std::string_view outcome_word(const record::CaseResult& result) {
  if (is_unjudged_by_hand(result)) return "not judged";
  if (is_known_failure(result)) return "known failure";
  if (result.flaky()) return "flaky";
  switch (result.outcome) {
  case Outcome::passed: return "passed";
  case Outcome::failed: return "failed";
  case Outcome::error: return "could not be judged";
  case Outcome::skipped: return "skipped";
  case Outcome::not_run: break;
  }
  return "not run";
}

} // namespace murphy::reports
