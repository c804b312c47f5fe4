// What `validate` found: for each field and each rule, what is required, what the page declares, what the server does,
// and what the column of the database takes.
#pragma once

#include "base/error.h"

#include <string>
#include <vector>

namespace murphy::record {

// How a side stands to a rule. Of the page: none to unknown but misplaced, silent and error. Of the column: none,
// enforced, looser and stricter.
enum class Standing {
  none,      // has no part in it: HTML cannot declare such a rule, or the server was not asked
  enforced,  // as required
  missing,   // the rule is not there at all
  looser,    // there, but takes more than it should
  stricter,  // refuses what it should take
  misplaced, // refuses, but shows the error at another field
  silent,    // refuses without a word
  error,     // answers with a server error
  unknown,   // could not be told
};

struct ValidationCell {
  std::string field;    // as the scenario names it, else as the page does
  std::string rule;     // "max_length"
  std::string required; // what the scenario requires, in words; empty: nothing, the page is the measure
  Standing page = Standing::none;
  std::string declared; // what the page declares, as it is written there: "maxlength=254"; empty: nothing
  Standing server = Standing::none;
  std::string probe; // the value that decided; of passwords and secrets only how long it is
  std::string words; // what the server said to it
  Standing column = Standing::none;
  std::string column_says; // "users.phone varchar(20)", or that there is no such column; empty: nothing is known
  std::string note;        // what to know beside; may be empty
  bool holds = true;
  Place place; // of the rule, else of the step
  bool operator==(const ValidationCell&) const = default;
};

struct Validation {
  std::string form;                  // as the scenario names it
  int probes = 0;                    // submissions, the valid ones included
  std::string table;                 // whose columns stand behind the fields; empty: none is known
  std::string database_note;         // why the database could not be looked at; empty: it was, or there is none
  std::vector<ValidationCell> cells; // by field, in the order of the scenario, else of the page
  bool operator==(const Validation&) const = default;
};

} // namespace murphy::record
