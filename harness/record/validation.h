// What `validate` found: for each field and each rule, what is required, what the page declares, what the server does,
// and what the column of the database takes. Words are made of it in words/ alone.
#pragma once

#include "base/error.h"
#include "record/page.h"

#include <cstddef>
#include <cstdint>
#include <optional>
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
  unchecked, // of the page: declared, but browsers send the form unchecked (novalidate)
  unknown,   // could not be judged
};

// A value that was sent, without what it must not give away.
struct TestedValue {
  enum class Kind {
    none,
    empty,
    spaces,
    text,
    hidden, // of a password or secret: only its length is known
    not_ticked,
    nothing_chosen,
    left_out,   // nothing of the field's name was sent
    as_written, // an old journal has it in words: `text`
  };
  Kind kind = Kind::none;
  std::size_t length = 0;       // in UTF-16 code units, as HTML counts
  bool is_about_length = false; // it was made for its length
  bool is_wide = false;         // half of it is in letters of several bytes
  std::string text;             // of a text, on one line; of a long one its beginning
  bool operator==(const TestedValue&) const = default;
};

// How a submission was taken.
enum class SubmissionEnd {
  none, // nothing was sent
  accepted,
  refused_here,      // with an error at the field
  refused_elsewhere, // with errors at other fields only
  refused_unplaced,  // with words that belong to no field
  refused_silently,  // without a word
  server_error,
  throttled, // 429
  locked,    // the app takes the submissions for an attack
  signed_out,
  unknown,
  as_written, // an old journal has it in words: `said`
};

// What the column behind a field takes.
struct ColumnSeen {
  enum class Fact {
    none,         // nothing is known
    absent,       // the table has no column of the field's name
    length,       // `type` bounds it
    loose_length, // the same, in an engine that does not enforce it
    nullable,
    not_null,
    not_null_with_default,
    unique,
    as_written, // an old journal has it in words: `type`
  };
  Fact fact = Fact::none;
  std::string table;
  std::string column;
  std::string type; // "varchar(20)"
  bool operator==(const ColumnSeen&) const = default;
};

// What the column means for the rule.
enum class ColumnTrouble {
  none,
  refuses_first,   // nothing refuses the value before the column does
  takes_less,      // than what fits the form, and fails
  shorter,         // than what fits the form
  shorter_unasked, // the same, in an engine that takes the value all the same
  cuts,            // it is shorter than what was accepted: that is cut, or kept elsewhere
  needs_value,     // it is not null, and neither the page nor the scenario asks for a value
  needs_other,     // nothing refuses what is there already before the column does
};

// What to know beside.
struct RuleNote {
  enum class Kind {
    not_tested,        // no value shows whether the server keeps the rule
    page_looser,       // the page lets through what the server refuses
    server_stricter,   // the server refuses what the page lets through
    always_chosen,     // one of its buttons is always on
    too_long,          // to be tried
    no_value_between,  // two steps
    ignored_pattern,   // browsers ignore the page's pattern: `text` says why
    no_breaking_value, // was found for a pattern
    no_wide_letters,   // letters of several bytes are not accepted, whatever the length
    taken,             // the app objects only that another record has the value
    unclear,           // the answer is neither that to valid values nor a refusal: `text` quotes what is new in it
    refuses_all,       // values that keep the rule are refused as well
    not_reached,       // the step ended before
    as_written,        // an old journal has it in words: `text`
  };
  Kind kind = Kind::not_tested;
  std::string text;
  bool operator==(const RuleNote&) const = default;
};

// What the scenario requires of a field: of lengths, `number` characters; of accepts and rejects, `number` values; of
// required, 1, or 0 where the field may be left empty; of the other rules, `text` as written.
struct Requirement {
  bool is_stated = false; // false: the page is the measure
  std::int64_t number = 0;
  std::string text;
  bool operator==(const Requirement&) const = default;
};

struct ValidationCell {
  std::string field; // as the scenario names it, else as the page does
  std::string rule;  // "max_length"
  Requirement required;
  Standing page = Standing::none;
  std::string declared;              // what the page declares, as it is written there: "maxlength=254"; empty: nothing
  std::size_t choices = 0;           // that the page offers
  TestedValue page_refuses;          // although the scenario says that it is accepted
  std::optional<std::int64_t> bound; // of its length, by the scenario, else by the page
  Standing server = Standing::none;
  TestedValue tested;                      // the value that decided
  SubmissionEnd end = SubmissionEnd::none; // of its submission
  AnswerSeen answer;
  std::string said; // by the server to it
  Standing column = Standing::none;
  ColumnSeen behind;
  ColumnTrouble trouble = ColumnTrouble::none;
  std::vector<RuleNote> notes;
  bool holds = true;
  Place place; // of the rule, else of the step
  bool operator==(const ValidationCell&) const = default;
};

// Whether the side that decides, the server, is known to stand to the rule in one way or another.
inline bool is_judged(const ValidationCell& cell) { return !cell.holds || cell.server != Standing::unknown; }
inline bool is_proved(const ValidationCell& cell) { return cell.holds && is_judged(cell); }

struct Validation {
  std::string form;                  // as the scenario names it
  int submissions = 0;               // the valid ones included
  std::string table;                 // whose columns stand behind the fields; empty: none is known
  std::string database_note;         // why the database could not be looked at; empty: it was, or there is none
  std::vector<std::string> created;  // of each accepted submission, the value that names what it made
  std::vector<ValidationCell> cells; // by field, in the order of the scenario, else of the page
  bool operator==(const Validation&) const = default;
};

} // namespace murphy::record
