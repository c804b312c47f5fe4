// The members of an entry of a HAR file, as its producers write them. Pure.
#pragma once

#include "imported/har_entry.h"

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace murphy::imported {

// What is missing, or of another type, is empty. Chrome ("WebInspector") percent-encodes the fields that were sent;
// other producers do not.
HarEntry har_entry(const boost::json::object& entry, std::string_view creator);

// The bytes of a body as UTF-8, by its MIME type or what it says of itself.
std::string body_text(std::string_view bytes, std::string_view type);

} // namespace murphy::imported
