// An entry list as the body of a request (WHATWG HTML, 4.10.22.6 to 4.10.22.8).
#pragma once

#include "base/outgoing_text.h"
#include "web/forms/entry_list.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::web {

// "application/x-www-form-urlencoded", "multipart/form-data" or "text/plain", the first for anything else.
std::string form_enctype(std::string_view written);

// Names and values as they are: "a=1&b=x+y" (URL standard, 5).
OutgoingText encode_urlencoded(const std::vector<std::pair<std::string, Value>>& pairs);

// The names and values in the encoding of that name, line breaks as CRLF.
OutgoingText encode_urlencoded(const std::vector<FormEntry>& entries, std::string_view encoding);
OutgoingText encode_multipart(const std::vector<FormEntry>& entries, std::string_view encoding,
                              std::string_view boundary);
OutgoingText encode_plain(const std::vector<FormEntry>& entries, std::string_view encoding);

} // namespace murphy::web
