// A run whose events go to the console, to the journal and into one value.
#pragma once

#include "cli/outputs.h"
#include "cli/prepared_run.h"

namespace murphy::cli {

struct RecordedRun {
  record::Run run;
  Errors errors; // what kept the journal or the run from being kept whole
  std::optional<record::Schema>
      schema{}; // what the app's database held at the end, where there is a baseline or a history
};

// Runs what is prepared, which may be nothing: then no app is started. Blocks until all is over; Ctrl-C ends it.
// Errors, before anything is sent: an output that cannot be written.
std::expected<RecordedRun, Errors> record_run(PreparedRun& ready, const RunOptions& options, const Outputs& outputs);

} // namespace murphy::cli
