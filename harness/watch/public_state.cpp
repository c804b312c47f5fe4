#include "watch/public_state.h"

#include <algorithm>

namespace murphy::watch {
namespace {

struct Seen {
  int red = 0, green = 0, slow = 0, unknown = 0; // of the green ones, so many are slow
};

PublicState state_of(const Seen& seen) {
  if (seen.red > 0) return seen.green > 0 ? PublicState::degraded : PublicState::down;
  if (seen.slow > 0) return PublicState::degraded;
  return seen.unknown > 0 ? PublicState::unknown : PublicState::up;
}

// The worst is the highest.
int badness(PublicState state) {
  switch (state) {
  case PublicState::up: return 0;
  case PublicState::maintenance: return 1;
  case PublicState::unknown: return 2;
  case PublicState::degraded: return 3;
  case PublicState::down: break;
  }
  return 4;
}

} // namespace

std::string_view name_of(PublicState state) {
  switch (state) {
  case PublicState::up: return "up";
  case PublicState::degraded: return "degraded";
  case PublicState::down: return "down";
  case PublicState::maintenance: return "maintenance";
  case PublicState::unknown: break;
  }
  return "unknown";
}

bool is_app_known(const WatchState& state, const std::vector<WatchedScenario>& scenarios, Instant now) {
  const auto app = state.checks.find(target_check);
  const auto most_often = std::ranges::min_element(scenarios, {}, &WatchedScenario::every);
  return app != state.checks.end() && most_often != scenarios.end() && is_fresh(*most_often, app->second.looked, now);
}

Instant last_judged(const WatchState& state, const std::vector<WatchedScenario>& scenarios) {
  Instant last{};
  for (const WatchedScenario& each : scenarios)
    if (const auto check = state.checks.find(each.id); check != state.checks.end())
      last = std::max(last, check->second.looked);
  const auto app = state.checks.find(target_check);
  if (app != state.checks.end() && app->second.failed_in_row > 0) last = std::max(last, app->second.looked);
  return last;
}

std::map<std::string, PublicState> public_states(const WatchState& state, const std::vector<WatchedScenario>& scenarios,
                                                 Instant now) {
  const auto app = state.checks.find(target_check);
  const bool is_app_down = app != state.checks.end() && app->second.is_red;
  std::map<std::string, Seen> features;
  for (const WatchedScenario& each : scenarios) {
    Seen& seen = features[each.feature];
    const auto check = state.checks.find(each.id);
    // While Murphy cannot judge it, what it saw before is no answer.
    const bool is_known =
        check != state.checks.end() && !state.unjudged.contains(each.id) && is_fresh(each, check->second.looked, now);
    ++(!is_known ? seen.unknown : check->second.is_red ? seen.red : seen.green);
    if (is_known && !check->second.is_red && check->second.is_slow) ++seen.slow;
  }
  const bool is_app_fresh = is_app_down && is_app_known(state, scenarios, now);
  std::map<std::string, PublicState> states;
  for (const auto& [feature, seen] : features) {
    const bool is_seen = seen.red + seen.green > 0 || is_app_fresh;
    states[feature] = state.is_maintenance && is_seen ? PublicState::maintenance
                      : is_app_fresh                  ? PublicState::down
                                                      : state_of(seen);
  }
  return states;
}

PublicState worst_of(const std::map<std::string, PublicState>& states) {
  if (states.empty()) return PublicState::unknown;
  return std::ranges::max_element(states, {}, [](const auto& each) { return badness(each.second); })->second;
}

} // namespace murphy::watch
