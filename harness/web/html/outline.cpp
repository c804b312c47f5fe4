#include "web/html/outline.h"

#include "base/text.h"
#include "web/html/document_tree.h"
#include "web/html/rendered_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

namespace murphy::web {
namespace {

constexpr std::size_t most_selectors = 100;
constexpr std::size_t longest_name = 40;

// A name that would pick the same element tomorrow: ids and classes with digits are often made up for each page.
bool is_lasting(std::string_view name) {
  return !name.empty() && name.size() <= longest_name &&
         std::ranges::all_of(name, [](char c) { return is_letter(c) || c == '-' || c == '_'; });
}

// Whether a text node of its own says something.
bool has_own_words(Element element) {
  const auto& nodes = element.document().tree().nodes;
  for (std::uint32_t at = nodes[element.index()].first_child; at != DocumentTree::none; at = nodes[at].next_sibling)
    if (nodes[at].is_text && !trim(nodes[at].text).empty()) return true;
  return false;
}

bool repeats_for_data(Element element) {
  static constexpr std::array<std::string_view, 8> tags = {"li", "tr", "dt", "dd", "article", "option", "label", "svg"};
  return std::ranges::find(tags, element.tag()) != tags.end();
}

std::string selector_of(Element element) {
  std::string selector(element.tag());
  if (const auto id = element.attribute_or_empty("id"); is_lasting(id)) return selector + "#" + std::string(id);
  std::set<std::string> data, classes;
  for (const Attribute& attribute : element.attributes())
    if (attribute.name.starts_with("data-") && is_lasting(attribute.name)) data.insert(std::string(attribute.name));
  for (const std::string& name : data) selector += "[" + name + "]";
  if (!data.empty()) return selector;
  for (const std::string_view name : split(element.attribute_or_empty("class"), ' '))
    if (is_lasting(trim(name))) classes.emplace(trim(name));
  for (const std::string& name : classes) selector += "." + name;
  return selector;
}

} // namespace

std::vector<std::string> outline(const Document& document) {
  std::set<std::string> selectors;
  for (Element element = document.body(); element && selectors.size() < most_selectors;) {
    if (hides_itself(element) || repeats_for_data(element)) {
      element = element.next_skipping();
      continue;
    }
    if (has_own_words(element)) selectors.insert(selector_of(element));
    element = element.next();
  }
  return {selectors.begin(), selectors.end()};
}

} // namespace murphy::web
