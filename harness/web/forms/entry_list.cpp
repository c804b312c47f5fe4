#include "web/forms/entry_list.h"

#include "base/text.h"
#include "web/forms/form_direction.h"
#include "web/forms/form_encoding.h"
#include "web/text/charset.h"

#include <fmt/format.h>

#include <algorithm>

namespace murphy::web {
namespace {

std::unexpected<Error> cannot_submit(std::string what, std::string hint) {
  return std::unexpected(Error{
      .kind = ErrorKind::target, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}});
}

// 4.10.22.3 and on: an attribute of the button (formaction, …) goes before the form's own.
std::optional<std::string_view> attribute_of(const Form& form, const Control* button, std::string_view name) {
  if (button != nullptr) {
    if (const auto own = button->element.attribute(fmt::format("form{}", name))) return own;
  }
  return form.element.attribute(name);
}

// 4.10.22.5, "pick an encoding for the form". Where no label of accept-charset is known the standard says UTF-8;
// browsers stay with the document's.
std::string form_encoding(const Form& form) {
  const std::string labels = collapse_white_space(form.element.attribute_or_empty("accept-charset"));
  std::string encoding = form.element.document().encoding();
  for (const std::string_view label : split(labels, ' ')) {
    if (const auto known = encoding_for_label(label)) {
      encoding = *known;
      break;
    }
  }
  // "Get an output encoding"
  return encoding.starts_with("UTF-16") || encoding == "replacement" ? "UTF-8" : encoding;
}

// What a button is sent as. The standard sends nothing for a submit button without a value; browsers send its words.
std::string button_value(const Control& button) {
  if (button.element.is("input") && button.type == "submit" && !button.element.has("value")) return "Submit";
  return button.value;
}

std::string entry_type(const Control& control) { return control.is_button() ? "button" : control.type; }

} // namespace

void FormFilling::send(const std::string& name, const Value& text) {
  sent_.push_back({.name = name, .value = text, .label = name, .type = {}, .is_added = true, .file = {}});
}

void FormFilling::send(const std::string& name, FileEntry file) {
  sent_.push_back({.name = name,
                   .value = Value(file.name),
                   .label = name,
                   .type = "file",
                   .is_added = true,
                   .file = std::make_shared<const FileEntry>(std::move(file))});
}

// 4.10.22.4, "constructing the entry list"; the numbers are those of its steps.
std::vector<FormEntry> FormFilling::entries(const Control* button, const std::string& encoding) const {
  std::vector<FormEntry> entries;
  for (const std::size_t index : form_->controls) {
    const Control& control = forms_->controls[index];
    const State& state = states_[index];
    // 5.1
    if (control.in_datalist || control.disabled) continue;
    if (control.is_button() && &control != button) continue;
    const bool tickable = control.type == "checkbox" || control.type == "radio";
    if (tickable && !state.checked) continue;
    const auto append = [&](std::string name, Value value) {
      entries.push_back({.name = std::move(name),
                         .value = std::move(value),
                         .label = control.shown_name(),
                         .type = entry_type(control),
                         .is_added = false,
                         .file = {}});
    };
    // 5.2: the place of the click, which for a button pressed by its words is the corner.
    if (control.type == "image") {
      const std::string prefix = control.name.empty() ? std::string() : control.name + '.';
      append(prefix + 'x', Value("0"));
      append(prefix + 'y', Value("0"));
      continue;
    }
    // 5.4
    if (control.name.empty()) continue;
    // 5.6 to 5.11
    if (control.type == "select") {
      for (std::size_t i = 0; i < control.options.size(); ++i) {
        const Option& option = control.options[i];
        if (state.selected[i] && !option.disabled) append(control.name, Value(option.value));
      }
    } else if (control.type == "hidden" && equal_ignoring_ascii_case(control.name, "_charset_")) {
      append(control.name, Value(encoding));
    } else if (!state.files.empty()) {
      for (const std::shared_ptr<const FileEntry>& file : state.files) {
        append(control.name, Value(file->name));
        entries.back().file = file;
      }
    } else if (control.is_button()) {
      append(control.name, Value(button_value(control)));
    } else {
      append(control.name, state.value);
    }
    // 5.12
    if (const auto direction = direction_entry(control, state.value))
      append(direction->first, Value(direction->second));
  }

  // What is sent on purpose stands where the page's first entry of its name stood.
  for (FormEntry on_purpose : sent_) {
    const std::string name = on_purpose.name;
    const auto is_named = [&name](const FormEntry& entry) { return entry.name == name; };
    const auto first = std::ranges::find_if(entries, is_named);
    if (first == entries.end()) {
      entries.push_back(std::move(on_purpose));
      continue;
    }
    on_purpose.label = first->label;
    if (first->is_added) {
      entries.insert(std::find_if(entries.rbegin(), entries.rend(), is_named).base(), std::move(on_purpose));
      continue;
    }
    *first = std::move(on_purpose);
    entries.erase(std::remove_if(first + 1, entries.end(), is_named), entries.end());
  }
  for (const std::string& name : left_out_)
    std::erase_if(entries, [&](const FormEntry& each) { return each.name == name; });
  return entries;
}

// 4.10.22.3, "form submission algorithm", from where the validity of the fields has been dealt with.
Result<Submission> FormFilling::submit(const Control* button, std::string_view boundary) const {
  const Document& document = form_->element.document();
  const std::string method = ascii_lower(attribute_of(*form_, button, "method").value_or("get"));
  if (method == "dialog") {
    return cannot_submit("the form has method=\"dialog\": it closes a dialog and sends nothing",
                         "open the page that its script would open");
  }
  // An empty action is the document's own address; any other is resolved against the base.
  const std::string_view action = attribute_of(*form_, button, "action").value_or("");
  auto url = action.empty() ? Result<Url>(document.address()) : document.resolve(action);
  if (!url) {
    return cannot_submit(fmt::format("the form's action \"{}\" cannot be followed: {}",
                                     ellipsize(one_line(action), 120), url.error().what),
                         "a form needs an http or https address");
  }
  url->set_fragment(std::nullopt);

  const std::string encoding = form_encoding(*form_);
  Submission submission{.url = *url,
                        .method = "GET",
                        .content_type = {},
                        .body = {},
                        .shown_url = *url,
                        .entries = entries(button, encoding)};
  if (method != "post") {
    // "Mutate action URL": the query is replaced, whatever the enctype.
    const OutgoingText query = encode_urlencoded(submission.entries, encoding);
    ClearText clear;
    query.reveal_to(clear);
    submission.url.set_query(std::string(clear.view()));
    submission.shown_url.set_query(query.outline());
    return submission;
  }
  submission.method = "POST";
  submission.content_type = form_enctype(attribute_of(*form_, button, "enctype").value_or(""));
  if (submission.content_type == "multipart/form-data") {
    submission.body = encode_multipart(submission.entries, encoding, boundary);
    submission.content_type += fmt::format("; boundary={}", boundary);
  } else if (submission.content_type == "text/plain") {
    submission.body = encode_plain(submission.entries, encoding);
  } else {
    submission.body = encode_urlencoded(submission.entries, encoding);
  }
  return submission;
}

} // namespace murphy::web
