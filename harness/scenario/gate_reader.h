// Reads [gate] of a project file.
#pragma once

#include "scenario/reading.h"

namespace murphy::scenario {

// As much of it as could be read. Whether the features are there shows when the feature files are read.
Gate read_gate(Reading& reading, const Node& table);

} // namespace murphy::scenario
