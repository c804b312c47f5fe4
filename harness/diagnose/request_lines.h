// The requests that a server writes into its log, with the status that it answered each with.
#pragma once

#include "diagnose/evidence.h"

#include <span>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// What an Exchange notes where a provider's answer came with it (RFC 6749, section 4.1.2).
inline constexpr std::string_view with_answer_of_provider = "with the answer of an identity provider";

// The requests that the app answered, as in `"POST /login HTTP/1.1" 302` (Common Log Format and most servers), `| 302 |
// … POST "/login"` (Gin) `method=POST path=/login status=302` (logfmt) or `Started POST "/login"` and below it
// `Completed 302` (Rails, Phoenix), in order. Paths have no query. Left out are those without a status, and those that
// the app itself sent to others.
std::vector<Exchange> requests_in(std::span<const std::string_view> lines);

// The newest request by which an identity provider sends somebody back, where its address is not there; else null.
const Exchange* lost_answer_of_provider(std::span<const Exchange> requests);

// The newest form that somebody signed in with, and the page behind it: where every sign-in came to a page, but for
// those that were tried again, and nothing but probes ended in a server error. Empty for every other log.
std::vector<Exchange> sign_in_that_worked(std::span<const Exchange> requests);

// Whether anything was refused, failed or not there, or a sign-in form was shown, to whomever. What strangers ask for
// does not count.
bool tell_of_trouble(std::span<const Exchange> requests);

} // namespace murphy::diagnose
