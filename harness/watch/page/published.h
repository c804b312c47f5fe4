// What a watch shows to others, as values that it hands over after each round.
#pragma once

#include "watch/metrics.h"
#include "watch/uptime.h"

namespace murphy::watch {

struct Published {
  WatchState state;
  MetricsFacts facts;
  Uptime uptime;
  bool has_begun = true;  // false: it is what an earlier watch knew
  bool has_ended = false; // nobody looks any longer: nothing is known
};

} // namespace murphy::watch
