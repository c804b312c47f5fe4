// What a setting of the project file stands for, where it is no property of a user.
#pragma once

#include "scenario/settings.h"

#include <string>

namespace murphy::cli {

// The value; from the environment or a file it is a secret of this label, and `inputs` hear of it. Errors: usage, at
// the place in the file, when it is not there.
Result<Value> value_of(const scenario::Setting& setting, const scenario::Inputs& inputs, const std::string& label);

} // namespace murphy::cli
