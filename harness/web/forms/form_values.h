// What an input makes of a text: the value sanitization algorithms (WHATWG HTML, 4.10.5.1).
#pragma once

#include "web/html/document.h"

#include <span>
#include <string>
#include <string_view>

namespace murphy::web {

// The types that HTML knows (4.10.5), sorted.
std::span<const std::string_view> input_types();

// The type of an input, an unknown or missing one being "text" (4.10.5).
std::string input_type(Element input);

// The value that is left of `value` in an input of that type. Line breaks of single-line inputs go; what is no valid
// number, date, time, month, week or colour becomes empty (or the type's own default). Texts of other types come back
// as they are.
std::string sanitize_value(Element input, std::string_view type, std::string_view value);

// What an input lets in of a text that is typed, before its value is sanitized. A number field takes digits, signs, one
// point and one "e" only, reads "+5" as "5" and "5." as "5" (as Chromium does; the standard leaves it to browsers).
std::string typed_text(std::string_view type, std::string_view text);

// With "\n" for every line break: the API value of a textarea (4.10.11), in which its length is counted.
std::string with_line_feeds(std::string_view text);

} // namespace murphy::web
