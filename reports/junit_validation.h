// The rules of a `validate` step as test cases of their own. Pure.
#pragma once

#include "reports/junit_case.h"

#include <string>
#include <vector>

namespace murphy::reports {

// One for each rule of each field that a case has proved, in order: "The sign-up form keeps its rules › Email,
// max_length". A rule that could not be judged is skipped, with the reason.
std::vector<JUnitCase> junit_rules(const record::CaseResult& result, UniqueNames& names);

} // namespace murphy::reports
