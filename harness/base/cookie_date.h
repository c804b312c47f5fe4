// Dates in cookies (draft-ietf-httpbis-rfc6265bis, 5.1.1): read leniently, in whatever order they stand.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace murphy {

// The moment an Expires attribute names, or none when it names none. Time zones are ignored, as in browsers: all is
// UTC.
std::optional<std::chrono::sys_seconds> parse_cookie_date(std::string_view text);

} // namespace murphy
