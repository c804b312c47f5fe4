// What a watch remembers of the app's process, and what it says of it. Pure.
#pragma once

#include "watch/look.h"
#include "watch/server_finding.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

struct ProcessMemory {
  std::int64_t id = 0;               // the process that was seen last; 0: none was
  std::int64_t start_ticks = 0;      // of that one
  std::vector<Instant> starts;       // those that were seen in the last ten minutes, beside the first of all
  std::int64_t restarts = 0;         // since the watch has its store
  std::optional<ProcessLook> last{}; // of a process that runs; none after a restart of the watch
  bool operator==(const ProcessMemory&) const = default;
};

// By check: process_check, memory_check, descriptors_check. A single restart is no fault: apps are deployed. Three in
// ten minutes are, and so is a process that uses nine tenths of what it may have.
std::map<std::string, ServerFinding> take_in(ProcessMemory& memory, const ProcessLook& look, Instant now);

} // namespace murphy::watch
