// Digests of bytes, as web standards write them.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

enum class DigestKind { sha256, sha384, sha512 };

// The digest of `bytes` in base64, padded (RFC 4648, section 4).
std::string base64_digest(DigestKind kind, std::string_view bytes);

} // namespace murphy
