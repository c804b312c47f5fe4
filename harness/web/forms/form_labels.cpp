#include "web/forms/form_labels.h"

#include "base/text.h"
#include "web/forms/form_values.h"
#include "web/html/rendered_text.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace murphy::web {
namespace {

bool is_labelable(Element element) {
  if (element.is("input")) return input_type(element) != "hidden";
  return element.is("button") || element.is("select") || element.is("textarea") || element.is("meter") ||
         element.is("output") || element.is("progress");
}

// 4.10.4, "labeled control": that of the `for` attribute where there is one, else the first labelable descendant.
Element labeled_control(const Document& document, Element label) {
  if (const auto target = label.attribute("for")) {
    const Element named = document.by_id(*target, label);
    return named && is_labelable(named) ? named : Element();
  }
  const Element end = label.next_skipping();
  for (Element inner = label.next(); inner != end; inner = inner.next()) {
    if (is_labelable(inner)) return inner;
  }
  return {};
}

Element first_legend(Element fieldset) {
  Element child = fieldset.first_child();
  while (child && !child.is("legend")) child = child.next_sibling();
  return child;
}

std::string group_words(Element control) {
  for (Element ancestor = control.parent(); ancestor && !ancestor.is("form"); ancestor = ancestor.parent()) {
    const std::string role = ascii_lower(trim(ancestor.attribute_or_empty("role")));
    if (role == "radiogroup" || role == "group" || ancestor.is("fieldset")) {
      if (std::string words = labelled_by(ancestor); !words.empty()) return words;
      if (std::string words = collapse_white_space(ancestor.attribute_or_empty("aria-label")); !words.empty())
        return words;
    }
    if (ancestor.is("fieldset")) {
      const Element legend = first_legend(ancestor);
      return legend ? rendered_words(legend) : std::string();
    }
  }
  return {};
}

} // namespace

std::string labelled_by(Element element) {
  std::string words;
  const std::string ids = collapse_white_space(element.attribute_or_empty("aria-labelledby"));
  if (ids.empty()) return words;
  for (const std::string_view id : split(ids, ' ')) {
    const Element named = element.document().by_id(id, element);
    if (!named) continue;
    if (!words.empty()) words += ' ';
    words += label_words(named);
    if (words.size() > longest_label) break;
  }
  return short_label(collapse_white_space(words));
}

void attach_labels(const Document& document, const std::vector<Element>& labels, Forms& forms) {
  std::unordered_map<std::uint32_t, Control*> controls;
  for (Control& control : forms.controls) controls.emplace(control.element.index(), &control);
  for (const Element label : labels) {
    std::string words = label_words(label);
    if (words.empty()) continue;
    const Element labeled = labeled_control(document, label);
    if (labeled) {
      // An output or a progress bar may be labelled too; nobody fills it in.
      if (const auto control = controls.find(labeled.index()); control != controls.end()) {
        control->second->labels.push_back(std::move(words));
      }
      continue;
    }
    forms.loose_labels.push_back({label, std::move(words), std::string(label.attribute_or_empty("for"))});
  }
  for (Control& control : forms.controls) {
    if (std::string words = labelled_by(control.element);
        !words.empty() && std::ranges::find(control.labels, words) == control.labels.end()) {
      control.labels.push_back(std::move(words));
    }
    if (control.type == "radio" || control.type == "checkbox") control.group = group_words(control.element);
  }
}

} // namespace murphy::web
