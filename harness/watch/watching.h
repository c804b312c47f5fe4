// The watch itself: waits for what is due, has it looked at, judges, and hands on what is known. It sees time through a
// clock and the world through functions, so that a thousand hours pass in a second.
#pragma once

#include "watch/attempt_budget.h"
#include "watch/judge.h"
#include "watch/schedule.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::watch {

// The two clocks go apart when the machine slept or its clock was set.
struct Times {
  Instant wall{};
  std::chrono::steady_clock::time_point steady{};
};

class WatchClock {
public:
  virtual ~WatchClock() = default;
  virtual Times now() = 0;
  // Returns at that time of the wall clock, or earlier. False: the watch is to end.
  virtual bool wait_until(Instant wall) = 0;
};

struct WatchHooks {
  // Keeps what is about to be tried: a watch that is killed must not forget that an account comes closer to its lock.
  // May be empty.
  std::function<void(const WatchState& state, Instant at)> about_to_try = {};
  // Looks at these checks. None: the watch is to end.
  std::function<std::optional<RoundLook>(const std::vector<std::string>& checks)> look;
  std::function<Acknowledged()> acknowledged;
  // Keeps the state, and passes on what is to be told.
  std::function<void(const WatchState& state, const std::vector<Notice>& notices, Instant at)> keep;
};

class Watching {
public:
  // `state` is what an earlier watch knew; of it, only what is still watched counts. The clock must outlive this.
  Watching(WatchState state, const std::vector<ScheduledCheck>& checks, WatchPolicy policy, std::string target,
           WatchClock& clock, WatchHooks hooks, LockoutPolicy lockout = {});

  // Waits for the next round, and sees to it. False: the watch is to end.
  bool round();
  // In the middle of a look, before a scenario runs: whether it leaves its accounts short of their lock, by what this
  // round has sent until now. One that may not is held back.
  bool may_run(const std::string& scenario);
  // After it: what it sent, as of RoundLook::wrong_passwords, and whose right password the app may have refused.
  void has_run(const std::string& scenario, const NumberByAccount& wrong, const std::set<std::string>& refused);
  // Rounds until every check is either as it should be or red. False: the watch is to end.
  bool settle();

  const WatchState& state() const { return state_; }
  int missed() const { return missed_; }       // runs that were left out because others took too long
  int held_back() const { return held_back_; } // the same because another failure could lock an account

private:
  void put_off(const std::string& id, Instant until, const std::vector<ScheduledCheck>& checks);
  bool has_jumped();
  bool is_unsettled() const;
  std::map<std::string, std::string> hold_back(std::vector<std::string>& due);
  bool is_unconfirmed(const std::string& id) const;
  bool can_settle(const std::string& id) const;
  bool is_blind(const std::string& id) const;
  void plan_again(const std::vector<std::string>& due, Instant now);
  void start_over(Instant now, std::chrono::milliseconds wait);
  void back_off(const std::vector<std::string>& due, const std::map<std::string, std::chrono::seconds>& asked,
                Instant now);
  std::optional<std::chrono::milliseconds> wait_to_confirm(const std::string& id) const;
  void look_how_far_it_reaches(const std::vector<std::string>& due);

  WatchState state_;
  Schedule schedule_;
  WatchPolicy policy_;
  std::string target_;
  WatchClock& clock_;
  WatchHooks hooks_;
  Times last_;
  std::chrono::milliseconds shortest_{}; // interval
  AttemptBudget budget_;
  std::map<std::string, std::string> held_in_round_;
  int missed_ = 0, held_back_ = 0;
  // Of a scenario that the app asks for fewer requests.
  struct Throttle {
    int in_row = 0;  // runs
    Instant until{}; // when it may run again
  };
  std::map<std::string, Throttle> throttled_; // by id
  int judged_ = 0;                            // rounds
  bool is_once_ = false;                      // nobody waits for what could run later
};

} // namespace murphy::watch
