// What a case has sent that an app counts which locks accounts. Pure.
#pragma once

#include "record/run.h"
#include "run/plan/plan.h"
#include "scenario/model.h"
#include "watch/lockout.h"

#include <set>
#include <string>

namespace murphy::cli {

struct SentPasswords {
  watch::NumberByAccount wrong;  // by account: what the app may count, refused right ones included
  std::set<std::string> refused; // accounts whose right password the app may not have taken
};

// By the requests of the whole case, whose steps that passed have kept theirs. The app counts no password that it
// answered with a server error, or not at all. Rather too many than too few.
SentPasswords sent_passwords(const run::Case& planned, const record::CaseResult& result, const scenario::App& app);

} // namespace murphy::cli
