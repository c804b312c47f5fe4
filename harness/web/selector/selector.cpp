#include "web/selector/selector.h"

#include "base/text.h"
#include "web/html/disabled.h"
#include "web/html/rendered_text.h"
#include "web/html/select_options.h"
#include "web/selector/selector_model.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

namespace murphy::web {
namespace {

// Where an element stands among its siblings, from 1.
struct SiblingPosition {
  std::int64_t child = 0;
  std::int64_t of_type = 0;
  std::int64_t children = 0;
  std::int64_t of_type_count = 0;
};

// Matches from right to left. What was found out is kept, so that no page makes matching take more than a walk over it.
class Matcher {
public:
  explicit Matcher(const Selector::List& list)
      : list_(list), failed_(list.selectors.size()), searches_(list.selectors.size()) {}

  bool matches(Element element) {
    for (std::size_t i = 0; i < list_.selectors.size(); ++i) {
      if (complex(i, list_.selectors[i].compounds.size() - 1, element)) return true;
    }
    return false;
  }

private:
  bool complex(std::size_t which, std::size_t last, Element element);
  bool to_the_left(std::size_t which, std::size_t last, Element element);
  bool any_of_those(std::size_t which, std::size_t last, Element element, Element (Element::*step)() const);
  bool compound(const Compound& compound, Element element);
  const SiblingPosition& position(Element element);

  bool part(const TypeSelector& selector, Element element) { return element.tag() == selector.tag; }
  bool part(const IdSelector& selector, Element element) { return element.attribute("id") == selector.id; }
  bool part(const ClassSelector& selector, Element element) { return element.has_class(selector.name); }
  bool part(const AttributeSelector& selector, Element element);
  bool part(const NthSelector& selector, Element element);
  bool part(const OnlySelector& selector, Element element);
  bool part(State state, Element element);
  bool part(const LangSelector& selector, Element element);
  bool part(const HasTextSelector& selector, Element element) {
    return fold_case(rendered_words(element)).find(selector.words) != std::string::npos;
  }
  bool part(const NotSelector& selector, Element element) {
    return std::ranges::none_of(selector.compounds, [&](const Compound& inner) { return compound(inner, element); });
  }
  bool is_checked(Element element);

  const Selector::List& list_;
  // By selector: compound and element of what is known not to match with all that stands to its left.
  std::vector<std::unordered_set<std::uint64_t>> failed_;
  // By selector: compound and element from which a search among ancestors or siblings found nothing.
  std::vector<std::unordered_set<std::uint64_t>> searches_;
  std::unordered_set<std::uint32_t> selects_read_;
  std::unordered_set<std::uint32_t> selected_options_;
  std::unordered_map<std::uint32_t, SiblingPosition> positions_;
};

bool Matcher::complex(std::size_t which, std::size_t last, Element element) {
  const std::uint64_t key = (static_cast<std::uint64_t>(last) << 32) | element.index();
  if (last > 0 && failed_[which].contains(key)) return false;
  if (compound(list_.selectors[which].compounds[last], element) && (last == 0 || to_the_left(which, last, element)))
    return true;
  if (last > 0) failed_[which].insert(key);
  return false;
}

bool Matcher::to_the_left(std::size_t which, std::size_t last, Element element) {
  switch (list_.selectors[which].combinators[last - 1]) {
  case Combinator::child: {
    const Element parent = element.parent();
    return parent && complex(which, last - 1, parent);
  }
  case Combinator::next_sibling: {
    const Element sibling = element.previous_sibling();
    return sibling && complex(which, last - 1, sibling);
  }
  case Combinator::descendant: return any_of_those(which, last, element, &Element::parent);
  case Combinator::subsequent_sibling: return any_of_those(which, last, element, &Element::previous_sibling);
  }
  return false;
}

// Whether any of those that `step` leads to matches. Behind an element that found none there is none for this one
// either.
bool Matcher::any_of_those(std::size_t which, std::size_t last, Element element, Element (Element::*step)() const) {
  const std::uint64_t key = (static_cast<std::uint64_t>(last) << 32) | element.index();
  for (Element other = (element.*step)(); other; other = (other.*step)()) {
    if (complex(which, last - 1, other)) return true;
    if (searches_[which].contains((static_cast<std::uint64_t>(last) << 32) | other.index())) break;
  }
  searches_[which].insert(key);
  return false;
}

bool Matcher::compound(const Compound& compound, Element element) {
  return std::ranges::all_of(compound.parts, [&](const SimpleSelector& simple) {
    return std::visit([&](const auto& selector) { return part(selector, element); }, simple);
  });
}

bool Matcher::part(const AttributeSelector& selector, Element element) {
  const auto attribute = element.attribute(selector.name);
  if (!attribute) return false;
  if (selector.operation == AttributeSelector::Operator::present) return true;
  const std::string value = selector.ignore_case ? ascii_lower(*attribute) : std::string(*attribute);
  const std::string wanted = selector.ignore_case ? ascii_lower(selector.value) : selector.value;
  switch (selector.operation) {
  case AttributeSelector::Operator::present: return true;
  case AttributeSelector::Operator::equals: return value == wanted;
  case AttributeSelector::Operator::dash: return value == wanted || value.starts_with(wanted + '-');
  case AttributeSelector::Operator::prefix: return !wanted.empty() && value.starts_with(wanted);
  case AttributeSelector::Operator::suffix: return !wanted.empty() && value.ends_with(wanted);
  case AttributeSelector::Operator::substring: return !wanted.empty() && value.find(wanted) != std::string::npos;
  case AttributeSelector::Operator::includes: break;
  }
  if (wanted.empty() || std::ranges::any_of(wanted, is_white_space)) return false;
  const std::string spaced = ' ' + collapse_white_space(value) + ' ';
  return spaced.find(' ' + wanted + ' ') != std::string::npos;
}

const SiblingPosition& Matcher::position(Element element) {
  if (const auto found = positions_.find(element.index()); found != positions_.end()) return found->second;
  Element first = element;
  if (const Element parent = element.parent()) first = parent.first_child();
  std::unordered_map<std::string_view, std::int64_t> counts;
  std::int64_t children = 0;
  for (Element sibling = first; sibling; sibling = sibling.next_sibling()) {
    positions_[sibling.index()] = {
        .child = ++children, .of_type = ++counts[sibling.tag()], .children = 0, .of_type_count = 0};
  }
  for (Element sibling = first; sibling; sibling = sibling.next_sibling()) {
    SiblingPosition& position = positions_[sibling.index()];
    position.children = children;
    position.of_type_count = counts[sibling.tag()];
  }
  return positions_[element.index()];
}

bool Matcher::part(const NthSelector& selector, Element element) {
  const SiblingPosition& siblings = position(element);
  std::int64_t index = selector.of_type ? siblings.of_type : siblings.child;
  if (selector.from_end) index = (selector.of_type ? siblings.of_type_count : siblings.children) - index + 1;
  if (selector.a == 0) return index == selector.b;
  return (index - selector.b) % selector.a == 0 && (index - selector.b) / selector.a >= 0;
}

bool Matcher::part(const OnlySelector& selector, Element element) {
  const SiblingPosition& siblings = position(element);
  return (selector.of_type ? siblings.of_type_count : siblings.children) == 1;
}

bool Matcher::is_checked(Element element) {
  if (element.is("input")) {
    const std::string type = ascii_lower(element.attribute_or_empty("type"));
    return (type == "checkbox" || type == "radio") && element.has("checked");
  }
  if (!element.is("option")) return false;
  for (Element ancestor = element.parent(); ancestor; ancestor = ancestor.parent()) {
    if (!ancestor.is("select")) continue;
    const std::vector<Option> options = read_options(ancestor);
    return std::ranges::any_of(options,
                               [&](const Option& option) { return option.element == element && option.selected; });
  }
  return element.has("selected");
}

bool Matcher::part(State state, Element element) {
  const auto can_be_disabled = [&] {
    return element.is("button") || element.is("input") || element.is("select") || element.is("textarea") ||
           element.is("optgroup") || element.is("option") || element.is("fieldset");
  };
  switch (state) {
  case State::root: return !element.parent();
  case State::empty: return !element.first_child() && !element.has_text();
  case State::checked: return is_checked(element);
  case State::disabled: return can_be_disabled() && is_disabled(element);
  case State::enabled: return can_be_disabled() && !is_disabled(element);
  case State::link: return (element.is("a") || element.is("area")) && element.has("href");
  }
  return false;
}

bool Matcher::part(const LangSelector& selector, Element element) {
  for (; element; element = element.parent()) {
    const auto said = element.attribute("lang");
    if (!said) continue;
    const std::string language = ascii_lower(*said);
    return !selector.range.empty() && (language == selector.range || language.starts_with(selector.range + '-'));
  }
  return false;
}

} // namespace

Result<Selector> Selector::parse(std::string_view source) {
  auto list = parse_selector(source);
  if (!list) return std::unexpected(std::move(list.error()));
  return Selector(std::string(source), std::make_shared<const List>(std::move(*list)));
}

bool Selector::matches(Element element) const { return Matcher(*list_).matches(element); }

std::vector<Element> Selector::select(const Document& document) const {
  Matcher matcher(*list_);
  std::vector<Element> found;
  for (Element element = document.root(); element; element = element.next()) {
    if (matcher.matches(element)) found.push_back(element);
  }
  return found;
}

} // namespace murphy::web
