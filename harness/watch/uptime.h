// How long each feature was in which state, day by day in UTC. What is not here, nobody knows. Pure.
#pragma once

#include "watch/public_state.h"

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace murphy::watch {

struct SpentTime {
  std::chrono::milliseconds up{}, degraded{}, down{}, maintenance{};
  std::chrono::milliseconds known() const { return up + degraded + down + maintenance; }
  bool operator==(const SpentTime&) const = default;
};

using Day = std::chrono::sys_days;
using Uptime = std::map<std::string, std::map<Day, SpentTime>>; // by feature
inline constexpr std::chrono::days kept_days{90};               // today among them

// The time between two moments, in which the features were in these states. Nothing, where the clock was set back.
Uptime spent(const std::map<std::string, PublicState>& states, Instant from, Instant until);

// Adds to what is known already.
void add(Uptime& known, const Uptime& more);

// Measures from round to round: until the next, everything is as the last one saw it.
class UptimeMeter {
public:
  UptimeMeter(std::vector<WatchedScenario> scenarios, WatchState state, Instant now)
      : scenarios_(std::move(scenarios)), state_(std::move(state)), at_(now) {}
  // From now on, these are watched.
  void set_scenarios(std::vector<WatchedScenario> scenarios) { scenarios_ = std::move(scenarios); }
  // The time that has passed since the round before. This one took so long.
  Uptime round(const WatchState& state, Instant at, std::chrono::milliseconds took);

private:
  std::vector<WatchedScenario> scenarios_;
  WatchState state_;
  Instant at_;
};

// Keeps the `kept_days` newest days of which something is known. Not by the clock: one that jumps ahead for a while
// would take all of them.
void forget_old(Uptime& known);

} // namespace murphy::watch
