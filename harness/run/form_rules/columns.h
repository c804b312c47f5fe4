// The columns of the app's database behind the fields of a form. Pure.
#pragma once

#include "drive/driver.h"
#include "record/schema.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

struct BehindField {
  record::Column column;
  bool is_unique = false; // by a key of this column alone
};

struct Columns {
  std::string engine;                            // "sqlite"
  std::string table;                             // empty: none stands behind the form
  std::vector<std::optional<BehindField>> field; // beside the form's fields; none: no column of its name
};

// The table that has columns for the most of these fields, and these columns. A column goes by a field's name, the last
// part of it ("user[email]"), else by its label ("Email address"), however the words are joined; of a label, words such
// as "your" and "new" do not count. No table when two have as many, or when fewer than half of the fields that hold
// text have a column; no column where two fields go by its name, and none behind a password, of which a hash is kept.
Columns columns_behind(const record::Schema& schema, const std::vector<drive::FormField>& fields);

// Whether a field holds what is typed, and not a choice.
bool holds_text(const drive::FormField& field);

} // namespace murphy::run
