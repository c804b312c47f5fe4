// Which addresses the files of a run write. Pure.
#pragma once

#include "run/plan/plan.h"
#include "scenario/model.h"

#include <cstdint>
#include <map>
#include <string>

namespace murphy::run {

// By path, without query, in how many places of the project file and of the plan's scenarios it stands. Whole addresses
// and those with references are left out.
using WrittenAddresses = std::map<std::string, std::int64_t, std::less<>>;

WrittenAddresses written_addresses(const scenario::Project& project, const Plan& plan);

} // namespace murphy::run
