// How long a server asks to be left alone (RFC 9110, 10.2.3). Pure.
#pragma once

#include "record/exchange.h"

#include <chrono>
#include <optional>
#include <vector>

namespace murphy::record {

// `Retry-After` of an answer, in whole seconds or until a date. A date counts from the answer's `Date`, as both go by
// the server's clock; without one, from `now`, when the answer came. Positive. None: there is no such header, nobody
// can read it, or the wait is 0 or over, and whoever tries again goes by pauses of their own: else they would never
// pause. Whoever waits has to limit it: a server may ask for years.
std::optional<std::chrono::seconds> asked_wait(const std::vector<Header>& headers, Instant now);

} // namespace murphy::record
