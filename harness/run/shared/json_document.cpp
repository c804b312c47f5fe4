#include "run/shared/json_document.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

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

// A reference token of a pointer: ~1 is /, ~0 is ~ (RFC 6901, section 4).
std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t at = 0; at < token.size(); ++at) {
    const bool is_escape = token[at] == '~' && at + 1 < token.size();
    text += is_escape ? (token[at + 1] == '1' ? '/' : '~') : token[at];
    if (is_escape) ++at;
  }
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

std::optional<MissingMember> missing_member(const boost::json::value& document, std::string_view pointer) {
  const boost::json::value* at = &document;
  for (std::size_t begin = 1; begin <= pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
    if (const auto* next = at_pointer(document, pointer.substr(0, end))) {
      at = next;
      begin = end + 1;
      continue;
    }
    if (!at->is_object()) return std::nullopt;
    MissingMember missing{unescaped(pointer.substr(begin, end - begin)), {}};
    for (const auto& member : at->get_object()) missing.others.emplace_back(member.key());
    return missing;
  }
  return std::nullopt;
}

} // namespace murphy::run
