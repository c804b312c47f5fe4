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
  bool is_needed = false; // the app refused the form without a value, though the page does not say so
};

struct ValidValue {
  std::optional<drive::FieldValue> sent; // none where the page's own value goes out
  std::string spare;                     // of a field that is left as it was loaded, what to prove it with
  bool is_made_up = false;
  // What is sent, where that is text; else null.
  const Value* text() const { return sent ? std::get_if<Value>(&*sent) : nullptr; }
};

// `${unique}`: another text in each submission.
std::string unique_text(scenario::Scope& scope);

// What to fill in, beside the entries. In this order: what the scenario says is valid, the first value it says is
// accepted, what the page had when it was first loaded, a value made up where one is required. Errors: usage, a
// reference that cannot be resolved, or a field that no value can be made up for.
Result<std::vector<ValidValue>> valid_values(const std::vector<TrialField>& entries, scenario::Scope& scope);

} // namespace murphy::run
