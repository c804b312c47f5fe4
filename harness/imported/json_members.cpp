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

const boost::json::object& object_member(const boost::json::object& object, std::string_view key) {
  static const boost::json::object nothing;
  const boost::json::value* value = object.if_contains(key);
  return value != nullptr && value->is_object() ? value->get_object() : nothing;
}

} // namespace murphy::imported
