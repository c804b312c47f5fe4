// A value for each field of a form that the app accepts, new for each submission.
#pragma once

#include "drive/driver.h"
#include "scenario/model.h"
#include "scenario/variables.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

// A field of the form with what the scenario says of it.
struct TrialField {
  const drive::FormField* seen = nullptr;
  std::string called;                          // as the scenario names it, else as the page does
  std::string words;                           // by which the driver finds it
  const scenario::FieldRules* rules = nullptr; // may be null
  const scenario::Filling* valid = nullptr;    // may be null
  std::optional<std::size_t> same_as;          // another entry, whose value it repeats
  bool is_proved = false;
};

// What to fill in, beside the entries; nothing where the page's own value will do. In this order: what the scenario
// says is valid, the first value it says is accepted, what the page has, a value made up to fit what is declared.
// Errors: usage, a reference that cannot be resolved, or a field that no value can be made up for.
Result<std::vector<std::optional<drive::FieldValue>>> valid_values(const std::vector<TrialField>& entries,
                                                                   scenario::Scope& scope);

} // namespace murphy::run
