#include "reports/step_text.h"

#include "base/log_commands.h"
#include "base/text.h"
#include "record/trace.h"
#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/suspect_text.h"
#include "words/failure_text.h"
#include "words/note_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

constexpr std::size_t most_value_lines = 20;        // of expected, got or a hint
constexpr std::size_t longest_value_line = 600;     // columns
constexpr std::size_t longest_headline_value = 120; // columns
constexpr std::size_t longest_skip = 300;           // columns

// A value bounded to what a person reads.
std::string bounded(const ConsoleStyle& style, std::string_view text) {
  const std::string plain = plain_text(text);
  const std::vector<std::string_view> lines = split(plain, '\n');
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < std::min(lines.size(), most_value_lines); ++i)
    kept.push_back(cut(style, lines[i], longest_value_line));
  if (lines.size() > most_value_lines)
    kept.push_back(fmt::format("{} {} more lines", symbols(style).ellipsis, lines.size() - most_value_lines));
  return join(kept, "\n");
}

std::string or_nothing(std::string text) { return text.empty() ? "(nothing)" : text; }

void write_heading(TextBlock& block, const Place& place, std::string_view words) {
  const TextSpan where{Tone::strong, place_text(place)}, what{Tone::plain, plain_line(words)};
  if (!block.is_narrow()) {
    block.line({where, {Tone::plain, "  "}, what}, 2);
    return;
  }
  block.line({where});
  block.line({what}, 2);
}

void write_hint(TextBlock& block, std::string_view hint) {
  if (!hint.empty()) block.labelled(Tone::dim, "hint", bounded(block.style(), hint));
}

void write_failure(TextBlock& block, const record::StepResult& step, const record::Failure& failure) {
  const ConsoleStyle& style = block.style();
  const words::FailureText text = words::failure_text(failure);
  write_heading(block, failure.place.file.empty() ? step.place : failure.place,
                text.key.empty() ? step.title : step.title + ", " + text.key);
  block.indent(2);
  write_source(block, failure.source_line, failure.place);
  block.labelled(Tone::good, "expected", or_nothing(bounded(style, text.expected)));
  block.labelled(Tone::bad, "got", or_nothing(bounded(style, text.got)));
  write_hint(block, text.hint);
  block.outdent(2);
}

void write_error(TextBlock& block, const record::StepResult& step, const Error& error) {
  const bool has_place = !error.place.file.empty();
  const Place& place = has_place ? error.place : step.place;
  write_heading(block, place, step.title);
  block.indent(2);
  write_source(block, has_place ? error.source_line : step.source_line, place);
  block.line({{Tone::doubtful, "could not be judged"}});
  block.labelled(Tone::doubtful, "because", or_nothing(bounded(block.style(), error.what)));
  write_hint(block, error.hint);
  block.outdent(2);
}

// An earlier step that the failure is about. The page that both ended on is shown once.
void write_earlier(TextBlock& block, const record::EarlierStep& earlier, const record::StepResult& failed,
                   std::string_view target) {
  record::Evidence evidence = earlier.evidence;
  if (evidence.page == failed.evidence.page) evidence.page.reset();
  block.labelled(Tone::dim, "earlier", plain_line(earlier.title));
  block.indent(2);
  write_evidence(block, evidence, target);
  block.outdent(2);
}

std::string in_headline(std::string_view text) {
  return or_nothing(ellipsize(plain_line(text), longest_headline_value));
}

} // namespace

std::string place_text(const Place& place) {
  return line_text(place) + (place.line > 0 && place.column > 0 ? fmt::format(":{}", place.column) : "");
}

std::string line_text(const Place& place) {
  return plain_line(place.file) + (place.line > 0 ? fmt::format(":{}", place.line) : "");
}

const Place& place_of_trouble(const record::StepResult& step) {
  if (!step.failures.empty() && !step.failures.front().place.file.empty()) return step.failures.front().place;
  if (step.error && !step.error->place.file.empty()) return step.error->place;
  return step.place;
}

std::string skip_text(const record::StepResult& step) {
  if (step.outcome != record::Outcome::skipped) return {};
  const std::string why = plain_line(words::note_text(step.note));
  return ellipsize(plain_line(step.title) + " skipped" + (why.empty() ? "" : ": " + why), longest_skip);
}

std::string headline(const record::StepResult& step) {
  const std::string title = plain_line(step.title);
  if (!step.failures.empty()) {
    const words::FailureText first = words::failure_text(step.failures.front());
    std::string text = first.key.empty() ? title : fmt::format("{}, {}", title, plain_line(first.key));
    text += fmt::format(": expected {}; got {}", in_headline(first.expected), in_headline(first.got));
    if (step.failures.size() > 1) text += fmt::format(" (and {} more)", step.failures.size() - 1);
    return text;
  }
  if (step.error) return fmt::format("{}: {}", title, in_headline(step.error->what));
  return title;
}

void write_source(TextBlock& block, std::string_view source_line, const Place& place) {
  if (place.line == 0 || trim(source_line).empty()) return;
  // The line as code points, tabs and all; its indentation says nothing here.
  std::vector<std::string> cells;
  const std::string shown = visible(source_line);
  for (std::string_view rest = shown; !rest.empty();) {
    const std::string_view before = rest;
    next_code_point(rest);
    const std::string_view bytes = before.substr(0, before.size() - rest.size());
    cells.push_back(bytes == "\t" || bytes == "\n" ? " " : std::string(bytes));
  }
  const std::size_t leading = static_cast<std::size_t>(
      std::ranges::find_if(cells, [](const std::string& cell) { return cell != " "; }) - cells.begin());
  const std::size_t begin = std::clamp<std::size_t>(std::max(place.column, 1U) - 1, leading, cells.size());
  const std::size_t end = std::clamp<std::size_t>(begin + std::max(place.length, 1U), begin, cells.size());

  const auto width_between = [&](std::size_t first, std::size_t last) {
    std::size_t width = 0;
    for (std::size_t i = first; i < last; ++i) width += display_width(cells[i]);
    return width;
  };
  const std::size_t room = std::min<std::size_t>(block.room(0), longest_value_line);
  const std::string_view ellipsis = symbols(block.style()).ellipsis;
  std::size_t from = leading;
  if (width_between(leading, end) > room) {
    from = begin;
    while (from > leading && width_between(from - 1, begin) + display_width(ellipsis) <= room / 3) --from;
  }
  std::string text = from > leading ? std::string(ellipsis) : std::string();
  const std::string lead(display_width(text) + width_between(from, begin), ' ');
  for (std::size_t i = from; i < cells.size(); ++i) text += cells[i];
  const std::size_t left = room > lead.size() ? room - lead.size() : 1;
  const std::string carets(std::clamp<std::size_t>(width_between(begin, end), 1, left), '^');
  block.line({{Tone::plain, without_commands(cut(block.style(), text, room))}});
  block.line({{Tone::bad, lead + carets}});
}

void write_failures(TextBlock& block, const record::StepResult& step) {
  for (const record::Failure& failure : step.failures) write_failure(block, step, failure);
  if (step.error) write_error(block, step, *step.error);
}

void write_step_again(TextBlock& block, const record::StepResult& step, std::string_view again) {
  block.line({{Tone::strong, std::string(again)}}, 2);
  write_failures(block, step);
}

void write_step(TextBlock& block, const record::StepResult& step, const TargetShown& target) {
  write_suspects(block, step.suspects);
  write_failures(block, step);
  block.indent(2);
  for (const record::EarlierStep& earlier : step.earlier) write_earlier(block, earlier, step, target.url);
  write_evidence(block, step.evidence, target.url);
  std::string trace = record::trace_of(step.evidence.exchanges);
  for (const record::EarlierStep& earlier : step.earlier)
    if (trace.empty()) trace = record::trace_of(earlier.evidence.exchanges);
  if (!trace.empty()) block.labelled(Tone::dim, "trace", plain_line(record::trace_link(target.trace_url, trace)));
  block.outdent(2);
}

} // namespace murphy::reports
