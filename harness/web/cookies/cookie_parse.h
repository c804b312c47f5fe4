// The Set-Cookie header as browsers read it (draft-ietf-httpbis-rfc6265bis, 5.6). What it means for a jar is cookie.h.
#pragma once

#include "web/cookies/cookie.h"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

// One Set-Cookie line. Attributes that a browser ignores (unknown, over 1024 bytes, unreadable) are not here; of
// repeated ones the last counts.
struct SetCookie {
  std::string name;
  std::string value;
  std::optional<std::chrono::sys_seconds> expires;
  std::optional<std::chrono::seconds> max_age; // zero or less: at once
  std::string domain;                          // lower case, without a leading dot; empty for none
  std::string path;                            // begins with "/"; empty for the default path
  bool secure = false;
  bool http_only = false;
  SameSite same_site = SameSite::unspecified;
};

// Errors: the line as a whole is to be ignored.
std::expected<SetCookie, Dropped> parse_set_cookie(std::string_view line);

} // namespace murphy::web
