// The rules of fields that `validate` has tested, for people.
#pragma once

#include "record/validation.h"

#include <string>

namespace murphy::words {

// What the scenario requires: "at most 64 characters"; empty where the page is the measure.
std::string required_text(const record::ValidationCell& cell);

// What the page declares: "maxlength=254", "3 choices"; empty: nothing.
std::string declared_text(const record::ValidationCell& cell);

// What is required, else what the page declares.
std::string rule_text(const record::ValidationCell& cell);

// The value that was sent: `“Ada”`, `65 characters (“AdaAdaAdaAdaAda…”)`.
std::string tested_text(const record::TestedValue& value);

// What the server made of it: "accepted: 303 /dashboard", or its own words.
std::string reply_text(const record::ValidationCell& cell);

// The column behind the field: "users.phone varchar(20)"; empty where nothing is known.
std::string column_text(const record::ColumnSeen& column);

// What the column means for the rule; empty where all is well.
std::string trouble_text(const record::ValidationCell& cell);

// What to know beside, with the column's part in it where the rule holds all the same.
std::string note_text(const record::ValidationCell& cell);

} // namespace murphy::words
