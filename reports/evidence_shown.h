// Of which scenarios reports show evidence: of the others a large run need not be held. Pure.
#pragma once

#include "record/run.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace murphy::reports {

// Scenarios of a cause that a page shows in full: the one that proves it and the first others.
inline constexpr std::size_t most_shown_of_a_cause = 3;

// The ids of all scenarios whose evidence a report can show: those without a named cause, those that were retried, of
// each named cause a few, and of those that passed the first ones in the order of the plan. `bytes` says how much
// evidence each of these has; those that are not in it have none that is shown.
std::set<std::string> cases_with_evidence(const record::Run& run, const std::map<std::string, std::size_t>& bytes);

} // namespace murphy::reports
