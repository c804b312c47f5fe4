// What a name was probably meant to be, and whether the code or the table has it wrong.
#pragma once

#include "diagnose/finding.h"
#include "diagnose/names.h"
#include "record/suspect.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::diagnose {

struct Suggestion {
  std::string name; // empty: none is near
  record::SuggestionOrigin origin = record::SuggestionOrigin::none;
  std::string table; // where the name is a column of the schema
};

// The near name, from the surest list that has one: what the engine itself says, what its message lists, the schema,
// the known-good record, names in the statement, usual spellings. With a schema or a list of choices no usual spelling
// is offered: what is not there was not meant.
Suggestion suggest(const Finding& finding, const Evidence& evidence);

// What a schema says of a table or column that an engine does not find.
struct SchemaView {
  bool known = false;                // there is a schema
  bool misspelled_migration = false; // the known-good record has the asked name, and the near one is new
  bool in_another_table = false;     // the column is there, elsewhere
  bool exists = false;               // it is there after all
  std::string table;                 // the table looked at
  std::vector<std::string> columns;  // of that table
};
SchemaView look_up(const Finding& finding, const Suggestion& suggestion, const Evidence& evidence);

// Which of the two was spelled by mistake: `asked` by the code, or `present` in the table. Unknown when neither
// usual spelling nor other names tell.
enum class Slip { unknown, asked, present };
Slip who_slipped(std::string_view asked, std::string_view present, const Evidence& evidence);

// The object in the message shows an attribute of this name: `#<User id: 1, emial: "…">`.
bool object_shows(const Finding& finding, std::string_view name);

} // namespace murphy::diagnose
