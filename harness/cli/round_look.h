// What a run came to, as a watch sees it. Pure.
#pragma once

#include "record/known_good.h"
#include "record/run.h"
#include "watch/look.h"

#include <set>
#include <string>
#include <vector>

namespace murphy::cli {

// `refused`: ids of scenarios whose right password the app may not have taken, and may have counted.
watch::RoundLook look_of(const record::Run& run, const std::set<std::string>& refused = {});

// Whether the app seems not to be there: it, or a request of a scenario, was not reached.
bool seems_gone(const watch::RoundLook& round);
// Of a round without a network: what failed says nothing of the app. `checks`: those that were to be looked at.
void blind(watch::RoundLook& round, const std::vector<std::string>& checks);

// Of a round in which the ready page asked for fewer requests: none of `checks` that is a scenario can be judged, and
// each waits.
void put_off_by_ready_page(watch::RoundLook& round, const std::vector<std::string>& checks);

// The tables that were seen, against those of the baseline.
watch::SchemaLook compared(const record::KnownGood& baseline, const record::KnownGood& seen);

} // namespace murphy::cli
