// Expectations that a person types while a scenario runs.
#pragma once

#include "base/error.h"
#include "scenario/model.h"

#include <string>
#include <vector>

namespace murphy::cli {

// The text as `expect` of a step has it: `title = "Dashboard", status = 200`. Whether its references mean something
// shows when they are resolved. Errors: usage.
Result<std::vector<scenario::Expectation>> typed_expectations(const std::string& text,
                                                              const scenario::Project& project);

} // namespace murphy::cli
