#include "reports/suspect_text.h"

#include "reports/plain_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {
namespace {

constexpr std::size_t most_evidence = 4;
constexpr std::size_t longest_evidence = 300; // columns

} // namespace

std::string likely_cause(const record::StepResult& step) {
  if (step.suspects.empty() || step.suspects.front().confidence == record::Confidence::low) return "";
  return plain_line(record::headline(step.suspects.front()));
}

void write_suspects(TextBlock& block, const std::vector<record::Suspect>& suspects) {
  if (suspects.empty()) return;
  const record::Suspect& first = suspects.front();
  block.line({{Tone::strong, plain_line(record::headline(first))}}, 2);
  block.indent(2);
  for (std::size_t i = 0; i < std::min(first.evidence.size(), most_evidence); ++i)
    block.line({{Tone::dim, first.evidence[i].source + ": "},
                {Tone::plain, cut(block.style(), plain_line(first.evidence[i].text), longest_evidence)}},
               2);
  if (!first.advice.empty()) block.line({{Tone::plain, plain_line(first.advice)}}, 2);
  for (std::size_t i = 1; i < suspects.size(); ++i)
    block.line({{Tone::dim, "less likely: " + plain_line(record::described(suspects[i]))}}, 2);
  block.outdent(2);
}

} // namespace murphy::reports
