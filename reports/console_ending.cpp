#include "reports/console_ending.h"

#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "words/failure_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <utility>

namespace murphy::reports {

namespace {

constexpr std::size_t most_listed = 20;

using record::Outcome;

void write_list(TextBlock& block, const std::vector<RedCase>& red) {
  if (red.empty()) return;
  block.blank();
  block.line({{Tone::strong, "What did not pass"}});
  for (std::size_t i = 0; i < std::min(red.size(), most_listed); ++i) {
    const std::string number = fmt::format("{:>3} ", i + 1);
    Spans head{{red[i].outcome == Outcome::failed ? Tone::bad : Tone::doubtful, number},
               {Tone::strong, place_text(red[i].place)}};
    const TextSpan name{Tone::plain, plain_line(red[i].name)};
    if (!block.is_narrow()) head.insert(head.end(), {{Tone::plain, "  "}, name});
    block.line(head, number.size());
    block.indent(number.size());
    if (block.is_narrow()) block.line({name});
    if (!red[i].headline.empty()) block.line({{Tone::plain, red[i].headline}}, 2);
    block.outdent(number.size());
  }
  if (red.size() > most_listed) block.line({{Tone::dim, fmt::format("    and {} more", red.size() - most_listed)}});
}

// The negative control did not hold: that takes the proof from every scenario, so it stands where all read it.
void write_control(TextBlock& block, const record::Failure& failure) {
  const words::ControlText text = words::control_text(failure);
  const std::string got = words::failure_text(failure).got;
  block.blank();
  block.line({{Tone::bad, "! " + plain_line(text.headline)}}, 2);
  block.indent(2);
  block.line({{Tone::plain, text.fact + (text.fact.empty() ? "" : " ") + text.consequence}});
  if (!got.empty()) block.labelled(Tone::bad, "got", plain_text(got));
  block.outdent(2);
}

void write_sum(TextBlock& block, const ConsoleEnding& ending) {
  const record::Totals& totals = ending.totals;
  Spans spans{{Tone::strong, fmt::format("{} scenario{}:", totals.all(), totals.all() == 1 ? "" : "s")}};
  const auto add = [&](int number, Tone tone, std::string_view words) {
    if (number == 0) return;
    spans.push_back({Tone::plain, spans.size() > 1 ? ", " : " "});
    spans.push_back(whole(tone, fmt::format("{} {}", number, words)));
  };
  add(totals.passed - totals.flaky, Tone::good, "passed");
  add(totals.flaky, Tone::doubtful, "flaky (passed on retry)");
  add(totals.failed, Tone::bad, "failed");
  add(totals.errors, Tone::doubtful, "could not be judged");
  add(ending.known_failures, Tone::dim, ending.known_failures == 1 ? "known failure" : "known failures");
  add(totals.skipped - ending.known_failures, Tone::dim, "skipped");
  add(totals.not_run, Tone::doubtful, "not run");
  if (totals.all() == 0) spans.push_back({Tone::plain, " nothing to run"});
  if (ending.is_stepped) spans.insert(spans.end(), {{Tone::plain, ", "}, whole(Tone::doubtful, "stepped by hand")});
  const ConsoleStyle& style = block.style();
  if (ending.is_over)
    spans.insert(spans.end(),
                 {{Tone::plain, " "},
                  whole(Tone::plain, fmt::format("{} {}", symbols(style).dot, duration_text(ending.duration, style)))});
  block.line(spans, 2);
}

// A cause, and how many of the cases that did not pass have it.
struct CommonCause {
  std::string_view cause;
  record::Confidence confidence = record::Confidence::low;
  std::size_t times = 0;
};

// The commonest first; of those that are as common the surest, then the one that came first.
std::vector<CommonCause> common_causes(const std::vector<RedCase>& red) {
  std::vector<CommonCause> causes;
  for (const RedCase& each : red) {
    if (each.cause.empty()) continue;
    const auto same = std::ranges::find(causes, std::string_view(each.cause), &CommonCause::cause);
    if (same == causes.end())
      causes.push_back({.cause = each.cause, .confidence = each.confidence, .times = 1});
    else
      ++same->times;
  }
  std::ranges::stable_sort(causes, [](const CommonCause& left, const CommonCause& right) {
    return std::pair(left.times, left.confidence) > std::pair(right.times, right.confidence);
  });
  return causes;
}

// The cause that explains most of what did not pass; where none does, the two that explain the most.
void write_cause(TextBlock& block, const std::vector<RedCase>& red) {
  std::vector<CommonCause> causes = common_causes(red);
  const bool explains_most = !causes.empty() && causes.front().times * 2 > red.size();
  causes.resize(std::min<std::size_t>(causes.size(), explains_most ? 1 : 2));
  for (const CommonCause& each : causes) {
    Spans spans{{Tone::strong, std::string(each.cause)}};
    if (red.size() > 1) spans.push_back({Tone::dim, fmt::format(" ({} of {})", each.times, red.size())});
    block.line(spans, 2);
  }
}

// For whoever reads only the last line. A lost app explains all that follows it, an open dashboard takes the proof from
// everything, and a failure shows more than what could not be judged.
std::string where_to_look(const ConsoleEnding& ending) {
  // Where nothing ran, why it is lost stands right above.
  if (!ending.lost.empty()) return ending.totals.not_run == ending.totals.all() ? "the app" : "the app: " + ending.lost;
  if (ending.control) return words::control_text(*ending.control).place;
  auto first = std::ranges::find(ending.red, Outcome::failed, &RedCase::outcome);
  if (first == ending.red.end()) first = ending.red.begin();
  if (first == ending.red.end()) return "";
  return place_text(first->place) + (first->step.empty() ? "" : ", " + first->step);
}

} // namespace

void write_ending(TextBlock& block, const ConsoleEnding& ending) {
  write_list(block, ending.red);
  if (ending.control) write_control(block, *ending.control);
  block.blank();
  if (ending.was_interrupted) block.line({{Tone::doubtful, "The run was interrupted."}});
  if (!ending.is_over) block.line({{Tone::doubtful, "The run did not finish."}});
  write_sum(block, ending);
  if (!ending.cause_of_loss.empty())
    block.line({{Tone::strong, ending.cause_of_loss}}, 2);
  else
    write_cause(block, ending.red);
  if (const std::string where = where_to_look(ending); !where.empty())
    block.line({{Tone::strong, "Look first at "}, {Tone::plain, where}}, 2);
}

void write_sum(TextBlock& block, const record::Run& run) {
  ConsoleEnding ending;
  ending.totals = record::totals(run);
  ending.is_stepped = run.started.conditions && run.started.conditions->is_stepped;
  for (const record::FeatureResult& feature : run.features)
    ending.known_failures += static_cast<int>(std::ranges::count_if(feature.cases, is_known_failure));
  write_sum(block, ending);
}

} // namespace murphy::reports
