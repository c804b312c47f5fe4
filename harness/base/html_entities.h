// The character references of HTML that escaping functions write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace murphy {

// The character that `&name;` stands for: those of HTML 4 and the ASCII ones of HTML 5
// (https://html.spec.whatwg.org/#named-character-references).
std::optional<char32_t> html_entity(std::string_view name);

// The character of a reference, given what stands between `&` and `;`: "amp", "#039" or "#x27".
std::optional<char32_t> html_reference(std::string_view name);

// The text with the characters that its references stand for. What is no reference stays as it is, as in HTML.
std::string without_html_references(std::string_view text);

} // namespace murphy
