#include "reports/suspect_text.h"

#include "base/text.h"
#include "reports/plain_text.h"
#include "words/failure_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {
namespace {

constexpr std::size_t most_quoted = 4;
constexpr std::size_t longest_evidence = 300; // columns
constexpr std::size_t longest_got = 100;      // columns of an expectation that did not hold

} // namespace

std::string_view words_of(record::EvidenceSource source) {
  using enum record::EvidenceSource;
  switch (source) {
  case console: return "console";
  case database_log: return "database log";
  case page: return "page";
  case requests: return "requests";
  case form: return "form";
  case schema: return "schema";
  case baseline: return "known-good record";
  case probes: return "probes";
  case validation: return "validation";
  case expectation: break;
  }
  return "expectation";
}

EvidenceText evidence_text(const record::EvidenceLine& line) {
  if (!line.failure) return {std::string(words_of(line.source)), line.text};
  const words::FailureText failure = words::failure_text(*line.failure);
  return {failure.key, ellipsize(one_line("got " + failure.got), longest_got)};
}

std::string_view words_of(record::SuggestionOrigin origin) {
  using enum record::SuggestionOrigin;
  switch (origin) {
  case engine_hint: return "engine's hint";
  case choices_in_message: return "choices in the message";
  case attributes_in_message: return "attributes in the message";
  case schema: return "schema";
  case baseline: return "known-good record";
  case statement: return "statement";
  case usual_spelling: return "usual spelling";
  case field_id: return "the field's id";
  case field_label: return "the field's label";
  case scenario: return "scenario";
  case none: break;
  }
  return "";
}

std::string likely_cause(const std::vector<record::Suspect>& suspects) {
  if (suspects.empty() || suspects.front().confidence < record::Confidence::medium) return "";
  return plain_line(record::headline(suspects.front()));
}

void write_suspects(TextBlock& block, const std::vector<record::Suspect>& suspects) {
  if (suspects.empty()) return;
  const record::Suspect& first = suspects.front();
  block.line({{Tone::strong, plain_line(record::headline(first))}}, 2);
  block.indent(2);
  const bool is_guess = first.confidence == record::Confidence::guess;
  if (is_guess) block.line({{Tone::plain, "known: " + plain_line(first.cause)}}, 2);
  for (std::size_t i = 0; i < std::min(first.evidence.size(), most_quoted); ++i) {
    const EvidenceText line = evidence_text(first.evidence[i]);
    block.line({{Tone::dim, plain_line(line.source) + ": "},
                {Tone::plain, cut(block.style(), plain_line(line.text), longest_evidence)}},
               2);
  }
  if (!first.advice.empty()) block.line({{Tone::plain, plain_line(first.advice)}}, 2);
  for (const record::CodePlace& place : first.places)
    block.line({{Tone::strong, plain_line(record::described(place))}}, 2);
  for (std::size_t i = 1; i < suspects.size(); ++i)
    block.line({{Tone::dim, (is_guess ? "possible: " : "less likely: ") + plain_line(record::described(suspects[i]))}},
               2);
  block.outdent(2);
}

} // namespace murphy::reports
