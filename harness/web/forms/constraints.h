// What a page declares of a field's value: its constraints as a value (WHATWG HTML, 4.10.5.3, 4.10.7, 4.10.11 and
// 4.10.21). What scripts add (setCustomValidity, listeners) is not known here.
#pragma once

#include "web/forms/form.h"
#include "web/pattern/pattern.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

// Why a control is never validated (4.10.21.1, "barred from constraint validation").
enum class Barred {
  disabled, // itself or by a fieldset
  read_only,
  hidden, // type=hidden
  button, // type=reset, type=button, and type=image as browsers have it
  datalist,
};
std::string_view words(Barred reason); // "it is disabled"

// An end of a range.
struct Bound {
  std::string text;     // as it is written, or the type's own default
  double number = 0;    // the same in the numbers of to_number (see typed_number.h)
  bool declared = true; // not the type's default ("0" and "100" of type=range)
};

// A value is allowed where it lies a whole number of steps from the base.
struct StepConstraint {
  double size = 1; // in the numbers of to_number: days are 86 400 000 milliseconds, months are 1
  double base = 0;
  bool declared = true; // not the type's default step
};

// A pattern attribute. Browsers ignore one that JavaScript's `v` flag refuses, and enforce any other.
struct DeclaredPattern {
  std::string source;
  std::shared_ptr<const Pattern> pattern; // null when refused
  std::optional<PatternRefusal> refusal;
  bool enforced() const { return pattern != nullptr; }
};

// What holds for the value of one control: only what applies to its type; an attribute that says nothing (maxlength=x)
// is none.
struct Constraints {
  std::optional<Barred> barred;                      // then browsers ask nothing of it, whatever else stands here
  bool required = false;                             // of a radio button: some button of its group is
  bool multiple = false;                             // email, file, select
  std::optional<std::size_t> min_length, max_length; // in UTF-16 code units
  std::optional<Bound> min, max;
  bool wraps = false; // type=time with min after max: allowed is what lies outside of them, over midnight
  std::optional<StepConstraint> step; // none where the type has none, or with step=any
  std::optional<DeclaredPattern> pattern;
};

// Whether two radio buttons are of one group: the same form owner and name (4.10.5.1.16).
bool in_same_group(const Control& left, const Control& right);

Constraints declared_constraints(const Forms& forms, const Control& control);

// Whether browsers send the form without validating it: novalidate of the form, or formnovalidate of the button, which
// may be null (4.10.22.2, "no-validate state").
bool skips_validation(const Form& form, const Control* button);

} // namespace murphy::web
