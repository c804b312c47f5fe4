// Base64 (RFC 4648). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace murphy {

// With the standard alphabet (section 4) and padding, on one line.
std::string base64_encode(std::string_view bytes);

// The bytes, which may be any. Takes both alphabets (sections 4 and 5), with and without padding, and ignores white
// space. Nothing for text that is no base64.
std::optional<std::string> base64_decode(std::string_view text);

} // namespace murphy
