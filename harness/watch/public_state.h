// How a feature is, in the one word that everybody may know. Pure.
#pragma once

#include "watch/incident.h"
#include "watch/watched.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::watch {

enum class PublicState { up, degraded, down, maintenance, unknown };

// "up", "degraded" …
std::string_view name_of(PublicState state);

// By the name of the feature. Down: none of its scenarios passes, or the app does not answer. Degraded: some are red,
// or slow. Unknown: a scenario has no result that is fresh, and none is red.
std::map<std::string, PublicState> public_states(const WatchState& state, const std::vector<WatchedScenario>& scenarios,
                                                 Instant now);

// Whether it is known of late if the app answers.
bool is_app_known(const WatchState& state, const std::vector<WatchedScenario>& scenarios, Instant now);

// When a scenario was judged last, or the app was seen not to answer, by which none can be; the epoch: never.
Instant last_judged(const WatchState& state, const std::vector<WatchedScenario>& scenarios);

// The worst of them; unknown of none. What is known to be bad is worse than what is not known.
PublicState worst_of(const std::map<std::string, PublicState>& states);

} // namespace murphy::watch
