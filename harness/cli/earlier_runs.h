// What the history says of a run that was just made, and what it keeps of it.
#pragma once

#include "cli/history_store.h"
#include "record/redactor.h"
#include "record/schema.h"
#include "reports/background.h"

#include <optional>
#include <string>

namespace murphy::cli {

// A run, and the checkout that it was made in.
struct CheckedOutRun {
  const record::Run& run;
  const std::optional<record::Schema>& schema; // of the app's database at its end
  const std::string& folder;
  const record::Redactor& redactor;
};

// Whether its causes are new, which run was green last, and what differs since; before the run is in the history
// itself. None where no history is kept, where the run is a part or all of it passed. A history that cannot be read is
// said when the run is added.
std::optional<reports::EarlierRuns> earlier_runs_of(const std::optional<HistoryPlace>& history,
                                                    const CheckedOutRun& checked_out);

// Adds the run, and of a green one what the app was like. What fails is said on standard error, and changes nothing
// else: not the verdict, not the exit code.
void note_in_history(const std::optional<HistoryPlace>& history, const CheckedOutRun& checked_out);

} // namespace murphy::cli
