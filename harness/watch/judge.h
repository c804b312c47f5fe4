// From what rounds saw to incidents: one for each cause, whatever the number of scenarios it breaks. Pure.
#pragma once

#include "watch/incident.h"

#include <set>
#include <string>
#include <vector>

namespace murphy::watch {

// Something that people should hear.
struct Notice {
  // Sharpened: more is known of the cause. Spread: it has reached a feature that nobody was told of.
  enum class What { opened, sharpened, spread, reminder, resolved };
  What what = What::opened;
  Incident incident; // as it is now; of one that is resolved, as it was
  Instant at{};
  bool schema_remains = false; // of one that is resolved: the change is still there
  std::string goes_on_as = {}; // of one that is resolved: the id of another that its scenarios still fail by
};

// Who has taken care of an incident: it sends no reminders.
using Acknowledged = std::set<std::string>; // ids of incidents

// Takes a round into the state, and says what is to be told. Incidents that are no longer in `state.open` are over.
std::vector<Notice> judge(WatchState& state, const RoundLook& round, const WatchPolicy& policy,
                          const std::string& target, const Acknowledged& acknowledged);

// Forgets checks that are not watched any longer: they would keep an incident open for ever. The next round says so.
void forget_others(WatchState& state, const std::set<std::string>& checks);

} // namespace murphy::watch
