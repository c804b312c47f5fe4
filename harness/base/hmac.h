// A message authentication code, as webhooks are signed with it.
#pragma once

#include "base/secret.h"

#include <string>
#include <string_view>

namespace murphy {

// HMAC-SHA256 (RFC 2104) in hexadecimal, in lower case.
std::string hex_hmac_sha256(const Secret& key, std::string_view message);

} // namespace murphy
