// Where values of the project file come from when they do not stand in it.
#pragma once

#include "base/clear_text.h"
#include "scenario/variables.h"

#include <string>

namespace murphy::scenario {

// The value of an environment variable. Errors: usage at the given place, when it is not set or empty.
Result<ClearText> from_environment(const Environment& environment, const std::string& variable, const Place& place,
                                   const std::string& source_line);

// The text of the file that `path` names, without a line break at its end. Errors: usage at the place of `path`, when
// it cannot be read or is empty.
Result<ClearText> from_file(const Text& path);

} // namespace murphy::scenario
