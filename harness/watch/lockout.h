// How many more wrong passwords an account may get before its app locks it, over rounds and restarts. Pure.
#pragma once

#include "record/exchange.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

struct LockoutPolicy {
  std::optional<int> limit;           // so many lock an account; none: the app locks none
  std::chrono::milliseconds window{}; // for which it counts them
};

struct WrongPasswords {
  record::Instant at{};
  int count = 0;
  bool operator==(const WrongPasswords&) const = default;
};

using NumberByAccount = std::map<std::string, int>;
using SpentByAccount = std::map<std::string, std::vector<WrongPasswords>>; // the oldest first

// Of one account: whether `more` wrong passwords leave it at least one short of the lock. One that has had none may
// always be tried once: what asks for too many by itself is refused before.
bool may_try(const SpentByAccount& spent, const std::string& account, int more, const LockoutPolicy& policy);

// Adds what is about to be tried, and forgets what the app does not count any longer.
void spend(SpentByAccount& spent, const NumberByAccount& more, record::Instant now);
void forget_old(SpentByAccount& spent, const LockoutPolicy& policy, record::Instant now);
// The clock was set by so much: what was sent is as old as before.
void shift(SpentByAccount& spent, record::Instant::duration by);

// Of one account whose right password is refused: when to try it once more, now or later. Tries are spread over the
// window, so that a recovery is seen and the account does not come nearer to its lock.
record::Instant next_in_turn(const SpentByAccount& spent, const std::string& account, const LockoutPolicy& policy,
                             record::Instant now);

// When `more` may be tried as the account, if nothing else is: now, or when the app has forgotten enough.
record::Instant free_at(const SpentByAccount& spent, const std::string& account, int more, const LockoutPolicy& policy,
                        record::Instant now);

} // namespace murphy::watch
