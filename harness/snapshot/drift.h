// What is different now from what the known-good record says. Pure.
#pragma once

#include "record/known_good.h"

#include <string>
#include <vector>

namespace murphy::snapshot {

// One sentence for each difference, without a full stop; empty when there is none. A name that went while a near one
// came is reported as one change: `users has "pasword_hash" where it had "password_hash"`.
std::vector<std::string> drift(const record::KnownGood& before, const record::KnownGood& now);

// The same of a run that saw a part of the app: tables, if it looked at any, and cookies that both know by name. What
// the run did not come to is no difference, and pages are not compared.
std::vector<std::string> drift_of_run(const record::KnownGood& before, const record::KnownGood& seen);

// The same of what failed, and of pages as well: requests, forms and cookies that both know. A request that was
// answered in several ways before differs only where it is answered in none of them now.
std::vector<std::string> drift_of_failure(const record::KnownGood& before, const record::KnownGood& seen);

// Whether other migrations of a tool have run, which is no difference of the app by itself. Of a tool that one of the
// records lacks, nobody knows: it is older, or that account may not read the table.
bool have_other_migrations(const record::KnownGood& before, const record::KnownGood& now);

} // namespace murphy::snapshot
