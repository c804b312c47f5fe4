// The scenario that a feature lacks. Pure.
#pragma once

#include "scenario/model.h"

#include <string>

namespace murphy::gate {

// A feature file in TOML with one scenario that proves the feature, as far as the project says how people sign in; what
// is to be replaced is marked. `murphy check` takes it as it is.
std::string example_of(const std::string& feature, const scenario::Project& project);

// Where such a file belongs: "scenarios/password-reset.toml".
std::string file_of_example(const std::string& feature);

} // namespace murphy::gate
