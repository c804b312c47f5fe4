#include "watch/lockout.h"

#include <algorithm>

namespace murphy::watch {
namespace {

int number_of(const std::vector<WrongPasswords>& all) {
  int number = 0;
  for (const WrongPasswords& each : all) number += each.count;
  return number;
}

bool is_within(int spent, int more, int limit) { return more == 0 || spent == 0 || spent + more < limit; }

} // namespace

bool may_try(const SpentByAccount& spent, const std::string& account, int more, const LockoutPolicy& policy) {
  const auto known = spent.find(account);
  return !policy.limit || known == spent.end() || is_within(number_of(known->second), more, *policy.limit);
}

void spend(SpentByAccount& spent, const NumberByAccount& more, record::Instant now) {
  for (const auto& [account, count] : more)
    if (count > 0) spent[account].push_back({.at = now, .count = count});
}

void forget_old(SpentByAccount& spent, const LockoutPolicy& policy, record::Instant now) {
  for (auto& [account, all] : spent) {
    // Of what seems to come, the clock was set back before this watch began: it may be as new as can be.
    for (WrongPasswords& each : all) each.at = std::min(each.at, now);
    std::erase_if(all, [&](const WrongPasswords& each) { return now - each.at >= policy.window; });
  }
  std::erase_if(spent, [](const auto& each) { return each.second.empty(); });
}

void shift(SpentByAccount& spent, record::Instant::duration by) {
  for (auto& [account, all] : spent)
    for (WrongPasswords& each : all) each.at += by;
}

record::Instant next_in_turn(const SpentByAccount& spent, const std::string& account, const LockoutPolicy& policy,
                             record::Instant now) {
  const auto known = spent.find(account);
  if (!policy.limit || known == spent.end() || known->second.empty()) return now;
  return std::max(now, known->second.back().at + policy.window / std::max(1, *policy.limit - 1));
}

record::Instant free_at(const SpentByAccount& spent, const std::string& account, int more, const LockoutPolicy& policy,
                        record::Instant now) {
  const auto known = spent.find(account);
  if (!policy.limit || known == spent.end()) return now;
  int left = number_of(known->second);
  record::Instant at = now;
  for (const WrongPasswords& each : known->second) {
    if (is_within(left, more, *policy.limit)) break;
    left -= each.count;
    at = std::max(at, each.at + policy.window);
  }
  return at;
}

} // namespace murphy::watch
