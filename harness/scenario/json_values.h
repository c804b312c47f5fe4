// JSON values, as expectations write them.
#pragma once

#include "scenario/reading.h"

#include <optional>

namespace murphy::scenario {

// A plain value, a list of values, a comparison, or a table with one of `null`, `absent` and `length`.
std::optional<JsonExpectation> read_json_value(Reading& reading, const Entry& entry, Context& context);

} // namespace murphy::scenario
