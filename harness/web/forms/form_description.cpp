#include "web/forms/form_description.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "web/forms/constraints.h"
#include "web/forms/entry_list.h"
#include "web/forms/form_advice.h"
#include "web/forms/form_encoding.h"
#include "web/forms/naming.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::web {
namespace {

std::string characters(std::size_t count) { return fmt::format("{} character{}", count, count == 1 ? "" : "s"); }

// In the words of the page: bounds and steps as they are written there.
std::vector<std::string> rules(const Constraints& declared, Element element) {
  std::vector<std::string> all;
  if (declared.required) all.emplace_back("required");
  if (declared.min_length) all.push_back("at least " + characters(*declared.min_length));
  if (declared.max_length) all.push_back("at most " + characters(*declared.max_length));
  if (declared.min && declared.min->declared) all.push_back("from " + declared.min->text);
  if (declared.max && declared.max->declared) all.push_back("to " + declared.max->text);
  if (declared.step && declared.step->declared)
    all.push_back(fmt::format("in steps of {}", element.attribute_or_empty("step")));
  if (declared.pattern) {
    all.push_back((declared.pattern->enforced() ? "matches " : "would match, but is ignored: ") +
                  declared.pattern->source);
  }
  if (declared.multiple) all.emplace_back("several");
  return all;
}

FieldDescription describe_field(const Forms& forms, const Control& control) {
  FieldDescription field;
  field.label = control.shown_name();
  field.name = control.name;
  field.id = control.id;
  field.type = control.type;
  field.autocomplete = control.autocomplete;
  const Constraints declared = declared_constraints(forms, control);
  field.rules = rules(declared, control.element);
  if (declared.barred) field.barred = words(*declared.barred);
  if (control.type == "checkbox") {
    field.value = control.checked ? "ticked" : "";
  } else if (is_password_type(control.type)) {
    if (!control.value.empty()) field.value = characters(count_code_points(control.value));
  } else if (control.type != "radio") {
    field.value = control.value;
  }
  for (const Option& option : control.options) {
    field.options.push_back(option.text);
    if (option.selected) field.value = option.text;
  }
  return field;
}

// The buttons of a radio group are one field, which offers them.
std::vector<FieldDescription> describe_fields(const Forms& forms, const std::vector<std::size_t>& controls) {
  std::vector<FieldDescription> fields;
  std::vector<const Control*> of; // beside `fields`
  for (const std::size_t index : controls) {
    const Control& control = forms.controls[index];
    if (!control.is_field()) continue;
    const bool radio = control.type == "radio";
    const auto group = std::ranges::find_if(
        of, [&](const Control* other) { return radio && other->type == "radio" && in_same_group(*other, control); });
    const std::size_t place = static_cast<std::size_t>(group - of.begin());
    if (group == of.end()) {
      fields.push_back(describe_field(forms, control));
      of.push_back(&control);
    }
    if (!radio) continue;
    const std::string choice = control.labels.empty() ? control.value : control.labels.front();
    fields[place].options.push_back(choice);
    if (control.checked) fields[place].value = choice;
  }
  return fields;
}

std::string method_of(Element element, const char* attribute) {
  const std::string written = ascii_lower(element.attribute_or_empty(attribute));
  return written == "post" ? "POST" : written == "dialog" ? "dialog" : "GET";
}

std::string action_of(Element element, const char* attribute) {
  const Document& document = element.document();
  const std::string_view written = trim(element.attribute_or_empty(attribute));
  if (written.empty()) return document.address().without_fragment();
  const auto url = document.resolve(written);
  return url ? url->href() : std::string(written);
}

ButtonDescription describe_button(const Control& control) {
  ButtonDescription button;
  button.words = control.words();
  button.type = control.is_submit() ? "submit" : control.type;
  if (!control.is_submit()) return button;
  button.name = control.name;
  button.value = control.value;
  const Element element = control.element;
  std::vector<std::string> differs;
  if (element.has("formmethod")) differs.push_back(method_of(element, "formmethod"));
  if (element.has("formaction")) differs.push_back("to " + action_of(element, "formaction"));
  if (element.has("formenctype")) differs.push_back(form_enctype(element.attribute_or_empty("formenctype")));
  if (element.has("formnovalidate")) differs.emplace_back("unchecked by browsers");
  button.differs = join(differs, ", ");
  return button;
}

// Names and values as a browser would send them were the page submitted as it was loaded.
std::string what_it_sends(const Forms& forms, const Form& form, const Control* button) {
  const auto submission = FormFilling(forms, form).submit(button, "boundary");
  if (!submission) return {};
  std::vector<FormEntry> entries = submission->entries;
  for (FormEntry& entry : entries)
    if (entry.value.is_secret()) entry.value = Value("…");
  return encode_urlencoded(entries, "UTF-8").outline();
}

FormDescription describe_form(const Forms& forms, const Form& form) {
  FormDescription described;
  const Element element = form.element;
  described.id = form.id;
  described.method = method_of(element, "method");
  described.action = action_of(element, "action");
  described.encoding = form_enctype(element.attribute_or_empty("enctype"));
  described.charset = element.document().encoding();
  described.unchecked = skips_validation(form, nullptr);
  described.fields = describe_fields(forms, form.controls);
  const Control* pressed = nullptr;
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    if (control.type == "hidden") described.hidden.push_back({control.name, control.value});
    if (!control.is_button()) continue;
    described.buttons.push_back(describe_button(control));
    if (pressed == nullptr && control.is_submit()) pressed = &control;
  }
  described.sends = what_it_sends(forms, form, pressed);
  described.name = form_words(forms, form);
  described.warnings = form_warnings(forms, form);
  return described;
}

} // namespace

PageDescription describe(const Document& document, const Forms& forms) {
  PageDescription page;
  for (const Form& form : forms.forms) page.forms.push_back(describe_form(forms, form));
  std::vector<std::size_t> outside;
  for (std::size_t index = 0; index < forms.controls.size(); ++index)
    if (!forms.controls[index].form) outside.push_back(index);
  page.outside = describe_fields(forms, outside);
  page.warnings = page_warnings(document, forms);
  return page;
}

} // namespace murphy::web
