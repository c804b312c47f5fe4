// An address cut into its parts as it is written, nothing checked or normalised: for addresses that are evidence. What
// a browser makes of one is web/url/url.h.
#pragma once

#include <string_view>

namespace murphy {

// The parts look into the address. Its fragment is none of them.
struct AddressParts {
  std::string_view origin; // "http://host:8080", a user name included; empty where the address is only a path
  std::string_view path;   // "/login"; "/" where the address has nothing behind its origin
  std::string_view query;  // without the question mark
};

AddressParts address_parts(std::string_view address);

} // namespace murphy
