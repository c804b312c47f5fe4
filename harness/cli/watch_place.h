// The watch that a project file describes.
#pragma once

#include "base/error.h"
#include "scenario/variables.h"
#include "scenario/watch_reader.h"
#include "target/database_address.h"
#include "watch/maintenance.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::cli {

struct WatchPlace {
  scenario::WatchSettings settings; // with paths as seen from the working directory
  std::vector<watch::MaintenanceWindow> maintenance;
  std::optional<target::DatabaseAddress> read_replica;
  target::DatabaseAddress store;
  std::string metrics;          // a file, as seen from the working directory; empty: none
  std::string status_directory; // the same
};

// The maintenance windows of [watch]. Errors: usage, at the place in the file; times that are none, and zones that this
// machine does not know.
Result<std::vector<watch::MaintenanceWindow>> maintenance_windows(const scenario::WatchSettings& settings);

// Errors: usage, at the place in the file, also where there is no [watch].
Result<WatchPlace> watch_of(const std::string& project_file, const std::string& directory,
                            const scenario::Inputs& inputs);

} // namespace murphy::cli
