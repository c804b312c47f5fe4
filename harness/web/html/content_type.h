// What kind of thing an answer's body is.
#pragma once

#include <string>
#include <string_view>

namespace murphy::web {

// The type and subtype of a Content-Type header, in lower case: "text/html".
std::string media_type(std::string_view content_type);

// Whether a browser shows the body as an HTML page. Without a type browsers look at its first bytes
// (https://mimesniff.spec.whatwg.org/).
bool is_html(std::string_view content_type, std::string_view body);

} // namespace murphy::web
