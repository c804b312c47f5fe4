// From a host's name to its addresses.
#pragma once

#include "base/error.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// "Connect to these addresses for this host and port", as curl's --resolve has it.
struct ResolveOverride {
  std::string host; // as in a URL: lower case, IPv6 in brackets
  std::uint16_t port = 0;
  std::vector<std::string> addresses; // IPv4 or IPv6, without brackets
};

// Reads `host:port:address[,address…]`; IPv6 in brackets. Errors: usage, with the form it should have.
Result<ResolveOverride> parse_resolve(std::string_view text);

// Finds the addresses (IPv4 or IPv6 text, without brackets) of a host, in the order to try them. Errors: target, the
// cause in `what`. May block; is called on a thread of its own, which outlives its caller when the deadline passes
// first.
using Lookup = std::function<Result<std::vector<std::string>>(const std::string& host)>;

// Asks the system's resolver (getaddrinfo).
Result<std::vector<std::string>> system_lookup(const std::string& host);

// The addresses of `host` (as in a URL): itself when it is an IP address; loopback, without asking anyone, when it is
// localhost or *.localhost (RFC 6761, section 6.3); else what `lookup` answers by the deadline and before the stop. An
// abandoned look-up ends by itself.
std::optional<Result<std::vector<std::string>>> addresses_of(const std::string& host, const Lookup& lookup,
                                                             std::chrono::steady_clock::time_point deadline,
                                                             const std::stop_token& stop);

} // namespace murphy::web
