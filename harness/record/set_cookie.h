// The Set-Cookie header as browsers read it (draft-ietf-httpbis-rfc6265bis, 5.6). What it means for a jar is
// web/cookies/cookie.h.
#pragma once

#include "record/dropped_cookie.h"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::record {

// `unspecified` acts as lax, with one grace: for two minutes the cookie also goes along with cross-site POST
// navigations.
enum class SameSite { unspecified, none, lax, strict };

// The value of the attribute, in any case; what browsers do not know is unspecified.
SameSite same_site_of(std::string_view value);
// "Lax"; empty for unspecified.
std::string_view name_of(SameSite same_site);

// One Set-Cookie line. Attributes that a browser ignores (unknown, over 1024 bytes, unreadable) are not here; of
// repeated ones the last counts.
struct SetCookie {
  std::string name; // may be empty
  std::string value;
  std::optional<std::chrono::sys_seconds> expires;
  std::optional<std::chrono::seconds> max_age; // zero or less: at once; counts before `expires`
  std::string domain;                          // lower case, without a leading dot; empty for none
  std::string path;                            // begins with "/"; empty for the default path
  bool secure = false;
  bool http_only = false;
  SameSite same_site = SameSite::unspecified;
};

// Errors: the line as a whole is to be ignored.
std::expected<SetCookie, DroppedCookie> parse_set_cookie(std::string_view line);

// Whether a cookie of this path goes along to that one (5.1.4).
bool cookie_path_matches(std::string_view request_path, std::string_view cookie_path);

} // namespace murphy::record
