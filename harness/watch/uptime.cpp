#include "watch/uptime.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace murphy::watch {
namespace {

using std::chrono::milliseconds;

milliseconds* part_of(SpentTime& time, PublicState state) {
  switch (state) {
  case PublicState::up: return &time.up;
  case PublicState::degraded: return &time.degraded;
  case PublicState::down: return &time.down;
  case PublicState::maintenance: return &time.maintenance;
  case PublicState::unknown: break;
  }
  return nullptr;
}

} // namespace

Uptime spent(const std::map<std::string, PublicState>& states, Instant from, Instant until) {
  Uptime all;
  const auto begin = std::chrono::floor<milliseconds>(from), end = std::chrono::floor<milliseconds>(until);
  for (auto at = begin; at < end;) {
    const Day day = std::chrono::floor<std::chrono::days>(at);
    const auto next = std::min<decltype(at)>(day + std::chrono::days(1), end);
    for (const auto& [feature, state] : states)
      if (state != PublicState::unknown) *part_of(all[feature][day], state) += next - at;
    at = next;
  }
  return all;
}

void add(Uptime& known, const Uptime& more) {
  for (const auto& [feature, days] : more)
    for (const auto& [day, time] : days) {
      SpentTime& all = known[feature][day];
      all.up += time.up;
      all.degraded += time.degraded;
      all.down += time.down;
      all.maintenance += time.maintenance;
    }
}

Uptime UptimeMeter::round(const WatchState& state, Instant at, std::chrono::milliseconds took) {
  note_round(scenarios_, took);
  Uptime passed = spent(public_states(state_, scenarios_, at), at_, at);
  state_ = state;
  at_ = at;
  return passed;
}

void forget_old(Uptime& known) {
  std::set<Day> all;
  for (const auto& [feature, days] : known)
    for (const auto& [day, time] : days) all.insert(day);
  while (all.size() > static_cast<std::size_t>(kept_days.count())) {
    for (auto& [feature, days] : known) days.erase(*all.begin());
    all.erase(all.begin());
  }
}

} // namespace murphy::watch
