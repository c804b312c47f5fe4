// Whether what a failure of a parallel run was judged by may be of another scenario.
#pragma once

#include "record/result.h"

namespace murphy::run {

// The first suspect rests on lines of the console, and none of them names the trace of the step: the app writes none,
// and whose lines they are shows only where the scenario runs alone.
bool may_be_of_others(const record::StepResult& step);

// The same step that ended in the same way.
bool ended_alike(const record::StepResult& step, const record::StepResult& other);

} // namespace murphy::run
