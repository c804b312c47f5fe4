#include "watch/attempt_budget.h"

#include <algorithm>
#include <utility>

namespace murphy::watch {
namespace {

const CheckState* check_of(const WatchState& state, const std::string& id) {
  const auto found = state.checks.find(id);
  return found == state.checks.end() ? nullptr : &found->second;
}

// Whether the check waits for the app to take the account's right password again.
bool is_recovering(const WatchState& state, const std::string& id, const std::string& account) {
  const CheckState* check = check_of(state, id);
  return check != nullptr && check->is_red && check->refused.contains(account);
}

} // namespace

AttemptBudget::AttemptBudget(const std::vector<ScheduledCheck>& checks, LockoutPolicy lockout) : lockout_(lockout) {
  for (const ScheduledCheck& each : checks)
    if (!each.wrong_passwords.empty() || !each.accounts.empty()) sign_ins_[each.check] = each;
}

void AttemptBudget::shift(WatchState& state, record::Instant::duration by) {
  for (SpentByAccount* each : {&state.wrong_passwords, &before_, &in_round_}) watch::shift(*each, by);
}

void AttemptBudget::begin_round(WatchState& state, Instant now) {
  forget_old(state.wrong_passwords, lockout_, now);
  before_ = in_round_ = planned_ = state.wrong_passwords;
  refused_in_round_.clear();
  is_any_spent_ = false;
}

// Whether the app has refused the right password of the account when it was sent last.
bool AttemptBudget::may_be_refused(const WatchState& state, const std::string& account) const {
  return refused_in_round_.contains(account) ||
         std::ranges::any_of(state.checks, [&](const auto& each) { return each.second.refused.contains(account); });
}

// What a run of it may add to what the app counts.
NumberByAccount AttemptBudget::may_spend(const WatchState& state, const std::string& id) const {
  NumberByAccount all;
  const auto known = sign_ins_.find(id);
  if (known != sign_ins_.end()) {
    all = known->second.wrong_passwords;
    for (const std::string& account : known->second.accounts)
      if (may_be_refused(state, account)) ++all[account];
  }
  if (const CheckState* check = check_of(state, id))
    for (const std::string& account : check->refused)
      if (known == sign_ins_.end() || !known->second.accounts.contains(account)) ++all[account];
  return all;
}

std::optional<AttemptBudget::Lock> AttemptBudget::lock_by(const WatchState& state, const std::string& id,
                                                          const SpentByAccount& spent, Instant now) const {
  const CheckState* check = check_of(state, id);
  // Of two tries in all, the other one is for the first confirmation.
  constexpr int two_tries = 3;
  const bool is_first_confirmation =
      lockout_.limit <= two_tries && check != nullptr && !check->is_red && check->failed_in_row == 1;
  for (const auto& [account, more] : may_spend(state, id)) {
    if (is_recovering(state, id, account)) {
      const Instant turn = next_in_turn(spent, account, lockout_, now);
      if (turn <= now && may_try(spent, account, more, lockout_)) continue;
      return Lock{.account = account, .free = std::max(turn, free_at(spent, account, more, lockout_, now))};
    }
    // One is kept for the recovery of what fails: nobody is to wait for the end of an outage that is over.
    const bool is_kept = may_be_refused(state, account) && !is_first_confirmation;
    const int with_kept = more > 0 && is_kept ? more + 1 : more;
    if (!may_try(spent, account, with_kept, lockout_))
      return Lock{.account = account, .free = free_at(spent, account, with_kept, lockout_, now)};
  }
  return std::nullopt;
}

std::optional<AttemptBudget::Lock> AttemptBudget::plan(WatchState& state, const std::string& id, Instant now) {
  const NumberByAccount more = may_spend(state, id);
  if (auto lock = lock_by(state, id, planned_, now)) return lock;
  spend(planned_, more, now);
  if (const auto sent = sign_ins_.find(id); sent != sign_ins_.end() && !sent->second.wrong_passwords.empty()) {
    spend(state.wrong_passwords, sent->second.wrong_passwords, now);
    is_any_spent_ = true;
  }
  return std::nullopt;
}

std::optional<AttemptBudget::Lock> AttemptBudget::lock_in_round(const WatchState& state, const std::string& id,
                                                                Instant now) const {
  return lock_by(state, id, in_round_, now);
}

void AttemptBudget::has_run(WatchState& state, const std::string& id, const NumberByAccount& wrong,
                            const std::set<std::string>& refused, Instant now) {
  spend(in_round_, wrong, now);
  refused_in_round_.insert(refused.begin(), refused.end());
  // A watch that is killed knows of it: what was foreseen for the others stays, too.
  NumberByAccount beyond = wrong;
  if (const auto known = sign_ins_.find(id); known != sign_ins_.end() && !wrong.empty())
    for (const auto& [account, number] : known->second.wrong_passwords) beyond[account] -= number;
  spend(state.wrong_passwords, beyond, now);
}

void AttemptBudget::end_round(WatchState& state, const RoundLook& look, Instant now) {
  state.wrong_passwords = std::move(before_);
  for (const auto& [id, wrong] : look.wrong_passwords) spend(state.wrong_passwords, wrong, now);
}

} // namespace murphy::watch
