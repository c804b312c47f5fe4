// The environment of this process, where variables that hold secrets can be put out of sight. Safe from any thread, as
// long as nobody else changes the environment.
#pragma once

#include "base/clear_text.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy {

// The value of a variable; none when it is not set.
std::optional<ClearText> environment_variable(const std::string& name);

// Wipes the value where the system put it: no memory dump and no /proc/PID/environ shows it any more. The functions
// here still know it, for everything else in this process the variable is empty.
void hide_environment_variable(const std::string& name);

// `NAME=value` of every variable, hidden ones too: what a child process gets.
std::vector<ClearText> inherited_environment();

} // namespace murphy
