#include "web/html/select_options.h"

#include "base/text.h"
#include "web/html/disabled.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace murphy::web {
namespace {

// An option's text: its text content without scripts, white space stripped and collapsed (4.10.10).
std::string option_text(Element element) {
  const Element end = element.next_skipping();
  for (Element inner = element.next(); inner != end; inner = inner.next()) {
    if (inner.tag() != "script") continue;
    std::string text = element.text_content();
    if (const std::string script = inner.text_content(); !script.empty()) {
      if (const std::size_t at = text.find(script); at != std::string::npos) text.erase(at, script.size());
    }
    return collapse_white_space(text);
  }
  return collapse_white_space(element.text_content());
}

} // namespace

bool is_drop_down(Element list) {
  // 4.10.7, "display size": the size attribute, else 4 with multiple, else 1.
  const std::string_view written = trim(list.attribute_or_empty("size"));
  unsigned size = 0;
  std::from_chars(written.data(), written.data() + written.size(), size);
  return !list.has("multiple") && size <= 1;
}

std::vector<Option> read_options(Element list) {
  std::vector<Option> options;
  const Element end = list.next_skipping();
  for (Element element = list.next(); element != end; element = element.next()) {
    if (!element.is("option")) continue;
    Option made;
    made.element = element;
    const std::string text = option_text(element);
    made.value = element.has("value") ? std::string(element.attribute_or_empty("value")) : text;
    made.text = collapse_white_space(element.attribute_or_empty("label"));
    if (made.text.empty()) made.text = text;
    made.disabled = is_disabled(element);
    made.selected = element.has("selected");
    options.push_back(std::move(made));
  }

  if (list.has("multiple")) return options;
  // 4.10.7, "selectedness setting algorithm": the last of several; none in a drop-down is its first that is not
  // disabled.
  const auto last = std::ranges::find_if(options.rbegin(), options.rend(), &Option::selected);
  for (auto each = options.rbegin(); each != options.rend(); ++each) each->selected = each == last;
  if (last == options.rend() && is_drop_down(list)) {
    const auto first = std::ranges::find_if_not(options, &Option::disabled);
    if (first != options.end()) first->selected = true;
  }
  return options;
}

} // namespace murphy::web
