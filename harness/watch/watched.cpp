#include "watch/watched.h"

#include <algorithm>
#include <map>
#include <utility>

namespace murphy::watch {
namespace {

constexpr int fresh_intervals = 3;

} // namespace

bool is_fresh(const WatchedScenario& scenario, record::Instant looked, record::Instant now) {
  const auto lasts = std::max(fresh_intervals * scenario.every, scenario.every + 2 * scenario.round);
  return std::chrono::abs(now - looked) <= lasts;
}

void note_round(std::vector<WatchedScenario>& scenarios, std::chrono::milliseconds took) {
  for (WatchedScenario& each : scenarios)
    each.round = std::max(each.round, std::min<std::chrono::milliseconds>(took, longest_round));
}

std::vector<WatchedScenario> told_apart(std::vector<WatchedScenario> scenarios) {
  std::map<std::pair<std::string, std::string>, int> seen;
  for (const WatchedScenario& each : scenarios) ++seen[{each.feature, each.name}];
  for (WatchedScenario& each : scenarios)
    if (seen[{each.feature, each.name}] > 1) each.name += " (" + each.id.substr(0, each.id.find('#')) + ")";
  return scenarios;
}

} // namespace murphy::watch
