// Reads `expect` and `when`.
#pragma once

#include "scenario/reading.h"

#include <optional>
#include <vector>

namespace murphy::scenario {

// What the table `expect` states, in the order of the file. Whatever cannot be read is reported and left out.
std::vector<Expectation> read_expectations(Reading& reading, const Member& expect, Context& context);

// `when`. Nothing when it could not be read.
std::optional<When> read_when(Reading& reading, const Member& when, Context& context);

} // namespace murphy::scenario
