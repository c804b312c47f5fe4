// A cookie that the app sets and no browser keeps.
#pragma once

#include <cstddef>
#include <string>

namespace murphy::record {

// Why browsers do not act on a Set-Cookie line.
enum class CookieDrop {
  unknown, // an old journal does not say
  control_character,
  too_long,             // name and value together: `bytes`
  empty,                // neither a name nor a value
  domain_not_ascii,     // its Domain
  domain_public_suffix, // its Domain is one: `domain`
  domain_elsewhere,     // its Domain `domain` does not cover `host`
  secure_over_http,     // Secure, and the answer came over plain http
  same_site_none_insecure,
  cross_site,             // the answer is of another site, and the line has no SameSite=None
  prefix_without_name,    // no name, and a value that begins like __Host- or __Secure-
  prefix_secure_insecure, // __Secure- without Secure
  prefix_host_insecure,   // __Host- without Secure
  prefix_host_domain,     // __Host- with a Domain
  prefix_host_path,       // __Host- with another path than /
  shadows_secure,         // a Secure cookie has the name, and the answer came over plain http
};

struct DroppedCookie {
  std::string name; // as far as it could be read
  CookieDrop why = CookieDrop::unknown;
  std::string domain;
  std::string host;
  std::size_t bytes = 0;
  bool operator==(const DroppedCookie&) const = default;
};

} // namespace murphy::record
