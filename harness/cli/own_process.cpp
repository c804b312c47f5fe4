#include "cli/own_process.h"

#include "target/process_figures.h"

#include <chrono>
#include <unistd.h>

namespace murphy::cli {

watch::ProcessFigures own_process() {
  const auto figures = target::figures_of(getpid());
  if (!figures) return {};
  return {.cpu_seconds = figures->cpu_seconds,
          .started = std::chrono::duration<double>(figures->started.time_since_epoch()).count(),
          .resident_bytes = figures->resident_bytes,
          .open_files = figures->open_files.value_or(0),
          .most_files = figures->most_files,
          .threads = figures->threads};
}

} // namespace murphy::cli
