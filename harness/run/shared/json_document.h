// JSON answers, for expectations and captures.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// The document, or nothing when the text is not JSON. What guards it from other sites may stand in front: `)]}',`.
std::optional<boost::json::value> json_document(std::string_view text);

// What an RFC 6901 pointer names in the document ("" is all of it), or null.
const boost::json::value* at_pointer(const boost::json::value& document, std::string_view pointer);

// The first member that a pointer names and that is not there, and the names of those beside it.
struct MissingMember {
  std::string name;
  std::vector<std::string> others;
};
// Nothing where a list or a plain value ends the way.
std::optional<MissingMember> missing_member(const boost::json::value& document, std::string_view pointer);

} // namespace murphy::run
