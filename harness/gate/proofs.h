// Which scenarios prove a feature. Pure.
#pragma once

#include "scenario/model.h"

namespace murphy::gate {

// Whether each run of the scenario asserts what a feature of sign-in is proved by: the dashboard, the error of a field,
// or the rules of a form. What a step asserts that runs only `when` its page shows does not count.
bool proves_its_feature(const scenario::Scenario& scenario);

} // namespace murphy::gate
