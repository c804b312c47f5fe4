// What kind of thing an answer's body is.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace murphy::web {

// https://infra.spec.whatwg.org/#html-namespace
inline constexpr std::string_view xhtml_namespace = "http://www.w3.org/1999/xhtml";

// The MIME type that the values of the Content-Type headers say together: "text/html;charset=utf-8", the last one that
// is a type, with the charset of an earlier one of the same type; empty for none
// (https://fetch.spec.whatwg.org/#concept-header-extract-mime-type).
std::string extract_mime_type(std::span<const std::string> values);

// The type and subtype of a Content-Type header, in lower case: "text/html".
std::string media_type(std::string_view content_type);

// Whether a browser shows the body as an HTML page. Without a type, or with one that says it does not know, browsers
// look at its first bytes (https://mimesniff.spec.whatwg.org/).
bool is_html(std::string_view content_type, std::string_view body);

// Whether it is XHTML, which browsers read as XML.
bool is_xhtml(std::string_view content_type, std::string_view body);

} // namespace murphy::web
