// Reads `capture`.
#pragma once

#include "scenario/reading.h"

#include <vector>

namespace murphy::scenario {

// A capture for each name of the table; each has one source at most; without one, it is a parameter of the final
// address or a part of the page's source. What cannot be read is reported and left out.
std::vector<Capture> read_captures(Reading& reading, const Entry& entry);

} // namespace murphy::scenario
