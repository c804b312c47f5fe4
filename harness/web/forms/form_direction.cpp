#include "web/forms/form_direction.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::web {
namespace {

// The blocks of scripts that run from right to left (Unicode bidirectional classes R and AL).
bool runs_right_to_left(char32_t c) {
  return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) ||
         (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff) || c == 0x200f;
}

// A letter, roughly: digits, signs and white space say nothing about direction.
bool is_strong(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == 0xaa || c == 0xb5 || c == 0xba ||
         (c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x2bff) && !(c >= 0x3000 && c <= 0x3004));
}

// The direction of the first strong character; none where there is none.
std::optional<std::string> first_strong(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    if (runs_right_to_left(c)) return "rtl";
    if (is_strong(c)) return "ltr";
  }
  return std::nullopt;
}

std::string directionality(const Control& control, const Value& value) {
  for (Element element = control.element; element; element = element.parent()) {
    const std::string said = ascii_lower(element.attribute_or_empty("dir"));
    if (said == "ltr" || said == "rtl") return said;
    if (said == "auto")
      return first_strong((element == control.element ? reveal(value) : ClearText(element.text_content())).view())
          .value_or("ltr");
    // A telephone number runs from left to right unless its own field says otherwise.
    if (element == control.element && control.type == "tel") return "ltr";
  }
  return "ltr";
}

} // namespace

std::optional<std::pair<std::string, std::string>> direction_entry(const Control& control, const Value& value) {
  static constexpr std::array<std::string_view, 9> with_direction = {
      "email", "hidden", "password", "reset", "search", "submit", "tel", "text", "textarea"};
  const bool applies =
      std::ranges::binary_search(with_direction, std::string_view(control.type)) || control.type == "url";
  const std::string_view name = control.element.attribute_or_empty("dirname");
  if (!applies || name.empty()) return std::nullopt;
  return std::pair(std::string(name), directionality(control, value));
}

} // namespace murphy::web
