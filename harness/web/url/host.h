// Hosts of http and https URLs: the host parser of the URL standard (https://url.spec.whatwg.org/#host-parsing).
#pragma once

#include "base/error.h"

#include <string>
#include <string_view>

namespace murphy::web {

// Parses and serialises a host: "BÜCHER.example" to "xn--bcher-kva.example", "0x7f.1" to "127.0.0.1", "[0:0::1]" to
// "[::1]". `input` is well-formed UTF-8. Errors: usage; `what` is the reason alone, without the input.
// Internationalised names are mapped by UTS 46, non-transitional, as far as libidn2 knows Unicode.
Result<std::string> parse_host(std::string_view input);

bool is_ascii(std::string_view text);

// Whether a host as parse_host gives it is an IPv4 or (bracketed) IPv6 address.
bool is_ip_address(std::string_view host);

// Whether the host names this machine as browsers see it: localhost, *.localhost, 127.0.0.0/8, [::1] (Secure
// Contexts, 3.1).
bool is_loopback(std::string_view host);

} // namespace murphy::web
