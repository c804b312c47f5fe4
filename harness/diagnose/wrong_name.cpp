#include "diagnose/wrong_name.h"

#include "base/label.h"
#include "base/text.h"
#include "diagnose/suggest.h"

#include <algorithm>
#include <cctype>

namespace murphy::diagnose {
namespace {

using record::Layer;
using record::SuggestionOrigin;

bool has_name(const record::Schema& schema, std::string_view name) {
  return std::ranges::any_of(schema.tables, [&](const record::Table& table) {
    return equal_ignoring_ascii_case(table.name, name) ||
           std::ranges::any_of(table.columns, [&](const record::Column& column) {
             return equal_ignoring_ascii_case(column.name, name);
           });
  });
}

bool can_be_in_code(std::string_view name) {
  return name.size() > 2 && !name.contains("‹") &&
         std::ranges::none_of(name, [](unsigned char c) { return std::isspace(c) != 0; }) &&
         std::ranges::any_of(name, [](unsigned char c) { return std::isalpha(c) != 0; });
}

// What was put in place of a name is itself as it should be.
bool is_from_healthy_app(SuggestionOrigin origin) {
  return origin == SuggestionOrigin::baseline || origin == SuggestionOrigin::field_id ||
         origin == SuggestionOrigin::field_label || origin == SuggestionOrigin::usual_spelling;
}

const std::string& of_two(const record::Suspect& suspect, const Evidence& evidence) {
  if (suspect.suggestion.empty() || is_from_healthy_app(suspect.origin)) return suspect.identifier;
  if (const auto& known = evidence.known_good; known && known->schema) {
    const bool had_asked = has_name(*known->schema, suspect.identifier),
               had_present = has_name(*known->schema, suspect.suggestion);
    if (had_asked != had_present) return had_asked ? suspect.suggestion : suspect.identifier;
  }
  return who_slipped(suspect.identifier, suspect.suggestion, evidence) == Slip::present ? suspect.suggestion
                                                                                        : suspect.identifier;
}

} // namespace

std::string wrong_name(const record::Suspect& suspect, const Evidence& evidence) {
  const bool is_of_app = suspect.layer != Layer::unknown && suspect.layer != Layer::harness;
  if (!is_of_app || suspect.identifier.empty()) return {};
  std::string name = of_two(suspect, evidence);
  return can_be_in_code(name) ? name : std::string();
}

std::map<std::string, std::vector<record::CodePlace>> code_of(std::span<const record::Suspect> recorded) {
  std::map<std::string, std::vector<record::CodePlace>> code;
  for (const record::Suspect& suspect : recorded)
    if (!suspect.wrong_name.empty()) code.emplace(suspect.wrong_name, suspect.places);
  return code;
}

} // namespace murphy::diagnose
