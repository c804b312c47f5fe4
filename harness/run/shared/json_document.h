// JSON answers, for expectations and captures.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string_view>

namespace murphy::run {

// The document, or nothing when the text is not JSON.
std::optional<boost::json::value> json_document(std::string_view text);

// What an RFC 6901 pointer names in the document ("" is all of it), or null.
const boost::json::value* at_pointer(const boost::json::value& document, std::string_view pointer);

} // namespace murphy::run
