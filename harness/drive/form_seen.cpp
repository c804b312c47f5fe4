#include "drive/form_seen.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/forms/constraints.h"
#include "web/forms/form_obstacles.h"
#include "web/forms/validity.h"

#include <algorithm>

namespace murphy::drive {
namespace {

// What the control holds when a person has put this value in.
web::Entered entered(const web::Control& control, std::string_view value) {
  web::Entered result;
  result.text = std::string(value);
  result.checked = !value.empty();
  for (const web::Option& option : control.options) result.selected.push_back(option.value == value);
  return result;
}

FormField see_field(const std::shared_ptr<const HttpPage>& page, const web::Control& control) {
  const web::Constraints constraints = web::declared_constraints(page->forms(), control);
  FormField field;
  field.labels = control.names();
  // A button of a group is labelled with its choice; what the group is called is its name then.
  if (control.type == "radio" && control.group.empty() && !control.name.empty()) field.labels = {control.name};
  if (field.labels.empty()) field.labels.push_back(control.shown_name());
  field.name = control.name;
  field.type = control.type;
  if (constraints.barred) field.barred = web::words(*constraints.barred);
  if (control.type == "file") field.barred = "it takes a file, whose rules are not tested";
  field.value = control.type == "checkbox" || control.type == "radio" ? std::string() : control.value;
  field.checked = control.checked;
  for (const web::Option& option : control.options) {
    if (option.selected) field.value = option.value;
    if (!option.disabled && !option.value.empty()) field.options.push_back(option.value);
  }
  field.autocomplete = control.autocomplete;
  field.is_trap = web::is_trap(control);
  field.required = constraints.required;
  field.min_length = constraints.min_length;
  field.max_length = constraints.max_length;
  if (constraints.min && constraints.min->declared) field.min = constraints.min->text;
  if (constraints.max && constraints.max->declared) field.max = constraints.max->text;
  if (constraints.step && constraints.step->declared) field.step = control.element.attribute_or_empty("step");
  const bool is_number = control.type == "number" || control.type == "range";
  field.has_default_step = is_number && constraints.step && !constraints.step->declared;
  if (constraints.pattern) {
    field.pattern = constraints.pattern->source;
    if (constraints.pattern->refusal) field.pattern_ignored = constraints.pattern->refusal->why;
  }
  const auto allows = [page, control = &control](const web::Constraints& held) {
    return [page, control, held](std::string_view value) {
      switch (web::validity(*control, held, entered(*control, value)).valid()) {
      case web::MatchAnswer::yes: return Allowed::yes;
      case web::MatchAnswer::no: return Allowed::no;
      case web::MatchAnswer::unknown: break;
      }
      return Allowed::unknown;
    };
  };
  field.allows = allows(constraints);
  web::Constraints of_any_length = constraints;
  of_any_length.min_length.reset();
  of_any_length.max_length.reset();
  field.allows_at_any_length = allows(of_any_length);
  return field;
}

} // namespace

Result<FormSeen> see_form(const std::shared_ptr<const HttpPage>& page, const web::SubmitTarget& submit,
                          const std::vector<std::string>& fields) {
  const web::Forms& forms = page->forms();
  FormSeen seen;
  const web::Element form = submit.form->element;
  const web::Element button = submit.button != nullptr ? submit.button->element : web::Element();
  const std::string_view method =
      button && button.has("formmethod") ? button.attribute_or_empty("formmethod") : form.attribute_or_empty("method");
  seen.is_get = !equal_ignoring_ascii_case(method, "post") && !equal_ignoring_ascii_case(method, "dialog");
  seen.is_unchecked = web::skips_validation(*submit.form, submit.button);
  seen.sent_by_script = web::script_that_sends(*submit.form);
  seen.captcha = web::captcha_in(forms, *submit.form);
  std::vector<const web::Control*> first; // of each field; a radio group is the first of its buttons
  for (const std::size_t index : submit.form->controls) {
    const web::Control& control = forms.controls[index];
    if (!control.is_field()) continue;
    if (control.type == "radio") {
      const auto group = std::ranges::find_if(first, [&](const web::Control* other) {
        return other->type == "radio" && web::in_same_group(*other, control);
      });
      if (group != first.end()) {
        FormField& field = seen.fields[static_cast<std::size_t>(group - first.begin())];
        if (!control.disabled) field.options.push_back(control.value);
        if (control.checked) field.value = control.value;
        continue;
      }
    }
    first.push_back(&control);
    seen.fields.push_back(see_field(page, control));
    if (control.type != "radio") continue;
    if (!control.disabled) seen.fields.back().options.push_back(control.value);
    if (control.checked) seen.fields.back().value = control.value;
  }
  for (const std::string& words : fields) {
    const auto found = web::find_field(forms, *submit.form, words);
    if (!found) return std::unexpected(found.error());
    // Any button of a group stands for it.
    const auto is_it = [&](const web::Control* control) {
      return std::ranges::any_of(*found, [&](const web::Control* each) {
        return each == control ||
               (each->type == "radio" && control->type == "radio" && web::in_same_group(*each, *control));
      });
    };
    const auto place = std::ranges::find_if(first, is_it);
    if (place == first.end()) {
      return std::unexpected(target_error("the field \"" + words + "\" is hidden: people cannot fill it in",
                                          "remove it: validate tests fields that people fill in"));
    }
    seen.asked.push_back(static_cast<std::size_t>(place - first.begin()));
  }
  return seen;
}

} // namespace murphy::drive
