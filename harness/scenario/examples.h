// Reads `examples`.
#pragma once

#include "scenario/reading.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// The rows of a scenario of that name; those that could be read. Their columns become names of the context. With no
// examples, the name is taken as it is, else its ${…} are columns.
std::vector<Example> read_examples(Reading& reading, const Node& scenario, std::string_view name, Context& context);

} // namespace murphy::scenario
