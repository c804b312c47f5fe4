// What a watch does to the accounts of an app: how often it signs in as whom, and how near it comes to a lock.
#pragma once

#include "base/error.h"
#include "run/plan/plan.h"
#include "scenario/watch_reader.h"
#include "watch/look.h"
#include "watch/schedule.h"

#include <map>
#include <string>
#include <vector>

namespace murphy::cli {

// Each scenario of the plan with its interval and its wrong passwords, and the database of the target. Errors: usage, a
// tag expression of [watch] that cannot be read.
Result<std::vector<watch::ScheduledCheck>> scheduled_checks(const run::Plan& plan, const scenario::Target& target,
                                                            const scenario::App& app,
                                                            const scenario::WatchSettings& settings);

struct AccountLoad {
  double sign_ins_a_day = 0; // all attempts
  int wrong_passwords = 0;   // most, within the window of the lockout
  // As of scenario::SignInAttempts, of the plan; null: there is none.
  const scenario::Step* repeats = nullptr;
};
// By user. `checks`: those of the plan.
std::map<std::string, AccountLoad> load_of(const run::Plan& plan, const scenario::App& app,
                                           const std::vector<watch::ScheduledCheck>& checks,
                                           const scenario::WatchSettings& settings);

// One line for each account: "[watch] signs in 1,440 times a day as ada, …".
std::string load_text(const std::map<std::string, AccountLoad>& load, const scenario::Target& target,
                      const scenario::WatchSettings& settings);

// For each account that the watch would lock. Errors: usage, at the target, or at a step that repeats a sign-in.
Errors locked_accounts(const std::map<std::string, AccountLoad>& load, const scenario::Target& target,
                       const scenario::WatchSettings& settings);

} // namespace murphy::cli
