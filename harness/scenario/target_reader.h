// Reads one [target.NAME].
#pragma once

#include "scenario/reading.h"

namespace murphy::scenario {

// Adds the target to the project; as much of it as could be read.
void read_target(Reading& reading, const Member& member, Project& project);

} // namespace murphy::scenario
