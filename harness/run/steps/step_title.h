// What a step is called in reports.
#pragma once

#include "scenario/model.h"

#include <string>

namespace murphy::run {

// Its own name, else its verb as written: `submit "Sign in"`, `open /login`, `sign_in ada`. References stay references.
std::string step_title(const scenario::Step& step);

} // namespace murphy::run
