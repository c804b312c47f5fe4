#include "web/forms/validity.h"

#include "base/text.h"
#include "web/forms/decimal.h"
#include "web/forms/email.h"
#include "web/forms/form_values.h"
#include "web/forms/typed_number.h"
#include "web/html/select_options.h"
#include "web/url/absolute_url.h"

#include <algorithm>
#include <cmath>

namespace murphy::web {
namespace {

using boost::multiprecision::abs;
using boost::multiprecision::round;

// The values a pattern or a type is asked about: with `multiple`, each address.
std::vector<std::string_view> values_of(const Control& control, std::string_view value) {
  if (control.type == "email" && control.multiple) return split(value, ',');
  return {value};
}

// 4.10.7: the option that stands for no choice.
bool has_placeholder_option(const Control& select) {
  return is_drop_down(select.element) && !select.options.empty() && select.options.front().value.empty() &&
         select.options.front().element.parent() == select.element;
}

bool nothing_chosen(const Control& select, const std::vector<bool>& selected) {
  const auto chosen = std::ranges::find(selected, true);
  return chosen == selected.end() ||
         (chosen == selected.begin() && has_placeholder_option(select) && std::ranges::count(selected, true) == 1);
}

bool turns_bad_input_away(std::string_view type) {
  return type == "number" || type == "date" || type == "month" || type == "week" || type == "time" ||
         type == "datetime-local";
}

// 4.10.5.3.7 and 4.10.5.3.8, in decimal.
class Range {
public:
  Range(const Control& control, const Constraints& constraints)
      : control_(control), constraints_(constraints), decimal_(control.type == "number" || control.type == "range") {}

  void judge(std::string_view value, Validity& validity) const {
    const auto number = read(value);
    if (!number) return;
    const auto minimum = constraints_.min ? read(constraints_.min->text) : std::nullopt;
    const auto maximum = constraints_.max ? read(constraints_.max->text) : std::nullopt;
    const bool below = minimum && *number < *minimum, above = maximum && *number > *maximum;
    if (control_.type == "range") {
      // A slider stands between its ends, or at its minimum where they are the wrong way round.
    } else if (constraints_.wraps) {
      validity.range_underflow = validity.range_overflow = answer(below && above);
    } else {
      validity.range_underflow = answer(below);
      validity.range_overflow = answer(above);
    }
    if (constraints_.step) validity.step_mismatch = answer(between_steps(*number));
  }

private:
  std::optional<Decimal> read(std::string_view text) const {
    if (decimal_) return parse_decimal(text);
    const auto number = to_number(control_.type, text);
    return number ? std::optional(Decimal(*number)) : std::nullopt;
  }

  // The number of steps as it is written; of moments the scaled one, which is whole.
  Decimal step_size() const {
    const auto written = decimal_ ? parse_decimal(control_.element.attribute_or_empty("step")) : std::nullopt;
    return written && constraints_.step->declared ? *written : Decimal(constraints_.step->size);
  }

  Decimal step_base() const {
    for (const std::string_view name : {"min", "value"}) {
      if (const auto base = read(control_.element.attribute_or_empty(name))) return *base;
    }
    return Decimal(constraints_.step->base);
  }

  // As browsers compute it: beyond 2^53 steps nothing is a mismatch, and for numbers neither is what single precision
  // could not tell from a step.
  bool between_steps(const Decimal& number) const {
    const Decimal size = step_size();
    const Decimal distance = abs(Decimal(number - step_base()));
    if (distance / Decimal(9007199254740992.0) > size) return false;
    const Decimal remainder = abs(Decimal(distance - size * round(Decimal(distance / size))));
    const Decimal tolerance = decimal_ ? Decimal(size / 16777216) : Decimal(0);
    return remainder > tolerance && remainder < size - tolerance;
  }

  const Control& control_;
  const Constraints& constraints_;
  bool decimal_;
};

void judge_text(const Control& control, const Constraints& constraints, const std::string& value, bool edited,
                Validity& validity) {
  if (value.empty()) return;
  const std::size_t length = utf16_length(value);
  validity.too_long = answer(edited && constraints.max_length && length > *constraints.max_length);
  validity.too_short = answer(edited && constraints.min_length && length < *constraints.min_length);
  if (control.type == "url") validity.type_mismatch = answer(!is_absolute_url(value));
  const auto values = values_of(control, value);
  if (control.type == "email") validity.type_mismatch = answer(!std::ranges::all_of(values, is_valid_email));
  if (!constraints.pattern || !constraints.pattern->enforced()) return;
  for (const std::string_view one : values) {
    if (one.empty()) continue;
    const MatchAnswer matches = constraints.pattern->pattern->matches(one, &validity.doubt);
    if (matches == MatchAnswer::no) {
      validity.pattern_mismatch = MatchAnswer::yes;
      validity.doubt.clear();
      return;
    }
    if (matches == MatchAnswer::unknown) validity.pattern_mismatch = MatchAnswer::unknown;
  }
}

} // namespace

Entered as_loaded(const Forms& forms, const Control& control) {
  Entered entered{.text = control.value, .checked = control.checked, .selected = {}, .edited = false};
  for (const Option& option : control.options) entered.selected.push_back(option.selected);
  if (control.type == "radio") {
    entered.checked = std::ranges::any_of(forms.controls, [&](const Control& other) {
      return other.checked && (&other == &control || in_same_group(control, other));
    });
  }
  return entered;
}

MatchAnswer Validity::valid() const {
  MatchAnswer answer = MatchAnswer::yes;
  for (const MatchAnswer flag : {value_missing, type_mismatch, pattern_mismatch, too_long, too_short, range_underflow,
                                 range_overflow, step_mismatch, bad_input}) {
    if (flag == MatchAnswer::yes) return MatchAnswer::no;
    if (flag == MatchAnswer::unknown) answer = MatchAnswer::unknown;
  }
  return answer;
}

MatchAnswer stops_sending(const Constraints& constraints, const Validity& validity) {
  if (constraints.barred || validity.valid() == MatchAnswer::yes) return MatchAnswer::no;
  return validity.valid() == MatchAnswer::no ? MatchAnswer::yes : MatchAnswer::unknown;
}

Validity validity(const Control& control, const Constraints& constraints, const Entered& entered) {
  Validity validity;
  if (control.is_button() || control.type == "hidden") return validity;
  if (control.type == "checkbox" || control.type == "radio") {
    validity.value_missing = answer(constraints.required && !entered.checked);
    // A radio button without a name is of no group, and browsers ask nothing of it.
    if (control.type == "radio" && control.name.empty()) validity.value_missing = MatchAnswer::no;
    return validity;
  }
  if (control.type == "select") {
    validity.value_missing = answer(constraints.required && nothing_chosen(control, entered.selected));
    return validity;
  }
  const std::string text = entered.edited ? typed_text(control.type, entered.text) : entered.text;
  const std::string value =
      control.type == "textarea" ? with_line_feeds(text) : sanitize_value(control.element, control.type, text);
  // Nobody can leave out what nobody can write: the field has to be mutable.
  const bool is_mutable = !control.disabled && !control.read_only;
  validity.value_missing = answer(constraints.required && value.empty() && (is_mutable || control.type == "file"));
  validity.bad_input = answer(entered.edited && value.empty() && !text.empty() && turns_bad_input_away(control.type));
  judge_text(control, constraints, value, entered.edited, validity);
  if (constraints.min || constraints.max || constraints.step) Range(control, constraints).judge(value, validity);
  return validity;
}

} // namespace murphy::web
