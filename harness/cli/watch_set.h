// Everything that the files of a watch say, read and checked.
#pragma once

#include "cli/alert_channels.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/prepared_run.h"
#include "cli/watch_place.h"
#include "watch/check_state.h"
#include "watch/schedule.h"
#include "watch/watched.h"
#include "web/http/http_client.h"

#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace murphy::cli {

struct WatchSet {
  WatchPlace place;
  RunOptions run; // of its rounds
  std::unique_ptr<PreparedRun> ready;
  std::vector<watch::ScheduledCheck> checks;
  std::vector<watch::WatchedScenario> scenarios; // names are masked: they are shown to everybody
  watch::WatchPolicy policy;
  AlertAddresses addresses;
  std::unique_ptr<web::HttpClient> client; // that alerts go out by

  // The files that it was read from, and those that a new one could be read from.
  std::vector<std::string> files() const;
};

// What is wrong has been shown, and gives the exit code.
std::expected<std::unique_ptr<WatchSet>, ExitCode> read_watch_set(const WatchOptions& options);

// The files that were read of a project that has errors, or was refused.
std::vector<std::string> files_read(const WatchOptions& options);

// What has changed that a watch takes only at its start, as an error; nothing where it has not.
std::optional<Error> needs_restart(const WatchSet& old, const WatchSet& next);

} // namespace murphy::cli
