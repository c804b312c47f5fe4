// How near the scenarios of a round come to locking an account, and which of them therefore do not run. Pure.
#pragma once

#include "watch/incident.h"
#include "watch/lockout.h"
#include "watch/look.h"
#include "watch/schedule.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::watch {

// What the app counts over rounds and restarts is in the state; what happens within one round is here.
class AttemptBudget {
public:
  AttemptBudget(const std::vector<ScheduledCheck>& checks, LockoutPolicy lockout);

  // Whether the app locks accounts at all. If not, everything may run, and nothing else here is called.
  bool is_limited() const { return lockout_.limit.has_value(); }
  // The app's clock goes on as it did, and the watch's was set by so much.
  void shift(WatchState& state, record::Instant::duration by);

  // Of one that would come too near to a lock.
  struct Lock {
    std::string account;
    Instant free{}; // when it may run
  };
  void begin_round(WatchState& state, Instant now);
  // Before a round: whether the check may run after those that were planned before it. None: it may, and is planned.
  std::optional<Lock> plan(WatchState& state, const std::string& id, Instant now);
  // Whether something was planned that sends wrong passwords by intent.
  bool is_any_spent() const { return is_any_spent_; }
  // Within the round, before a scenario runs: the same, by what this round has sent until now.
  std::optional<Lock> lock_in_round(const WatchState& state, const std::string& id, Instant now) const;
  // After it: what it sent, and whose right password the app may have refused.
  void has_run(WatchState& state, const std::string& id, const NumberByAccount& wrong,
               const std::set<std::string>& refused, Instant now);
  // What was foreseen gives way to what was sent: an app that was not reached counts nothing.
  void end_round(WatchState& state, const RoundLook& look, Instant now);

private:
  bool may_be_refused(const WatchState& state, const std::string& account) const;
  NumberByAccount may_spend(const WatchState& state, const std::string& id) const;
  std::optional<Lock> lock_by(const WatchState& state, const std::string& id, const SpentByAccount& spent,
                              Instant now) const;

  LockoutPolicy lockout_;
  std::map<std::string, ScheduledCheck> sign_ins_; // checks that sign in as somebody, by id
  SpentByAccount before_, in_round_;               // what was sent before this round, and until now in it
  SpentByAccount planned_;                         // before it, with what may be refused
  std::set<std::string> refused_in_round_;         // accounts
  bool is_any_spent_ = false;
};

} // namespace murphy::watch
