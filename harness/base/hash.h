// Digests of bytes, in hexadecimal.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

enum class Hash { md5, sha256, sha512_256 };

// In lower case. MD5 is for what others have fixed, as RFC 7616 does; it protects nothing.
std::string hex_digest(Hash hash, std::string_view bytes);

} // namespace murphy
