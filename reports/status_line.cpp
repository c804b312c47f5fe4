#include "reports/status_line.h"

#include "base/text.h"
#include "reports/plain_text.h"
#include "reports/text_block.h"

#include <fmt/format.h>

namespace murphy::reports {

namespace {

std::string elapsed_text(record::Duration elapsed) {
  const long long tenths = elapsed.count() / 100'000;
  if (tenths < 600) return fmt::format("{}.{} s", tenths / 10, tenths % 10);
  return fmt::format("{}:{:02} min", tenths / 600, tenths / 10 % 60);
}

std::string under_way(const CaseStanding& standing) {
  if (standing.running.empty()) return standing.is_waiting ? "waiting for the app" : "";
  std::string text = plain_line(standing.running.back());
  // How many more comes first, because the end of the line is what a narrow terminal loses.
  if (standing.running.size() > 1) text = fmt::format("{} running, latest: {}", standing.running.size(), text);
  return text;
}

} // namespace

std::string status_line(const CaseStanding& standing, const ConsoleStyle& style) {
  Spans parts{{Tone::strong, fmt::format("{}/{}", standing.done, standing.all)}};
  if (standing.failed > 0) parts.push_back({Tone::bad, fmt::format("{} failed", standing.failed)});
  if (standing.errors > 0) parts.push_back({Tone::doubtful, fmt::format("{} not judged", standing.errors)});
  parts.push_back({Tone::plain, elapsed_text(standing.elapsed)});
  if (std::string text = under_way(standing); !text.empty()) parts.push_back({Tone::dim, std::move(text)});

  const std::string separator = fmt::format(" {} ", symbols(style).dot);
  std::size_t left = style.width > 1 ? static_cast<std::size_t>(style.width) - 1 : 79;
  std::string line;
  for (const TextSpan& part : parts) {
    const std::size_t lead = line.empty() ? 0 : display_width(separator);
    if (left <= lead) break;
    const std::string shown = cut(style, part.text, left - lead);
    if (lead > 0) line += paint(style, Tone::dim, separator);
    line += paint(style, part.tone, shown);
    left -= lead + display_width(shown);
  }
  return line;
}

} // namespace murphy::reports
