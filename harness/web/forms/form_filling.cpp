#include "base/label.h"
#include "base/nearest.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "web/forms/entry_list.h"
#include "web/forms/file_type.h"
#include "web/forms/form_values.h"
#include "web/forms/naming_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace murphy::web {
namespace {

// The maxlength of a field it applies to; none where it has none.
std::optional<std::size_t> max_length(const Control& control) {
  const std::string& type = control.type;
  if (type != "text" && type != "search" && type != "url" && type != "tel" && type != "email" && type != "password" &&
      type != "textarea")
    return std::nullopt;
  const std::string_view written = trim(control.element.attribute_or_empty("maxlength"));
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), length);
  if (written.empty() || error != std::errc()) return std::nullopt;
  return length;
}

std::string_view form_of(std::string_view type) {
  if (type == "date") return "2026-12-31";
  if (type == "month") return "2026-12";
  if (type == "week") return "2026-W53";
  if (type == "time") return "23:59";
  if (type == "datetime-local") return "2026-12-31T23:59";
  if (type == "color") return "#1e90ff";
  return "12.5";
}

// What a person calls an option of a group: its own label, else its value.
std::string choice_words(const Control& control) {
  return control.labels.empty() ? control.value : control.labels.front();
}

bool is_label_of(std::string_view label, std::string_view wanted) {
  return comparable(label) == ClearText(comparable(wanted)).view();
}

// What the control holds once the text was typed into it.
ClearText typed(const Control& control, std::string_view text) {
  ClearText lines(with_line_feeds(text));
  if (control.type == "textarea") return lines;
  const ClearText let_in(typed_text(control.type, lines.view()));
  return sanitize_value(control.element, control.type, let_in.view());
}

std::unexpected<Error> no_such_choice(const std::string& field, const Value& wanted,
                                      const std::vector<std::string>& offered) {
  std::vector<std::string> lines;
  // Nearness would tell something of a value that may not be shown.
  if (!wanted.is_secret()) lines.push_back(did_you_mean(wanted.text(), offered));
  std::vector<std::string> shown;
  for (const std::string& words : offered) shown.push_back(in_quotes(words));
  lines.push_back(shown.empty() ? "it offers nothing" : "it offers " + join(shown, ", "));
  return not_found(fmt::format("the field {} does not offer {}", in_quotes(field), in_quotes(wanted.shown())),
                   as_hint(lines));
}

// Several values of one field, as its text holds them.
Value joined(const std::vector<Value>& values) {
  ClearText text;
  std::vector<std::string> labels;
  for (const Value& value : values) {
    if (!text.empty()) text.push_back(',');
    text.append(reveal(value).view());
    if (value.is_secret()) labels.push_back(value.secret()->label());
  }
  if (labels.empty()) return Value(std::string(text.view()));
  return Value(std::make_shared<const Secret>(text, join(labels, ",")));
}

} // namespace

FormFilling::FormFilling(const Forms& forms, const Form& form)
    : forms_(&forms), form_(&form), states_(forms.controls.size()) {
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    State& state = states_[index];
    const bool hides = is_password_type(control.type) && !control.value.empty();
    state.value =
        hides ? Value(std::make_shared<const Secret>(ClearText(control.value), "password")) : Value(control.value);
    state.checked = control.checked;
    for (const Option& option : control.options) state.selected.push_back(option.selected);
  }
}

FormFilling::State& FormFilling::state(const Control& control) {
  return states_[static_cast<std::size_t>(&control - forms_->controls.data())];
}

// The controls of a field that a person can fill in.
Result<std::vector<const Control*>> FormFilling::fillable(std::string_view field) const {
  auto found = find_field(*forms_, *form_, field);
  if (!found) return std::unexpected(std::move(found.error()));
  const Control& first = *found->front();
  const std::string called = in_quotes(first.shown_name());
  if (first.type == "hidden") {
    return not_found(fmt::format("the field {} is hidden: people cannot fill it in", called),
                     fmt::format("to send a value anyway, use send = {{ {} = … }}", in_quotes(first.name)));
  }
  if (std::ranges::all_of(*found, &Control::disabled)) {
    return not_found(fmt::format("the field {} is disabled: people cannot fill it in", called),
                     "a browser does not send it; to send a value anyway, use send = { … }");
  }
  if (first.read_only) {
    return not_found(fmt::format("the field {} is readonly: people cannot fill it in", called),
                     "a browser sends its own value; to send another, use send = { … }");
  }
  return std::move(*found);
}

Result<void> FormFilling::type_text(const Control& control, const Value& text) {
  const ClearText clear = reveal(text);
  const ClearText value = typed(control, clear.view());
  const std::string called = in_quotes(control.shown_name());
  const bool refused = value.empty() || (control.type == "color" && value.view() != ascii_lower(clear.view()));
  if (refused && !trim(clear.view()).empty() && control.type != "textarea" && !control.element.has("multiple")) {
    return not_found(
        fmt::format("the field {} of type {} does not accept {}", called, control.type, in_quotes(text.shown())),
        fmt::format("write it as {}", in_quotes(form_of(control.type))));
  }
  const std::size_t length = utf16_length(value.view());
  if (const auto limit = max_length(control); limit && length > *limit) {
    return not_found(
        fmt::format("the field {} takes at most {} characters (maxlength), the value has {}", called, *limit, length),
        "people cannot type it; to send it anyway, use send = { … }");
  }
  state(control).value = with_text(text, value);
  return {};
}

Result<void> FormFilling::select(const Control& control, const std::vector<Value>& choices) {
  if (!control.multiple && choices.size() != 1) {
    return not_found(
        fmt::format("the field {} takes one choice, not {}", in_quotes(control.shown_name()), choices.size()),
        "write a single text");
  }
  std::vector<bool> selected(control.options.size());
  for (const Value& choice : choices) {
    const auto first = control.options.begin();
    const ClearText clear = reveal(choice);
    const auto is_label = [&](const Option& option) { return is_label_of(option.text, clear.view()); };
    const auto is_value = [&](const Option& option) { return option.value == clear.view(); };
    // By label before by value, and what can be chosen before what cannot.
    auto option =
        std::ranges::find_if(control.options, [&](const Option& one) { return is_label(one) && !one.disabled; });
    if (option == control.options.end())
      option = std::ranges::find_if(control.options, [&](const Option& one) { return is_value(one) && !one.disabled; });
    if (option == control.options.end())
      option = std::ranges::find_if(control.options, [&](const Option& one) { return is_label(one) || is_value(one); });
    if (option == control.options.end()) {
      std::vector<std::string> offered;
      for (const Option& other : control.options) offered.push_back(other.text.empty() ? other.value : other.text);
      return no_such_choice(control.shown_name(), choice, offered);
    }
    if (option->disabled) {
      return not_found(fmt::format("the choice {} of the field {} is disabled", in_quotes(option->text),
                                   in_quotes(control.shown_name())),
                       "people cannot choose it");
    }
    selected[static_cast<std::size_t>(option - first)] = true;
  }
  state(control).selected = std::move(selected);
  return {};
}

// Of the radio buttons of one name only one can be on.
void FormFilling::switch_off_group(const Control& radio) {
  for (const std::size_t index : form_->controls) {
    const Control& other = forms_->controls[index];
    if (other.type == "radio" && !other.name.empty() && other.name == radio.name) states_[index].checked = false;
  }
}

// Radio buttons or checkboxes that form one field: exactly the chosen ones are on afterwards.
Result<void> FormFilling::tick(const std::vector<const Control*>& group, const std::vector<Value>& choices) {
  const Control& first = *group.front();
  if (first.type == "radio" && choices.size() != 1) {
    return not_found(
        fmt::format("the field {} takes one choice, not {}", in_quotes(first.shown_name()), choices.size()),
        "write a single text");
  }
  std::vector<const Control*> on;
  for (const Value& choice : choices) {
    const ClearText clear = reveal(choice);
    // By label before by value.
    auto chosen = std::ranges::find_if(group, [&](const Control* control) {
      return is_label_of(control->aria_label, clear.view()) ||
             std::ranges::any_of(control->labels,
                                 [&](const std::string& label) { return is_label_of(label, clear.view()); });
    });
    if (chosen == group.end())
      chosen = std::ranges::find_if(group, [&](const Control* control) { return control->value == clear.view(); });
    if (chosen == group.end()) {
      std::vector<std::string> offered;
      for (const Control* control : group) offered.push_back(choice_words(*control));
      return no_such_choice(first.shown_name(), choice, offered);
    }
    if ((*chosen)->disabled) {
      return not_found(fmt::format("the choice {} of the field {} is disabled", in_quotes(choice_words(**chosen)),
                                   in_quotes(first.shown_name())),
                       "people cannot choose it");
    }
    on.push_back(*chosen);
  }
  if (first.type == "radio") switch_off_group(first);
  for (const Control* control : group) state(*control).checked = std::ranges::find(on, control) != on.end();
  return {};
}

Result<void> FormFilling::fill(std::string_view field, const Value& text) {
  const auto controls = fillable(field);
  if (!controls) return std::unexpected(controls.error());
  const Control& first = *controls->front();
  if (first.type == "checkbox" && controls->size() == 1) {
    return not_found(fmt::format("the field {} is a checkbox and takes no text", in_quotes(first.shown_name())),
                     "write true or false");
  }
  if (first.type == "radio" || first.type == "checkbox") return tick(*controls, {text});
  if (first.type == "select") return select(first, {text});
  if (first.type == "file")
    return not_found(fmt::format("the field {} takes a file, not text", in_quotes(first.shown_name())),
                     "write { file = \"…\" }, with a path relative to the scenario's file");
  return type_text(first, text);
}

Result<void> FormFilling::fill(std::string_view field, bool checked) {
  const auto controls = fillable(field);
  if (!controls) return std::unexpected(controls.error());
  const Control& first = *controls->front();
  const std::string called = in_quotes(first.shown_name());
  if (controls->size() > 1) {
    std::vector<std::string> offered;
    for (const Control* control : *controls) offered.push_back(in_quotes(choice_words(*control)));
    return not_found(fmt::format("the field {} is a group of choices", called),
                     "write one of them: " + join(offered, ", "));
  }
  if (first.type == "radio") {
    if (!checked)
      return not_found(fmt::format("the radio button {} cannot be switched off", in_quotes(choice_words(first))),
                       "choose another one of its group");
    switch_off_group(first);
  } else if (first.type != "checkbox") {
    return not_found(fmt::format("the field {} is not a checkbox; its type is {}", called, first.type), "write a text");
  }
  state(first).checked = checked;
  return {};
}

Result<void> FormFilling::fill(std::string_view field, const std::vector<Value>& choices) {
  const auto controls = fillable(field);
  if (!controls) return std::unexpected(controls.error());
  const Control& first = *controls->front();
  if (first.type == "radio" || first.type == "checkbox") return tick(*controls, choices);
  if (first.type == "select") return select(first, choices);
  if (first.type == "email" && first.multiple) {
    return type_text(first, joined(choices));
  }
  return not_found(
      fmt::format("the field {} of type {} takes one value, not a list", in_quotes(first.shown_name()), first.type),
      "write a text");
}

Result<void> FormFilling::fill(std::string_view field, std::vector<FileEntry> files) {
  const auto controls = fillable(field);
  if (!controls) return std::unexpected(controls.error());
  const Control& first = *controls->front();
  const std::string called = in_quotes(first.shown_name());
  if (first.type != "file")
    return not_found(fmt::format("the field {} takes no file; its type is {}", called, first.type), "write a text");
  if (files.size() > 1 && !first.multiple)
    return not_found(fmt::format("the field {} takes one file, not {}", called, files.size()), "write a single file");
  const std::string_view accept = first.element.attribute_or_empty("accept");
  std::vector<std::shared_ptr<const FileEntry>> chosen;
  for (FileEntry& file : files) {
    if (!is_accepted(file.name, accept))
      return not_found(
          fmt::format("the field {} accepts {}, not {}", called, accept, in_quotes(file.name)),
          fmt::format("to send it anyway, use send = {{ {} = {{ file = \"…\" }} }}", in_quotes(first.name)));
    chosen.push_back(std::make_shared<const FileEntry>(std::move(file)));
  }
  state(first).files = std::move(chosen);
  return {};
}

} // namespace murphy::web
