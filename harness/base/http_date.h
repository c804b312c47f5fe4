// Dates of HTTP (RFC 9110, 5.6.7), in the form of today and the two obsolete ones that recipients must read.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace murphy {

// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994"; none for anything
// else. Two digits of a year are the latest year that ends in them and is at most 50 years after `now`.
std::optional<std::chrono::sys_seconds> read_http_date(std::string_view text, std::chrono::sys_seconds now);

} // namespace murphy
