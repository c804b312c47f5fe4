// The matrix of a `validate` step for people: a table, or one line where all is well.
#pragma once

#include "record/validation.h"
#include "reports/text_block.h"

#include <string>

namespace murphy::reports {

// A row for each rule of each field; narrow terminals get them below one another.
void write_validation(TextBlock& block, const record::Validation& validation);

// "“Create account”: 12 rules of 4 fields hold, 27 submissions"
std::string validation_line(const record::Validation& validation);

// Under it, what is worth knowing of rules that hold: a page that lets more through, a side that could not be judged.
void write_validation_notes(TextBlock& block, const record::Validation& validation);

// "looser" and the like; of a side that has no part in the rule, nothing but a dash.
std::string_view words_of(record::Standing standing);

} // namespace murphy::reports
