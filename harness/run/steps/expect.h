// Expectations against what was observed. Pure but for the dashboard's judge, which may have to ask the app.
#pragma once

#include "record/result.h"
#include "run/shared/observation.h"

#include <vector>

namespace murphy::run {

// Every expectation that does not hold, in the order of the file. Errors: what kept Murphy from judging.
Result<std::vector<record::Failure>> check(const std::vector<scenario::Expectation>& expectations,
                                           const Observation& seen);

} // namespace murphy::run
