#include "web/forms/constraints.h"

#include "base/text.h"
#include "base/work_limit.h"
#include "web/forms/decimal.h"
#include "web/forms/typed_number.h"
#include "web/html/select_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace murphy::web {
namespace {

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  return std::ranges::find(types, type) != types.end();
}

bool holds_line(std::string_view type) {
  return is_one_of(type, {"text", "search", "url", "tel", "email", "password"});
}

// date, month, week, time, datetime-local
bool holds_moment(std::string_view type) {
  return is_one_of(type, {"date", "month", "week", "time", "datetime-local"});
}

bool has_numbers(std::string_view type) { return is_one_of(type, {"number", "range"}) || holds_moment(type); }

std::optional<Barred> barred(const Control& control) {
  if (control.type == "hidden") return Barred::hidden;
  if (is_one_of(control.type, {"button", "reset", "image"})) return Barred::button;
  if (control.in_datalist) return Barred::datalist;
  if (control.disabled) return Barred::disabled;
  // 4.10.5.3.3 bars every input that says readonly; what it does not apply to, browsers bar as well.
  if (control.element.has("readonly") && !control.element.is("select") && !control.element.is("button"))
    return Barred::read_only;
  return std::nullopt;
}

bool may_be_required(const Control& control) {
  return holds_line(control.type) || holds_moment(control.type) ||
         is_one_of(control.type, {"number", "checkbox", "radio", "file", "select", "textarea"});
}

// 2.3.4.2, "rules for parsing non-negative integers", as far as browsers count.
std::optional<std::size_t> length_attribute(Element element, std::string_view name) {
  std::string_view text = element.attribute_or_empty(name);
  while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::int32_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (text.starts_with('-') || error != std::errc() || (negative && length != 0)) return std::nullopt;
  return static_cast<std::size_t>(length);
}

std::optional<Bound> bound(const Control& control, std::string_view attribute, std::string_view range_default) {
  const std::string_view text = control.element.attribute_or_empty(attribute);
  if (const auto number = to_number(control.type, text)) return Bound{std::string(text), *number, true};
  if (control.type == "range") return Bound{std::string(range_default), *to_number("range", range_default), false};
  return std::nullopt;
}

struct StepOfType {
  double size;  // default
  double scale; // to the numbers of to_number
  double base;
};

StepOfType step_of(std::string_view type) {
  constexpr double day = 86'400'000;
  if (type == "date") return {1, day, 0};
  if (type == "week") return {1, 7 * day, -3 * day}; // the Monday of 1970-W01
  if (type == "time" || type == "datetime-local") return {60, 1000, 0};
  return {1, 1, 0};
}

// 4.10.5.3.8, "allowed value step" and "step base".
std::optional<StepConstraint> step(const Control& control) {
  const std::string_view written = control.element.attribute_or_empty("step");
  if (equal_ignoring_ascii_case(written, "any")) return std::nullopt;
  const StepOfType type = step_of(control.type);
  StepConstraint step{.size = type.size * type.scale, .base = type.base, .declared = false};
  if (const auto size = to_number("number", written); size && *size > 0) {
    constexpr double largest = 1e290; // of no consequence, and still finite when scaled
    step.declared = true;
    // Days, weeks and months come whole, times in milliseconds, in browsers too.
    if (is_one_of(control.type, {"date", "week", "month"}))
      step.size = std::clamp(std::round(*size), 1.0, largest) * type.scale;
    else if (holds_moment(control.type))
      step.size = std::clamp(std::round(*size * type.scale), 1.0, largest);
    else
      step.size = *size;
  }
  for (const std::string_view name : {"min", "value"}) {
    if (const auto base = to_number(control.type, control.element.attribute_or_empty(name))) {
      step.base = *base;
      break;
    }
  }
  return step;
}

std::optional<DeclaredPattern> pattern(const Control& control) {
  const auto source = control.element.attribute("pattern");
  if (!source || !holds_line(control.type)) return std::nullopt;
  auto read = Pattern::read(*source);
  if (!read) return DeclaredPattern{std::string(*source), nullptr, std::move(read.error())};
  return DeclaredPattern{std::string(*source), std::move(*read), std::nullopt};
}

} // namespace

std::string_view words(Barred reason) {
  switch (reason) {
  case Barred::disabled: return "it is disabled";
  case Barred::read_only: return "it is readonly";
  case Barred::hidden: return "it is hidden";
  case Barred::button: return "it is a button";
  case Barred::datalist: return "it is in a datalist";
  }
  return {};
}

bool in_same_group(const Control& left, const Control& right) {
  WorkLimit::count();
  return left.type == "radio" && right.type == "radio" && !left.name.empty() && left.name == right.name &&
         left.form == right.form;
}

Constraints declared_constraints(const Forms& forms, const Control& control) {
  Constraints constraints;
  constraints.barred = barred(control);
  constraints.multiple = control.multiple;
  constraints.required = may_be_required(control) && control.element.has("required");
  if (control.type == "radio" && !constraints.required) {
    constraints.required = std::ranges::any_of(forms.controls, [&](const Control& other) {
      return in_same_group(control, other) && other.element.has("required");
    });
  }
  if (holds_line(control.type) || control.type == "textarea") {
    constraints.min_length = length_attribute(control.element, "minlength");
    constraints.max_length = length_attribute(control.element, "maxlength");
  }
  if (has_numbers(control.type)) {
    constraints.min = bound(control, "min", "0");
    constraints.max = bound(control, "max", "100");
    constraints.step = step(control);
    constraints.wraps = control.type == "time" && constraints.min && constraints.max &&
                        constraints.max->number < constraints.min->number;
  }
  constraints.pattern = pattern(control);
  return constraints;
}

bool skips_validation(const Form& form, const Control* button) {
  if (button != nullptr && button->is_submit() && button->element.has("formnovalidate")) return true;
  return form.element.has("novalidate");
}

} // namespace murphy::web
