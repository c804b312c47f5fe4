#include "record/join.h"

#include "base/make_error.h"

#include <algorithm>
#include <set>

namespace murphy::record {

Result<void> join(Run& into, Run from) {
  std::set<std::string_view> known;
  for (const PlannedCase& planned : into.started.plan) known.insert(planned.id);
  for (const PlannedCase& planned : from.started.plan) {
    if (!known.contains(planned.id)) continue;
    return std::unexpected(usage_error("the scenario \"" + planned.id.str() + "\" is in more than one of the journals",
                                       "report each run separately, or pass journals of runs that share no scenario"));
  }
  into.started.at = std::min(into.started.at, from.started.at);
  for (Shared<PlannedCase>& planned : from.started.plan) into.started.plan.push_back(std::move(planned));
  for (FeatureResult& feature : from.features) {
    const auto same = std::ranges::find(into.features, feature.file, &FeatureResult::file);
    if (same == into.features.end())
      into.features.push_back(std::move(feature));
    else
      std::ranges::move(feature.cases, std::back_inserter(same->cases));
  }
  if (!into.ready) into.ready = from.ready;
  if (!into.lost) into.lost = std::move(from.lost);
  if (!into.control || (from.control && !from.control->holds)) into.control = std::move(from.control);
  if (into.finished && from.finished) {
    into.finished->at = std::max(into.finished->at, from.finished->at);
    into.finished->duration += from.finished->duration;
    into.finished->interrupted = into.finished->interrupted || from.finished->interrupted;
  } else {
    into.finished.reset();
  }
  return {};
}

} // namespace murphy::record
