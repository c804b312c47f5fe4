#include "web/forms/form.h"

#include "base/label.h"
#include "base/text.h"
#include "web/forms/form_labels.h"
#include "web/forms/form_values.h"
#include "web/html/disabled.h"
#include "web/html/rendered_text.h"
#include "web/html/select_options.h"

#include <cstdint>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace murphy::web {
namespace {

bool is_control(Element element) {
  return element.is("input") || element.is("button") || element.is("select") || element.is("textarea");
}

// 4.10.17.3, "reset the form owner", after what the parser did: the form attribute decides alone where there is one;
// else the form pointer of the parser; else the nearest ancestor, which is what insertion into the document comes down
// to.
Element form_owner(const Document& document, Element control) {
  if (const auto id = control.attribute("form")) {
    const Element named = document.by_id(*id, control);
    return named && named.is("form") ? named : Element();
  }
  if (const Element pointed = document.parser_form(control)) return pointed;
  for (Element ancestor = control.parent(); ancestor && !ancestor.is_shadow_root(); ancestor = ancestor.parent()) {
    if (ancestor.is("form")) return ancestor;
  }
  return {};
}

bool in_datalist(Element element) {
  for (Element ancestor = element.parent(); ancestor; ancestor = ancestor.parent()) {
    if (ancestor.is("datalist")) return true;
  }
  return false;
}

// The last of the autocomplete tokens that names what the field holds: "username", "current-password".
std::string autocomplete_field(Element element) {
  std::string value = ascii_lower(collapse_white_space(element.attribute_or_empty("autocomplete")));
  if (value.ends_with(" webauthn")) value.resize(value.size() - 9);
  const std::size_t space = value.rfind(' ');
  if (space != std::string::npos) value.erase(0, space + 1);
  return value == "on" || value == "off" ? std::string() : value;
}

std::string button_type(Element button) {
  std::string type = ascii_lower(button.attribute_or_empty("type"));
  return type == "reset" || type == "button" ? type : "submit";
}

bool readonly_applies(const std::string& type) {
  static constexpr std::array<std::string_view, 9> never = {"button", "checkbox", "color", "file", "hidden",
                                                            "image",  "radio",    "range", "reset"};
  return type != "submit" && type != "select" && std::ranges::find(never, type) == never.end();
}

Control read_control(Element element) {
  Control control;
  control.element = element;
  control.name = element.attribute_or_empty("name");
  control.id = element.attribute_or_empty("id");
  control.aria_label = collapse_white_space(element.attribute_or_empty("aria-label"));
  control.placeholder = collapse_white_space(element.attribute_or_empty("placeholder"));
  control.title = collapse_white_space(element.attribute_or_empty("title"));
  control.autocomplete = autocomplete_field(element);
  control.disabled = is_disabled(element);
  control.in_datalist = in_datalist(element);
  const std::string_view value = element.attribute_or_empty("value");
  if (element.is("select")) {
    control.type = "select";
    control.multiple = element.has("multiple");
    control.options = read_options(element);
  } else if (element.is("textarea")) {
    control.type = "textarea";
    control.value = element.text_content(); // the parser has dropped the first line break, and made all of them "\n"
  } else if (element.is("button")) {
    control.type = button_type(element);
    control.value = value;
  } else {
    control.type = input_type(element);
    control.multiple = element.has("multiple") && (control.type == "email" || control.type == "file");
    const bool tickable = control.type == "checkbox" || control.type == "radio";
    control.checked = tickable && element.has("checked");
    if (tickable && !element.has("value"))
      control.value = "on";
    else if (control.type != "file")
      control.value = sanitize_value(element, control.type, value);
  }
  control.read_only = element.has("readonly") && readonly_applies(control.type);
  return control;
}

// Of the radio buttons of one group only one can be on: the last that says so (4.10.5.1.16).
void settle_radio_groups(Forms& forms) {
  std::unordered_map<std::string, Control*> on;
  for (Control& control : forms.controls) {
    if (control.type != "radio" || !control.checked || control.name.empty()) continue;
    const std::string group = fmt::format("{} {}", control.form ? static_cast<long>(*control.form) : -1L, control.name);
    Control*& other = on[group];
    if (other != nullptr) other->checked = false;
    other = &control;
  }
}

Form read_form(Element element) {
  Form form;
  form.element = element;
  form.id = element.attribute_or_empty("id");
  form.name = element.attribute_or_empty("name");
  form.aria_label = labelled_by(element);
  if (form.aria_label.empty()) form.aria_label = collapse_white_space(element.attribute_or_empty("aria-label"));
  static constexpr std::array<std::string_view, 7> headings = {"h1", "h2", "h3", "h4", "h5", "h6", "legend"};
  const Element end = element.next_skipping();
  for (Element inner = element.next(); inner != end; inner = inner.next()) {
    if (!inner.is_html() || !std::ranges::binary_search(headings, inner.tag()) || is_hidden(inner)) continue;
    if (std::string words = rendered_words(inner); !words.empty()) form.headings.push_back(std::move(words));
  }
  return form;
}

std::string shown_action(Element form) {
  const Document& document = form.document();
  const std::string_view action = trim(form.attribute_or_empty("action"));
  if (action.empty()) return document.address().request_target();
  const auto url = Url::parse(action, &document.base());
  if (!url) return std::string(action);
  return same_origin(*url, document.address()) ? url->request_target() : url->without_fragment();
}

} // namespace

std::string form_words(const Forms& forms, const Form& form) {
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    if (control.is_submit() && !control.words().empty()) return control.words();
  }
  if (!form.headings.empty()) return form.headings.front();
  for (const std::string* words : {&form.aria_label, &form.id, &form.name}) {
    if (!words->empty()) return *words;
  }
  return "a form without words";
}

bool Control::is_button() const { return is_submit() || type == "reset" || type == "button"; }
bool Control::is_submit() const { return type == "submit" || type == "image"; }

std::string Control::words() const {
  if (!is_button()) return {};
  std::string said = element.is("button") ? rendered_words(element) : collapse_white_space(value);
  if (type == "image") said = collapse_white_space(element.attribute_or_empty("alt"));
  if (said.empty() && !aria_label.empty()) return aria_label;
  if (said.empty() && !labels.empty()) return labels.front();
  if (said.empty() && !title.empty()) return title;
  // What browsers write on a button that says nothing.
  if (said.empty() && element.is("input") && type == "submit" && !element.has("value")) return "Submit";
  if (said.empty() && element.is("input") && type == "reset" && !element.has("value")) return "Reset";
  return said;
}

std::vector<std::string> Control::names() const {
  std::vector<std::string> names;
  const auto add = [&](const std::string& each) {
    if (!each.empty() && std::ranges::find(names, each) == names.end()) names.push_back(each);
  };
  if (type == "radio") add(group);
  for (const std::string& label : labels) add(undecorated(label));
  for (const std::string* each : {&aria_label, &placeholder, &name, &id}) add(*each);
  return names;
}

std::string Control::shown_name() const {
  if (is_button()) {
    std::string said = words();
    if (!said.empty()) return said;
  }
  if (type == "radio" && !group.empty()) return group;
  if (type == "radio" && !name.empty()) return name;
  if (!labels.empty()) return labels.front();
  for (const std::string* words : {&aria_label, &placeholder, &title, &name, &id}) {
    if (!words->empty()) return *words;
  }
  return type;
}

Forms read_forms(const Document& document) {
  Forms forms;
  std::unordered_map<std::uint32_t, std::size_t> form_of; // element → index into forms
  std::vector<Element> labels;
  for (Element element = document.root(); element; element = element.next()) {
    if (element.is("form")) {
      form_of.emplace(element.index(), forms.forms.size());
      forms.forms.push_back(read_form(element));
    } else if (element.is("label"))
      labels.push_back(element);
    else if (is_control(element))
      forms.controls.push_back(read_control(element));
  }
  for (std::size_t i = 0; i < forms.controls.size(); ++i) {
    Control& control = forms.controls[i];
    const Element owner = form_owner(document, control.element);
    if (!owner) continue;
    control.form = form_of.at(owner.index());
    forms.forms[*control.form].controls.push_back(i);
  }
  settle_radio_groups(forms);
  attach_labels(document, labels, forms);
  return forms;
}

std::string form_summary(const Forms& forms, const Form& form) {
  const std::string method = ascii_lower(form.element.attribute_or_empty("method")) == "post" ? "POST" : "GET";
  std::vector<std::string> fields;
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    if (!control.is_field()) continue;
    std::string words = control.shown_name();
    // The buttons of a radio group are one field.
    if (control.type == "radio" && !fields.empty() && fields.back() == words) continue;
    fields.push_back(std::move(words));
  }
  std::string line = fmt::format("{} ({} {})", form_words(forms, form), method, shown_action(form.element));
  if (!fields.empty()) line += ": " + join(fields, ", ");
  return line;
}

std::vector<std::string> describe_forms(const Forms& forms) {
  std::vector<std::string> lines;
  for (const Form& form : forms.forms) lines.push_back(form_summary(forms, form));
  return lines;
}

} // namespace murphy::web
