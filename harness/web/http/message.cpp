#include "web/http/message.h"

#include "base/text.h"

#include <algorithm>

namespace murphy::web {

const Value* find_header(const std::vector<RequestHeader>& headers, std::string_view name) {
  const auto found = std::ranges::find_if(
      headers, [name](const RequestHeader& header) { return equal_ignoring_ascii_case(header.name, name); });
  return found == headers.end() ? nullptr : &found->value;
}

} // namespace murphy::web
