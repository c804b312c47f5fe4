// An entry list as the body of a request (WHATWG HTML, 4.10.22.6 to 4.10.22.8).
#pragma once

#include "web/forms/entry_list.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// Which of its texts an entry contributes: what is sent, or what may be shown.
enum class Rendering { sent, shown };

// "application/x-www-form-urlencoded", "multipart/form-data" or "text/plain", the first for anything else.
std::string form_enctype(std::string_view written);

// The names and values in the encoding of that name, line breaks as CRLF. Masks are not percent-encoded, so that they
// can be read.
std::string encode_urlencoded(const std::vector<Entry>& entries, std::string_view encoding, Rendering rendering);
std::string encode_multipart(const std::vector<Entry>& entries, std::string_view encoding, std::string_view boundary,
                             Rendering rendering);
std::string encode_plain(const std::vector<Entry>& entries, std::string_view encoding, Rendering rendering);

} // namespace murphy::web
