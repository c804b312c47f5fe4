// Alerts as the services want them that take them over HTTP. Pure.
#pragma once

#include "base/secret.h"
#include "watch/alert.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::watch {

// What is posted to a channel's address.
struct AlertPost {
  std::string path; // to be added to the address; may be empty
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

// The alert's own JSON. `delivery` is the same in every attempt at it. With a secret it is signed: HMAC-SHA256 of the
// time in seconds, a full stop and the body.
AlertPost webhook_post(const Alert& alert, std::optional<std::int64_t> delivery, const Secret* secret, Instant now);

// For POST /api/v2/alerts. An alert that is not resolved ends by itself four minutes from now, unless it is posted
// again: a watch that has died does not keep it up.
AlertPost alertmanager_post(const Alert& alert, Instant now);
inline constexpr std::chrono::minutes alertmanager_interval{1}; // post what is open so often

} // namespace murphy::watch
