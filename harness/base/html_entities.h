// The named character references of HTML that escaping functions write.
#pragma once

#include <optional>
#include <string_view>

namespace murphy {

// The character that `&name;` stands for: those of HTML 4 and the ASCII ones of HTML 5
// (https://html.spec.whatwg.org/#named-character-references).
std::optional<char32_t> html_entity(std::string_view name);

} // namespace murphy
