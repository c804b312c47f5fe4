#include "run/shared/json_document.h"

#include "base/text.h"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace murphy::run {
namespace {

// What apps put in front of JSON, so that other sites cannot run it as a script.
constexpr std::array<std::string_view, 6> guards = {")]}',",      ")]}'",     "while(1);",
                                                    "while (1);", "for(;;);", "for (;;);"};

std::string_view without_guard(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  text = trim(text);
  for (const std::string_view guard : guards)
    if (text.starts_with(guard)) return trim(text.substr(guard.size()));
  return text;
}

} // namespace

std::optional<boost::json::value> json_document(std::string_view text) {
  const std::string_view json = without_guard(text);
  try {
    boost::system::error_code failed;
    boost::json::value document = boost::json::parse(boost::json::string_view(json.data(), json.size()), failed);
    if (!failed) return document;
  } catch (const std::exception&) { // out of memory on a hostile document: not one we can read
  }
  return std::nullopt;
}

const boost::json::value* at_pointer(const boost::json::value& document, std::string_view pointer) {
  if (pointer.empty()) return &document;
  boost::system::error_code failed;
  return document.find_pointer(boost::json::string_view(pointer.data(), pointer.size()), failed);
}

std::string json_text(const boost::json::value& value) {
  if (value.is_double()) return fmt::format("{}", value.get_double());
  std::vector<std::string> parts;
  if (value.is_array()) {
    for (const boost::json::value& item : value.get_array()) parts.push_back(json_text(item));
    return "[" + join(parts, ",") + "]";
  }
  if (value.is_object()) {
    for (const auto& [name, member] : value.get_object())
      parts.push_back(boost::json::serialize(boost::json::string(name)) + ":" + json_text(member));
    return "{" + join(parts, ",") + "}";
  }
  return boost::json::serialize(value);
}

} // namespace murphy::run
