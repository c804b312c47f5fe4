// What a server asks for with a 401, and how it is answered: HTTP authentication (RFC 9110, section 11) by the schemes
// Basic (RFC 7617) and Digest (RFC 7616). Pure.
#pragma once

#include "record/exchange.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

struct Challenge {
  std::string scheme;                                 // in lower case
  std::map<std::string, std::string> parameters;      // names in lower case, values without their quotes
  std::string parameter(std::string_view name) const; // empty without such a one
  bool operator==(const Challenge&) const = default;
};

// All challenges of all WWW-Authenticate headers, in their order. What is malformed ends its header.
std::vector<Challenge> challenges(const std::vector<record::Header>& headers);

// Whether Murphy can answer it: Basic, and Digest by MD5, SHA-256 or SHA-512-256 (each also as -sess) with qop "auth"
// or without qop.
bool is_answerable(const Challenge& challenge);

// The value of an Authorization header. `password` is in clear, and so is the password in what this gives back.
std::string basic_answer(std::string_view user, std::string_view password);

struct DigestRequest {
  std::string_view method;
  std::string_view target; // as in the request line
  std::uint32_t count = 1; // of requests by this nonce, this one included
  std::string_view cnonce;
};

// The same for Digest. `challenge` must be answerable. Empty when this machine does not compute the digest.
std::string digest_answer(const Challenge& challenge, std::string_view user, std::string_view password,
                          const DigestRequest& request);

} // namespace murphy::web
