// Reading `validate`: the rules of a form's fields.
#pragma once

#include "scenario/reading.h"

#include <optional>

namespace murphy::scenario {

// The step's `validate` with its `fields`, `valid` and `error`. Rules that contradict each other, and examples that
// break the rules they stand beside, are errors.
std::optional<Validate> read_validate(Reading& reading, const Member& member, const Node& step, Context& context);

} // namespace murphy::scenario
