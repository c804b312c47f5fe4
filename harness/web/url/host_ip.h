// IPv4 and IPv6 addresses as the URL standard parses and serialises them (https://url.spec.whatwg.org/#ip-addresses).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

using Ipv6Pieces = std::array<std::uint16_t, 8>;

// Whether the last label of an ASCII domain is a number (decimal digits, or 0x and hexadecimal ones): then it must be
// IPv4.
bool ends_in_number(std::string_view domain);

// "127.1", "0x7f.1", "2130706433", "0177.0.0.1" and the usual four numbers; none for anything else.
std::optional<std::uint32_t> parse_ipv4(std::string_view domain);
std::string serialise_ipv4(std::uint32_t address);

// Without brackets; none when it is not an address.
std::optional<Ipv6Pieces> parse_ipv6(std::string_view input);
std::string serialise_ipv6(const Ipv6Pieces& pieces);

} // namespace murphy::web
