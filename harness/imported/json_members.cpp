#include "imported/json_members.h"

#include "base/text.h"

#include <boost/json.hpp>

namespace murphy::imported {

std::string text_member(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  const boost::json::string& text = value->get_string();
  return repair_utf8({text.data(), text.size()});
}

} // namespace murphy::imported
