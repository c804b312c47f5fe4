// What the migrations of the app say of a name that is not in its database. Pure.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/finding.h"
#include "record/suspect.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace murphy::diagnose {

// Of a table or column that is missing: a migration that writes its name and has not run is the cause. Where a name
// that is near explains it and the migration does not write that one, too, it only speaks for the suspect. So does one
// that ran since the known-good record and writes the name that is there, or the missing one, and so does one that
// failed. Of a message that migrations have not run: which. Says nothing of other suspects: a migration that waits is
// no fault by itself. The suspect is of this finding.
void judge_by_migrations(record::Suspect& suspect, const Finding& finding, const Evidence& evidence);

// What was found of the names of these suspects before.
std::map<std::string, std::vector<std::string>> named_in_of(std::span<const record::Suspect> recorded);

} // namespace murphy::diagnose
