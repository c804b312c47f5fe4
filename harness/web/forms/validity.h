// Whether a value that a person leaves in a control satisfies what the page declares of it: the flags of the
// ValidityState interface that need no script (WHATWG HTML, 4.10.21.1).
#pragma once

#include "web/forms/constraints.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// What a control holds when it is judged.
struct Entered {
  // What was typed. In a field of type date, month, week, time, datetime-local or color people choose more than they
  // type: a text that is no such value stands for one that was left half filled in, and is bad input. In a number field
  // what browsers do not let in ("abc") is left out. File: the names chosen, empty for none.
  std::string text;
  bool checked = false;       // a checkbox is ticked; of a radio button: one of its group is on
  std::vector<bool> selected; // of a select, beside Control::options
  bool edited = true;         // by a person; lengths are asked only of such values
};

// What the control holds when the page has just loaded. A radio button is judged by its whole group.
Entered as_loaded(const Forms& forms, const Control& control);

// Each flag: does the value suffer from it? A control that is barred may suffer as well: browsers say so, and send it.
struct Validity {
  MatchAnswer value_missing = MatchAnswer::no;
  MatchAnswer type_mismatch = MatchAnswer::no;
  MatchAnswer pattern_mismatch = MatchAnswer::no;
  MatchAnswer too_long = MatchAnswer::no;
  MatchAnswer too_short = MatchAnswer::no;
  MatchAnswer range_underflow = MatchAnswer::no;
  MatchAnswer range_overflow = MatchAnswer::no;
  MatchAnswer step_mismatch = MatchAnswer::no;
  MatchAnswer bad_input = MatchAnswer::no;
  std::string doubt; // why a flag is unknown, one clause

  MatchAnswer valid() const; // no when a flag is set, else unknown when one is unknown
};

// Whether browsers keep a form with this control from being sent: no for one that is barred.
MatchAnswer stops_sending(const Constraints& constraints, const Validity& validity);

Validity validity(const Control& control, const Constraints& constraints, const Entered& entered);

} // namespace murphy::web
