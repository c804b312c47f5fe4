// The scenarios of a watch, as what it publishes needs them. Pure.
#pragma once

#include "record/exchange.h"

#include <chrono>
#include <string>
#include <vector>

namespace murphy::watch {

struct WatchedScenario {
  std::string id;
  std::string feature;
  std::string name;                  // within its feature
  std::chrono::milliseconds every{}; // between two runs; positive
  std::chrono::milliseconds round{}; // how long a round takes at most, as far as is known
};

// Longer than this, no round takes: the watch hangs.
inline constexpr std::chrono::minutes longest_round(10);

// Whether a look at it still counts: silence is no good news. It does for three intervals; and where rounds are slow,
// until the next look can have ended, behind a round that runs when it is due. A clock that was set back proves
// nothing: the time between the two counts, whichever is first.
bool is_fresh(const WatchedScenario& scenario, record::Instant looked, record::Instant now);

// A round took so long: an app that does not answer holds it up.
void note_round(std::vector<WatchedScenario>& scenarios, std::chrono::milliseconds took);

// Two files may give the same feature two scenarios of one name: these get their file behind it.
std::vector<WatchedScenario> told_apart(std::vector<WatchedScenario> scenarios);

} // namespace murphy::watch
