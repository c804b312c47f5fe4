// The requests that a server writes into its log, with the status that it answered each with.
#pragma once

#include "diagnose/evidence.h"

#include <span>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// What an Exchange notes where a provider's answer came with it (RFC 6749, section 4.1.2).
inline constexpr std::string_view with_answer_of_provider = "with the answer of an identity provider";

// The requests in lines such as `"POST /login HTTP/1.1" 302` (Common Log Format and most servers), `| 302 | … POST
// "/login"` (Gin) or `Started POST "/login"` and below it `Completed 302` (Rails, Phoenix), in order. Paths have no
// query. What names no status is left out.
std::vector<Exchange> requests_in(std::span<const std::string_view> lines);

// Of all requests in a log, those that say how signing in ends, where they say it without the pages: the newest form
// that was sent to sign in, with what came before and behind it, where every sign-in of the log worked and nothing else
// failed, where the form or its landing leads nowhere; or a provider's answer to an address without a route. Empty for
// every other log.
std::vector<Exchange> sign_in_of_log(std::span<const std::string_view> lines);

} // namespace murphy::diagnose
