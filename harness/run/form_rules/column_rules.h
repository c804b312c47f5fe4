// How the column behind a field stands to the form's rules, and what it gives to ask the server. Pure.
#pragma once

#include "record/validation.h"
#include "run/form_rules/columns.h"
#include "run/form_rules/matrix.h"
#include "run/form_rules/trial_values.h"

#include <string>
#include <vector>

namespace murphy::run {

// Rules that neither the scenario nor the page states, but the column: a value that may be there once, one that has to
// be there, one that may not be longer. Whether the column found by its name is the one that keeps the field is never
// certain, so that nothing but a server error is held against such a rule.
std::vector<RuledField> rules_of_column(const Columns& columns, const drive::FormSeen& form, const ProvedField& proved);

// Fills in the third side of a row, and what it means for the row.
void compare_column(const Columns& columns, const drive::FormField& field, const RuledField& rule,
                    const std::vector<Tried>& tried, record::ValidationCell& cell);

} // namespace murphy::run
