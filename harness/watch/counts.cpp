#include "watch/counts.h"

#include <algorithm>
#include <chrono>

namespace murphy::watch {

void count(Counts& counts, const RoundLook& round) {
  if (round.console) counts.error_lines += static_cast<std::int64_t>(round.console->lines.size());
  for (const std::string& id : round.unjudged) ++counts.scenarios[id].unjudged;
  for (const CheckLook& look : round.checks) {
    if (!look.check.contains('#')) continue;
    ScenarioCounts& scenario = counts.scenarios[look.check];
    const double seconds = std::chrono::duration<double>(look.took).count();
    const auto bound = std::ranges::lower_bound(duration_bounds, seconds);
    ++scenario.durations[static_cast<std::size_t>(bound - duration_bounds.begin())];
    scenario.seconds += seconds;
    if (look.outcome == CheckLook::Outcome::passed) {
      ++scenario.passed;
      continue;
    }
    ++scenario.failed;
    scenario.last_failed = {.trace = look.trace,
                            .value = seconds,
                            .at = std::chrono::duration<double>(round.at.time_since_epoch()).count()};
    const auto confidence = look.cause ? record::name_of(look.cause->confidence) : std::string_view("none");
    ++counts.failures[{look.layer.empty() ? "unknown" : look.layer, std::string(confidence)}];
  }
}

} // namespace murphy::watch
