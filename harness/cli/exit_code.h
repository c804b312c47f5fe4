// The exit codes of `murphy`, decided here and nowhere else (README.md, "Exit codes").
#pragma once

#include "base/error.h"
#include "record/run.h"

namespace murphy::cli {

enum class ExitCode {
  passed = 0,           // every scenario passed
  failed = 1,           // a scenario failed, or the app does not come up: it is broken
  usage = 2,            // the command line, the project or a scenario file is wrong; nothing was sent
  target = 3,           // the app could not be reached, started or understood
  internal = 4,         // Murphy failed: a report could not be written
  nothing_selected = 5, // there was nothing to run
  interrupted = 130,
};

ExitCode exit_code(ErrorKind kind);

// What a whole run amounts to. A failure that was proven outweighs what could not be judged beside it.
ExitCode exit_code(const record::Run& run);

} // namespace murphy::cli
