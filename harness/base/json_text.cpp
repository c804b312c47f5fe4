#include "base/json_text.h"

#include <boost/json/serialize.hpp>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace murphy {
namespace {

namespace json = boost::json;

void append(std::string& text, const json::value& value) {
  const char* between = "";
  if (value.is_array()) {
    text += '[';
    for (const json::value& item : value.get_array()) {
      text += std::exchange(between, ",");
      append(text, item);
    }
    text += ']';
  } else if (value.is_object()) {
    text += '{';
    for (const auto& [name, member] : value.get_object()) {
      text += std::exchange(between, ",");
      text += json::serialize(name);
      text += ':';
      append(text, member);
    }
    text += '}';
  } else if (value.is_double() && std::isfinite(value.get_double())) {
    text += fmt::format("{}", value.get_double());
  } else {
    text += json::serialize(value);
  }
}

} // namespace

std::string json_text(const json::value& value) {
  std::string text;
  append(text, value);
  return text;
}

} // namespace murphy
