// What is different now from what the known-good record says. Pure.
#pragma once

#include "record/known_good.h"

#include <string>
#include <vector>

namespace murphy::snapshot {

// One sentence for each difference, without a full stop; empty when there is none. A name that went while a near one
// came is reported as one change: `users has "pasword_hash" where it had "password_hash"`.
std::vector<std::string> drift(const record::KnownGood& before, const record::KnownGood& now);

} // namespace murphy::snapshot
