// What a change concerns, of the checkout that the project is in.
#pragma once

#include "cli/commands.h"
#include "gate/judgement.h"
#include "gate/selection.h"
#include "run/plan/plan.h"
#include "source/changes.h"

#include <string>
#include <vector>

namespace murphy::cli {

struct GateSelection {
  std::string base; // as it was named; may be empty
  source::Changes changes;
  gate::Concerned concerned;
  gate::Requirements requirements;
};

// Asks git what the change is, and selects of all cases those that it concerns and those of features that have to be
// proved. Errors: usage, for a rule of [gate] with a feature that no file has.
Result<GateSelection> select_for_gate(const Loaded& loaded, const run::Plan& all, const GateOptions& options);

// The cases that were selected, in their order.
run::Plan selected_of(const run::Plan& all, const GateSelection& selection);

} // namespace murphy::cli
