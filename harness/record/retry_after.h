// How long a server asks to be left alone (RFC 9110, 10.2.3). Pure.
#pragma once

#include "record/exchange.h"

#include <chrono>
#include <optional>
#include <vector>

namespace murphy::record {

// `Retry-After` of an answer, in whole seconds or until a date. A date counts from the answer's `Date`, as both go by
// the server's clock; without one, from `now`, when the answer came. A date that is past is 0. None: there is no such
// header, or nobody can read it. Whoever waits has to limit it: a server may ask for years.
std::optional<std::chrono::seconds> asked_wait(const std::vector<Header>& headers, Instant now);

} // namespace murphy::record
