// What a cause is known by, whichever scenario, run or machine showed it.
#pragma once

#include "record/suspect.h"

#include <string>

namespace murphy::diagnose {

// 16 hexadecimal digits: the same for the same subject, else for the same two names (the wrong one and the right one,
// in whichever order they were found), else for the same layer, cause and name. Folders, ids, ports, dates and values
// count for nothing, and neither does the step that failed.
std::string fingerprint_of(const record::Suspect& suspect);

} // namespace murphy::diagnose
