#include "imported/recorded_page.h"

#include "base/text.h"
#include "init/control_names.h"
#include "web/forms/form_values.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace murphy::imported {
namespace {

std::string attribute_of(const web::SubmitTarget& submit, const char* of_button, const char* of_form) {
  if (submit.button != nullptr && submit.button->element.has(of_button))
    return std::string(submit.button->element.attribute_or_empty(of_button));
  return std::string(submit.form->element.attribute_or_empty(of_form));
}

bool leads_to(const RecordedPage& page, const web::SubmitTarget& submit, std::string_view method,
              const web::Url& address) {
  std::string said = ascii_upper(trim(attribute_of(submit, "formmethod", "method")));
  if (said.empty()) said = "GET";
  if (said != method) return false;
  const std::string action(trim(attribute_of(submit, "formaction", "action")));
  const auto target = action.empty() ? Result<web::Url>(page.address) : page.document->resolve(action);
  if (!target) return false;
  // The query of a GET is what the fields say.
  if (method == "GET") return target->origin() == address.origin() && target->path() == address.path();
  return target->without_fragment() == address.without_fragment();
}

bool was_pressed(const web::Control& button, const std::vector<PostedField>& fields) {
  return !button.name.empty() && std::ranges::any_of(fields, [&](const PostedField& field) {
    return field.name == button.name && field.value == button.value;
  });
}

// The buttons that may have been pressed, the likeliest first; none of a form without one.
std::vector<web::SubmitTarget> submits_of(const RecordedPage& page, const web::Form& form,
                                          const std::vector<PostedField>& fields) {
  std::vector<web::SubmitTarget> submits;
  for (const std::size_t index : form.controls) {
    const web::Control& control = page.forms.controls[index];
    if (control.is_submit() && !control.disabled) submits.push_back({&form, &control});
  }
  std::ranges::stable_sort(submits, std::ranges::greater{},
                           [&](const web::SubmitTarget& each) { return was_pressed(*each.button, fields); });
  if (submits.empty()) submits.push_back({&form, nullptr});
  return submits;
}

// The values that were sent under each name, in their order.
using SentByName = std::map<std::string, std::vector<PostedField>, std::less<>>;

// What an option or a radio button is called where no other of its field is called so, else its value.
std::string choice_of(const std::string& label, const std::string& value, const std::vector<std::string>& labels) {
  return !label.empty() && std::ranges::count(labels, label) == 1 ? label : value;
}

void fill_select(const web::Control& control, const std::vector<PostedField>& sent, ChangedField& filled) {
  std::vector<std::string> labels;
  for (const web::Option& option : control.options) labels.push_back(option.text);
  std::multiset<std::string> values;
  for (const PostedField& field : sent) values.insert(field.value);
  bool is_as_before = true;
  for (const web::Option& option : control.options) {
    const auto chosen = values.find(option.value);
    is_as_before = is_as_before && (chosen != values.end()) == option.selected;
    if (chosen == values.end()) continue;
    values.erase(chosen);
    filled.values.push_back(choice_of(option.text, option.value, labels));
  }
  if (is_as_before) filled.values.clear();
}

std::string label_of(const web::Control& control) {
  return control.labels.empty() ? control.aria_label : control.labels.front();
}

// The radio buttons of one name are one field.
void fill_radio(const RecordedPage& page, const web::Form& form, const std::vector<PostedField>& sent,
                ChangedField& filled) {
  const web::Control& first = *filled.control;
  std::vector<const web::Control*> group;
  std::vector<std::string> labels;
  for (const std::size_t index : form.controls) {
    const web::Control& control = page.forms.controls[index];
    if (control.type != "radio" || control.name != first.name) continue;
    group.push_back(&control);
    labels.push_back(label_of(control));
  }
  for (const web::Control* control : group)
    if (!sent.empty() && control->value == sent.front().value && !control->checked)
      filled.values = {choice_of(label_of(*control), control->value, labels)};
  std::vector<std::string> ways{first.group};
  ways.push_back(fmt::format("name:{}", first.name));
  filled.name.clear();
  for (const std::string& way : ways) {
    if (way.empty() || !filled.name.empty()) continue;
    const auto found = web::find_field(page.forms, form, way);
    if (found && found->size() == group.size() && found->front() == group.front()) filled.name = way;
  }
}

} // namespace

std::unique_ptr<const RecordedPage> read_page(const std::string& html, const web::Url& address) {
  auto document = web::Document::parse(html, address.without_credentials());
  if (!document) return nullptr;
  auto page = std::make_unique<RecordedPage>(RecordedPage{address, *std::move(document), {}});
  page->forms = web::read_forms(*page->document);
  return page;
}

std::optional<web::SubmitTarget> form_that_sent(const RecordedPage& page, std::string_view method,
                                                const web::Url& address, const std::vector<PostedField>& fields) {
  std::optional<web::SubmitTarget> best;
  std::size_t best_known = 0;
  for (const web::Form& form : page.forms.forms) {
    std::set<std::string_view> names;
    for (const std::size_t index : form.controls) names.insert(page.forms.controls[index].name);
    const auto known = static_cast<std::size_t>(
        std::ranges::count_if(fields, [&](const PostedField& field) { return names.contains(field.name); }));
    const bool has_all = known == fields.size();
    if ((method == "GET" && (!has_all || fields.empty())) || (known == 0 && !fields.empty())) continue;
    for (const web::SubmitTarget& submit : submits_of(page, form, fields)) {
      if (!leads_to(page, submit, method, address) || (best && known <= best_known)) continue;
      best = submit;
      best_known = known;
    }
  }
  return best;
}

std::vector<ChangedField> filled_fields(const RecordedPage& page, const web::Form& form,
                                        const std::vector<PostedField>& fields) {
  SentByName sent;
  for (const PostedField& field : fields) sent[field.name].push_back(field);
  std::map<std::string, std::size_t, std::less<>> used; // how many values of a name texts took
  std::set<std::string, std::less<>> groups;            // radio groups that were read
  std::vector<ChangedField> all;
  for (const std::size_t index : form.controls) {
    const web::Control& control = page.forms.controls[index];
    if (!control.is_field() || control.disabled || control.name.empty()) continue;
    const std::vector<PostedField>& values = sent[control.name];
    ChangedField filled{.control = &control, .name = init::name_of_field(page.forms, form, control)};
    if (control.type == "radio") {
      if (!groups.insert(control.name).second) continue;
      filled.kind = ChangedField::Kind::choice;
      fill_radio(page, form, values, filled);
      if (filled.values.empty()) continue;
    } else if (control.type == "checkbox") {
      filled.kind = ChangedField::Kind::tick;
      filled.is_ticked =
          std::ranges::any_of(values, [&](const PostedField& field) { return field.value == control.value; });
      if (filled.is_ticked == control.checked) continue;
    } else if (control.type == "select") {
      filled.kind = ChangedField::Kind::choice;
      fill_select(control, values, filled);
      if (filled.values.empty()) continue;
    } else {
      std::size_t& next = used[control.name];
      if (next >= values.size()) continue;
      const PostedField& field = values[next++];
      if (control.type == "file") {
        if (field.value.empty()) continue;
        filled.kind = ChangedField::Kind::file;
      }
      std::string value = web::with_line_feeds(field.value);
      if (value == web::with_line_feeds(control.value) || control.read_only) continue;
      filled.values = {std::move(value)};
    }
    all.push_back(std::move(filled));
  }
  return all;
}

std::string link_to(const RecordedPage& page, const web::Url& address) {
  std::string words;
  for (web::Element element = page.document->root(); element; element = element.next()) {
    if (!element.is("a") || !element.has("href")) continue;
    const auto target = page.document->resolve(element.attribute_or_empty("href"));
    if (!target || target->without_fragment() != address.without_fragment()) continue;
    const std::string name = init::name_of_link(page.forms, *page.document, element);
    if (words.empty()) words = name;
  }
  return words;
}

std::string words_of_controls(const RecordedPage& page) {
  std::string words;
  for (const web::Control& control : page.forms.controls) {
    for (const std::string& name : control.names()) words += name + "\n";
    words += control.words() + "\n";
  }
  return words;
}

} // namespace murphy::imported
