#include "web/forms/shown_errors.h"

#include "base/label.h"
#include "base/text.h"
#include "base/work_limit.h"
#include "web/forms/shown_errors_signs.h"
#include "web/html/rendered_text.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>

namespace murphy::web {
namespace {

bool says_something(std::string_view words) {
  std::size_t letters = 0;
  for (const char c : words) {
    const char lower = static_cast<char>(c | 0x20);
    if ((lower >= 'a' && lower <= 'z') || static_cast<unsigned char>(c) >= 0x80) ++letters;
  }
  return letters >= 2;
}

bool is_marked_invalid(Element field) {
  return field.has_class("is-invalid") || equal_ignoring_ascii_case(field.attribute_or_empty("aria-invalid"), "true");
}

Element form_around(Element element) {
  for (; element; element = element.parent()) {
    if (element.is("form")) return element;
  }
  return {};
}

class ErrorReader {
public:
  ErrorReader(const Document& document, const Forms& forms, const Selector* also)
      : document_(document), forms_(forms), also_(also) {
    for (const Control& control : forms.controls) {
      if (control.is_field()) fields_.push_back(&control);
      if (!control.id.empty()) by_id_.emplace(control.id, &control);
      collect_descriptions(control);
    }
  }

  std::vector<ShownError> run();

private:
  void collect_descriptions(const Control& control);
  bool is_labels_own(Element label) const;
  std::vector<const Control*> fields_in(Element element) const;
  const Control* only_field(Element element) const;
  const Control* field_of(Element message, ErrorSign sign) const;
  const Control* said_field(Element message) const;
  const Control* field_beside(Element message) const;
  const Control* field_at(Element sibling) const;
  bool holds_button(Element element) const;
  const Control* field_named_in(std::string_view words) const;
  bool is_plain_error_list(Element list) const;
  void read(Element message, ErrorSign sign);
  void add(const Control* field, std::string words);

  const Document& document_;
  const Forms& forms_;
  const Selector* also_;               // what the caller says is an error; may be null
  std::vector<const Control*> fields_; // in tree order
  std::unordered_map<std::string_view, const Control*> by_id_;
  std::unordered_map<std::uint32_t, std::vector<const Control*>> described_; // element → the fields it describes
  std::unordered_map<std::uint32_t, bool> named_as_error_;                   // by aria, whatever it looks like
  std::set<std::pair<std::vector<std::string>, std::string>> said_;
  std::set<std::string> said_of_fields_;
  std::vector<ShownError> errors_;
};

void ErrorReader::collect_descriptions(const Control& control) {
  const bool invalid = equal_ignoring_ascii_case(control.element.attribute_or_empty("aria-invalid"), "true");
  for (const std::string_view attribute : {"aria-errormessage", "aria-describedby"}) {
    const std::string ids = collapse_white_space(control.element.attribute_or_empty(attribute));
    if (ids.empty()) continue;
    const auto list = split(ids, ' ');
    for (const std::string_view id : list) {
      const Element described = document_.by_id(id, control.element);
      if (!described) continue;
      auto& fields = described_[described.index()];
      if (fields.empty() || fields.back() != &control) fields.push_back(&control);
      // A field that is marked as wrong may have a hint beside its error; the only description it has is the error.
      if (invalid && (attribute == "aria-errormessage" || list.size() == 1)) named_as_error_[described.index()] = true;
    }
  }
}

// The first label of a field is its name, even when it is red.
bool ErrorReader::is_labels_own(Element label) const {
  if (!label.is("label")) return false;
  const auto labeled = by_id_.find(label.attribute_or_empty("for"));
  return labeled == by_id_.end() || labeled->second->labels.size() < 2 ||
         labeled->second->labels.front() == label_words(label);
}

std::vector<const Control*> ErrorReader::fields_in(Element element) const {
  const auto index = [](const Control* control) { return control->element.index(); };
  auto field = std::ranges::lower_bound(fields_, element.index(), {}, index);
  std::vector<const Control*> found;
  for (; field != fields_.end() && element.contains((*field)->element); ++field) {
    // The buttons of a radio group are one field.
    const bool same_group = !found.empty() && (*field)->type == "radio" && found.back()->type == "radio" &&
                            (*field)->name == found.back()->name;
    if (!same_group) found.push_back(*field);
    if (found.size() > 1) break;
  }
  return found;
}

const Control* ErrorReader::only_field(Element element) const {
  const auto fields = fields_in(element);
  return fields.size() == 1 ? fields.front() : nullptr;
}

// The field that the message itself says it is about.
const Control* ErrorReader::said_field(Element message) const {
  if (const auto described = described_.find(message.index()); described != described_.end()) {
    return described->second.size() == 1 ? described->second.front() : nullptr;
  }
  if (const auto target = message.attribute("for")) {
    if (const auto control = by_id_.find(*target); control != by_id_.end()) return control->second;
  }
  if (const auto name = message.attribute("data-valmsg-for")) {
    const auto control =
        std::ranges::find(fields_, *name, [](const Control* field) { return std::string_view(field->name); });
    if (control != fields_.end()) return *control;
  }
  return nullptr;
}

const Control* ErrorReader::field_at(Element sibling) const {
  if (!sibling) return nullptr;
  if (sibling.is("label")) {
    if (const auto control = by_id_.find(sibling.attribute_or_empty("for")); control != by_id_.end())
      return control->second;
  }
  return only_field(sibling);
}

// Whether the page can mean that this field is filled in wrongly: a box that may be left unticked is right either way.
bool may_be_wrong(const Control& field) {
  return field.type != "checkbox" || field.element.has("required") || is_marked_invalid(field.element);
}

// What stands in front of the message, other messages and line breaks passed over.
Element in_front_of(Element message) {
  Element before = message.previous_sibling();
  while (before && (before.is("br") || error_sign(before) != ErrorSign::none)) before = before.previous_sibling();
  return before;
}

// Among many fields, the one next to the message: in front of it, or behind it for lists that stand first.
const Control* ErrorReader::field_beside(Element message) const {
  if (!is_error_list(message)) return field_at(in_front_of(message));
  Element behind = message.next_sibling();
  while (behind && behind.is("br")) behind = behind.next_sibling();
  return field_at(behind);
}

// What holds one field, its label and its messages also holds no button that sends the form.
bool ErrorReader::holds_button(Element element) const {
  return std::ranges::any_of(forms_.controls, [&](const Control& control) {
    WorkLimit::count();
    return (control.type == "submit" || control.type == "image") && element.contains(control.element);
  });
}

const Control* ErrorReader::field_of(Element message, ErrorSign sign) const {
  if (const Control* said = said_field(message)) return said;
  if (described_.contains(message.index()) || sign == ErrorSign::form) return nullptr;
  const Element form = form_around(message);
  for (Element ancestor = message.parent(); ancestor && ancestor != form && !ancestor.is("body");
       ancestor = ancestor.parent()) {
    const auto fields = fields_in(ancestor);
    if (fields.empty()) continue;
    if (fields.size() > 1 || form_around(fields.front()->element) != form) break;
    const bool is_unsure = sign == ErrorSign::alert || !may_be_wrong(*fields.front());
    if (is_unsure && holds_button(ancestor)) break;
    return fields.front();
  }
  if (!form) return nullptr;
  const Control* beside = field_beside(message);
  if (beside == nullptr || is_error_list(message)) return beside;
  return sign == ErrorSign::alert ? (is_marked_invalid(beside->element) ? beside : nullptr)
                                  : (may_be_wrong(*beside) ? beside : nullptr);
}

// "Email can't be blank": Rails lists its errors apart from the fields, each beginning with the field's label.
const Control* ErrorReader::field_named_in(std::string_view words) const {
  const std::string folded = fold_case(words);
  const Control* found = nullptr;
  std::size_t longest = 0;
  for (const Control* field : fields_) {
    WorkLimit::count();
    for (const std::string& label : field->labels) {
      const std::string name = comparable(label) + ' ';
      if (name.size() > longest && folded.starts_with(name)) {
        found = field;
        longest = name.size();
      }
    }
  }
  return found;
}

// Symfony's plain layout: a list without any class between a label and its field.
bool ErrorReader::is_plain_error_list(Element list) const {
  if (!list.is("ul") || list.has("class") || !list.previous_sibling() || !list.previous_sibling().is("label"))
    return false;
  const Control* labeled = field_at(list.previous_sibling());
  return labeled != nullptr && labeled->element == list.next_sibling();
}

void ErrorReader::add(const Control* field, std::string words) {
  if (!says_something(words)) return;
  ShownError error{field != nullptr ? field->names() : std::vector<std::string>(), std::move(words), field};
  // Some scripts write their errors as labels.
  std::erase(error.labels, error.words);
  if (!said_.emplace(error.labels, error.words).second) return;
  if (field != nullptr) said_of_fields_.insert(error.words);
  errors_.push_back(std::move(error));
}

void ErrorReader::read(Element message, ErrorSign sign) {
  const Control* field = field_of(message, sign);
  // Red text that stands with nothing may be anything; behind a box that cannot be wrong it is of the form.
  if (sign == ErrorSign::beside && field == nullptr && (!form_around(message) || !field_beside(message))) return;
  bool has_items = false, has_breaks = false;
  const Element end = message.next_skipping();
  for (Element inner = message.next(); inner != end; inner = inner.next()) {
    if (inner.is("br")) has_breaks = true;
    if (!inner.is("li") || is_hidden(inner)) continue;
    has_items = true;
    const Control* of_item = field;
    // Summaries lead to the fields they speak of.
    for (Element link = inner.next(); link != inner.next_skipping(); link = link.next()) {
      const std::string_view href = link.attribute_or_empty("href");
      if (!href.starts_with('#')) continue;
      if (const auto control = by_id_.find(href.substr(1)); control != by_id_.end()) of_item = control->second;
    }
    std::string words = join(message_lines(inner), " ");
    if (of_item == nullptr && (message.attribute_or_empty("id").find("explanation") != std::string_view::npos ||
                               message.attribute_or_empty("class").find("explanation") != std::string_view::npos))
      of_item = field_named_in(words);
    add(of_item, std::move(words));
  }
  if (has_items) return;
  const std::vector<std::string> lines = message_lines(message);
  if (!has_breaks) return add(field, join(lines, " "));
  for (const std::string& line : lines) add(field, line);
}

std::vector<ShownError> ErrorReader::run() {
  for (Element element = document_.body(); element;) {
    if (hides_itself(element) || is_hidden_by_class(element)) {
      element = element.next_skipping();
      continue;
    }
    ErrorSign sign = error_sign(element);
    if (sign == ErrorSign::none && (named_as_error_.contains(element.index()) || is_plain_error_list(element)))
      sign = ErrorSign::field;
    if (sign == ErrorSign::none && also_ != nullptr && also_->matches(element)) sign = ErrorSign::alert;
    // What holds fields is marked as wrong itself; its message is inside.
    if (sign == ErrorSign::none || !fields_in(element).empty() || is_labels_own(element)) {
      element = element.next();
      continue;
    }
    read(element, sign);
    element = element.next_skipping();
  }
  // Said of a field and once more for the form: once is enough.
  std::erase_if(errors_,
                [&](const ShownError& error) { return error.labels.empty() && said_of_fields_.contains(error.words); });
  return std::move(errors_);
}

} // namespace

std::vector<ShownError> shown_errors(const Document& document, const Forms& forms, const Selector* also) {
  return ErrorReader(document, forms, also).run();
}

} // namespace murphy::web
