// Members of JSON that somebody else wrote: what is missing, or of another type, is empty. Pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace murphy::imported {

// A string, as UTF-8.
std::string text_member(const boost::json::object& object, std::string_view key);

const boost::json::object& object_member(const boost::json::object& object, std::string_view key);

} // namespace murphy::imported
