// What a watch knows, in the text formats of Prometheus. Pure.
#pragma once

#include "record/exposition.h"
#include "watch/counts.h"
#include "watch/incident.h"
#include "watch/watched.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

// Of the process itself, as Prometheus' own libraries name it.
struct ProcessFigures {
  double cpu_seconds = 0;
  double started = 0; // seconds since 1970
  std::int64_t resident_bytes = 0;
  std::int64_t open_files = 0;
  std::int64_t most_files = 0;
  std::int64_t threads = 0;
};

// Of the files of the watch: how it went when they were read last.
struct ReloadFigures {
  bool is_good = true;
  Instant last_good{}; // the epoch: they were read once, at the start
};

struct MetricsFacts {
  std::string version; // of Murphy
  std::string target;
  std::vector<WatchedScenario> scenarios;
  std::optional<Counts> counts;          // none: the process ends before anybody could watch them grow
  std::optional<ProcessFigures> process; // none: they would get in the way of those of node_exporter
  ReloadFigures reload{};
};

// So many series at most, of which those that matter least are left out.
inline constexpr std::size_t most_series = 5000;

// A scenario without a look that still counts has no success.
std::string metrics_text(const WatchState& state, const MetricsFacts& facts, record::MetricsFormat format, Instant now);

} // namespace murphy::watch
