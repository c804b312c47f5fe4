#include "base/address.h"

#include <algorithm>

namespace murphy {

AddressParts address_parts(std::string_view address) {
  AddressParts parts;
  address = address.substr(0, address.find('#'));
  if (const std::size_t scheme = address.find("://"); scheme < address.find_first_of("/?")) {
    parts.origin = address.substr(0, address.find_first_of("/?", scheme + 3));
    address.remove_prefix(parts.origin.size());
  }
  const std::size_t mark = std::min(address.find('?'), address.size());
  parts.path = mark == 0 && !parts.origin.empty() ? "/" : address.substr(0, mark);
  parts.query = address.substr(std::min(mark + 1, address.size()));
  return parts;
}

} // namespace murphy
