#include "watch/watching.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace murphy::watch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds jump(30); // so far apart, the two clocks no longer measure the same time

std::set<std::string> watched(const std::vector<ScheduledCheck>& checks) {
  std::set<std::string> ids{target_check, own_check};
  for (const ScheduledCheck& each : checks) ids.insert(each.check);
  return ids;
}

milliseconds shortest_of(const std::vector<ScheduledCheck>& checks) {
  return checks.empty() ? milliseconds(1000) : std::ranges::min(checks, {}, &ScheduledCheck::every).every;
}

// Not every check has a place of its own in the schedule.
std::string scheduled_with(const std::string& check) {
  if (check.starts_with(server_prefix)) return server_check;
  if (check == memory_check || check == descriptors_check) return process_check;
  return check;
}

} // namespace

Watching::Watching(WatchState state, const std::vector<ScheduledCheck>& checks, WatchPolicy policy, std::string target,
                   WatchClock& clock, WatchHooks hooks, LockoutPolicy lockout)
    : state_(std::move(state)), schedule_(checks, clock.now().wall), policy_(std::move(policy)),
      target_(std::move(target)), clock_(clock), hooks_(std::move(hooks)), last_(clock.now()),
      shortest_(shortest_of(checks)), budget_(checks, lockout) {
  state_.target = target_;
  forget_others(state_, watched(checks));
  // One start after the other confirms nothing.
  for (const auto& [id, check] : state_.checks)
    if (const auto wait = watch::wait_to_confirm(check, policy_))
      put_off(id, std::min(check.looked, last_.wall) + *wait, checks);
}

// Each scenario looks whether the app is there, and whether Murphy can judge.
void Watching::put_off(const std::string& id, Instant until, const std::vector<ScheduledCheck>& checks) {
  if (id != target_check && id != own_check) return schedule_.put_off(scheduled_with(id), until);
  for (const ScheduledCheck& each : checks)
    if (each.check.contains('#')) schedule_.put_off(each.check, until);
}

bool Watching::has_jumped() {
  const Times now = clock_.now();
  const auto apart = (now.wall - last_.wall) - (now.steady - last_.steady);
  last_ = now;
  if (apart <= jump && apart >= -jump) return false;
  // The app goes by a clock of its own.
  budget_.shift(state_, apart);
  for (auto& [id, throttle] : throttled_) throttle.until += std::chrono::floor<Instant::duration>(apart);
  return true;
}

bool Watching::round() {
  const milliseconds after_jump = policy_.confirm.empty() ? shortest_ : policy_.confirm.front();
  std::vector<std::string> due;
  do {
    if (!clock_.wait_until(schedule_.next())) return false;
    // After a sleep, the network may not be back: what was missed is left out, and the rest waits.
    if (has_jumped()) start_over(last_.wall, after_jump);
    due = schedule_.due(clock_.now().wall);
  } while (due.empty());
  auto held = hold_back(due);
  auto look = hooks_.look(due);
  if (!look) return false;
  const bool is_cut = has_jumped();
  held_back_ += static_cast<int>(held_in_round_.size());
  held.merge(held_in_round_);
  look->held_back = std::move(held);
  if (budget_.is_limited()) budget_.end_round(state_, *look, last_.wall);
  if (is_cut) { // in the middle of it: what was seen may be the sleep's doing
    start_over(last_.wall, after_jump);
    return true;
  }
  ++judged_;
  const std::vector<Notice> notices = judge(state_, *look, policy_, target_, hooks_.acknowledged());
  plan_again(due, clock_.now().wall);
  back_off(due, look->throttled, clock_.now().wall);
  hooks_.keep(state_, notices, look->at);
  return true;
}

bool Watching::is_unconfirmed(const std::string& id) const {
  const auto check = state_.checks.find(id);
  return check != state_.checks.end() && !check->second.is_red && check->second.failed_in_row > 0;
}

// Takes out of `due` what could lock an account, and plans it again. Gives back what is left out for that.
std::map<std::string, std::string> Watching::hold_back(std::vector<std::string>& due) {
  std::map<std::string, std::string> held;
  if (!budget_.is_limited()) return held;
  const Instant now = clock_.now().wall;
  budget_.begin_round(state_, now);
  held_in_round_.clear();
  bool has_scenario = false, is_any_left_out = false;
  std::vector<std::string> left;
  for (std::string& id : due) {
    if (const auto lock = budget_.plan(state_, id, now)) {
      is_any_left_out = true;
      const bool waits = schedule_.hold_back(id, now, lock->free);
      if (waits && !is_once_ && !is_unconfirmed(id)) continue;
      held[id] = lock->account;
      ++held_back_;
      continue;
    }
    has_scenario = has_scenario || id.contains('#');
    left.push_back(std::move(id));
  }
  due = std::move(left);
  // Whether the app is there can be seen without a password.
  if (is_any_left_out && !has_scenario) due.push_back(target_check);
  if (budget_.is_any_spent() && hooks_.about_to_try) hooks_.about_to_try(state_, now);
  return held;
}

bool Watching::may_run(const std::string& scenario) {
  if (!budget_.is_limited()) return true;
  const auto lock = budget_.lock_in_round(state_, scenario, clock_.now().wall);
  if (lock) held_in_round_[scenario] = lock->account;
  return !lock;
}

void Watching::has_run(const std::string& scenario, const NumberByAccount& wrong,
                       const std::set<std::string>& refused) {
  if (!budget_.is_limited()) return;
  const Instant now = clock_.now().wall;
  budget_.has_run(state_, scenario, wrong, refused, now);
  if (!wrong.empty() && hooks_.about_to_try) hooks_.about_to_try(state_, now);
}

void Watching::plan_again(const std::vector<std::string>& due, Instant now) {
  for (const std::string& id : due) missed_ += schedule_.ran(id, now, wait_to_confirm(id));
  look_how_far_it_reaches(due);
  // While the app is not there, nothing else can be looked at; and many rounds in a short time confirm nothing.
  const auto app = state_.checks.find(target_check);
  if (app != state_.checks.end() && app->second.failed_in_row > 0)
    start_over(now, watch::wait_to_confirm(app->second, policy_).value_or(shortest_));
}

// An app that asks for fewer requests gets fewer: of each scenario that it asked, the wait grows as long as it asks.
// The others go on.
void Watching::back_off(const std::vector<std::string>& due, const std::map<std::string, seconds>& asked, Instant now) {
  constexpr std::chrono::hours longest(1);
  constexpr int most_doublings = 10;
  for (const std::string& id : due)
    if (!asked.contains(id)) throttled_.erase(id);
  for (const auto& [id, wait] : asked) {
    Throttle& throttle = throttled_[id];
    const milliseconds own = shortest_ * (1 << std::min(throttle.in_row, most_doublings));
    ++throttle.in_row;
    throttle.until = now + std::min<milliseconds>(std::max<milliseconds>(own, wait), longest);
  }
  for (const auto& [id, throttle] : throttled_) schedule_.put_off(id, throttle.until);
  state_.quiet_until = throttled_.empty() ? Instant() : schedule_.next();
}

// What is throttled waits all the same.
void Watching::start_over(Instant now, milliseconds wait) {
  schedule_.start_over(now, wait);
  for (const auto& [id, throttle] : throttled_) schedule_.put_off(id, throttle.until);
}

// Whether a check of the app server or of the database server saw nothing when it was looked at last.
bool Watching::is_blind(const std::string& id) const {
  const auto is_in = [&](std::string_view prefix, const auto& blind) {
    return id.starts_with(prefix) && blind.contains(id.substr(prefix.size()));
  };
  return is_in(app_prefix, state_.blind_app) || is_in(server_prefix, state_.blind_server);
}

// The shortest wait of what the check consists of. What is blind confirms nothing.
std::optional<milliseconds> Watching::wait_to_confirm(const std::string& id) const {
  std::optional<milliseconds> shortest;
  for (const auto& [name, check] : state_.checks) {
    // What could not be judged is confirmed as Murphy's own failure.
    const bool is_meant = state_.unjudged.contains(id) ? name == own_check : scheduled_with(name) == id;
    const auto wait = is_meant && !is_blind(name) ? watch::wait_to_confirm(check, policy_) : std::nullopt;
    if (wait && (!shortest || *wait < *shortest)) shortest = wait;
  }
  return shortest;
}

// An alert says how many scenarios fail: those that passed before the first failure run again with
// it.
void Watching::look_how_far_it_reaches(const std::vector<std::string>& due) {
  std::vector<std::string> passed;
  for (const auto& [id, check] : state_.checks)
    if (id.contains('#') && !check.is_red && check.failed_in_row == 0 && !throttled_.contains(id)) passed.push_back(id);
  for (const std::string& id : due) {
    if (id == app_certificate_check) continue; // which tells by itself how far it reaches
    const auto check = state_.checks.find(id);
    if (check == state_.checks.end() || check->second.is_red || check->second.failed_in_row != 1) continue;
    if (watch::wait_to_confirm(check->second, policy_)) schedule_.bring_along(id, passed);
  }
}

bool Watching::can_settle(const std::string& id) const {
  // What cannot be judged will not settle by itself: own_check stands for it, as long as one of them runs. One that is
  // throttled has to wait longer than anybody does for a single round.
  if (id == own_check)
    return std::ranges::any_of(state_.unjudged, [&](const auto& each) {
      return !state_.held_back.contains(each) && !throttled_.contains(each);
    });
  // Only scenarios see the app itself.
  if (id == target_check || id == answers_check) {
    const auto waits = [&](const auto& each) { return !each.first.contains('#') || throttled_.contains(each.first); };
    return throttled_.empty() || !std::ranges::all_of(state_.checks, waits);
  }
  return !state_.unjudged.contains(id) && !state_.held_back.contains(id) && !is_blind(id);
}

bool Watching::is_unsettled() const {
  return std::ranges::any_of(state_.checks, [&](const auto& each) {
    return !each.second.is_red && can_settle(each.first) && watch::wait_to_confirm(each.second, policy_).has_value();
  });
}

bool Watching::settle() {
  is_once_ = true;
  const int before = judged_;
  do {
    if (!round()) return false;
  } while (judged_ == before || is_unsettled()); // a round that a jump of the clock cut has judged nothing
  return true;
}

} // namespace murphy::watch
