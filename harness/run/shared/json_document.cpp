#include "run/shared/json_document.h"

#include <boost/json/parse.hpp>

namespace murphy::run {

std::optional<boost::json::value> json_document(std::string_view text) {
  try {
    boost::system::error_code failed;
    boost::json::value document = boost::json::parse(boost::json::string_view(text.data(), text.size()), failed);
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

} // namespace murphy::run
