// What the command line and the environment give to a run.
#pragma once

#include "base/error.h"
#include "scenario/variables.h"

#include <string>
#include <vector>

namespace murphy::cli {

// Reads `--var NAME=VALUE` and `--secret NAME=VALUE`. Errors: usage.
Result<scenario::Given> given(const std::vector<std::string>& variables, const std::vector<std::string>& secrets);

// Blacks out the values of --secret in the arguments of this process, so that no process list shows them. The arguments
// must have been read before.
void hide_secrets(int argument_count, char** arguments);

} // namespace murphy::cli
