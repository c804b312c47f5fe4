// Text in other encodings than UTF-8, by the Encoding standard (https://encoding.spec.whatwg.org/) and HTML's encoding
// sniffing (https://html.spec.whatwg.org/#encoding-sniffing-algorithm). glibc's iconv does the conversions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

// The standard's name of the encoding for a label: "latin1" → "windows-1252", "UTF8" → "UTF-8"; none for an unknown
// one.
std::optional<std::string> encoding_for_label(std::string_view label);

// The encoding's name for a body: by its byte order mark, then the charset of the Content-Type header (may be empty),
// then, for HTML, a <meta> in its first 1024 bytes; else windows-1252 for HTML and UTF-8 for the rest.
enum class BodySyntax { html, other };
std::string sniff_encoding(std::string_view body, std::string_view content_type, BodySyntax syntax);

// Decodes bytes in an encoding named as above into well-formed UTF-8: what is invalid becomes U+FFFD, a byte order mark
// goes.
std::string decode(std::string_view bytes, std::string_view encoding);

// Encodes UTF-8 as forms do: what the encoding does not hold becomes "&#N;" with N in decimal digits. UTF-16 stands for
// UTF-8 here, as in browsers ("get an output encoding").
std::string from_utf8(std::string_view text, std::string_view encoding);

} // namespace murphy::web
