#include "record/exchange.h"

#include "base/text.h"

namespace murphy::record {

const std::string* find_header(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (equal_ignoring_ascii_case(header.name, name)) return &header.value;
  }
  return nullptr;
}

} // namespace murphy::record
