// What a gate would run, and why. Pure.
#pragma once

#include "gate/judgement.h"
#include "gate/selection.h"

#include <string>
#include <vector>

namespace murphy::gate {

// A line for each changed path: what it concerns, and by which pattern.
std::vector<std::string> lines_of(const Concerned& concerned);

// A line for each feature that has to be proved: how many of its scenarios do that.
std::vector<std::string> lines_of(const Requirements& requirements);

} // namespace murphy::gate
