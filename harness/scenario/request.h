// Reads `request`.
#pragma once

#include "scenario/reading.h"

#include <optional>

namespace murphy::scenario {

// The method is GET when it is not given, or POST when there is something to send.
std::optional<Request> read_request(Reading& reading, const Member& verb, const Node& step, Context& context);

} // namespace murphy::scenario
