// The earlier runs that a gate compares with: journals, or those of the history.
#pragma once

#include "cli/history_store.h"
#include "gate/verdict.h"
#include "source/changes.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::cli {

struct Baseline {
  gate::BaselineUse use = gate::BaselineUse::none;
  gate::Earlier earlier;
};

// Errors: as record::read_run.
Result<std::vector<gate::EarlierRun>> read_baselines(const std::vector<std::string>& journals);

// Those of the runs that say how the base was: of commits that it has. Without a checkout all of them count.
Baseline baseline_of_journals(std::vector<gate::EarlierRun> runs, const source::Changes& changes,
                              const std::string& folder);

// The run that is compared with those of the history.
struct ComparedRun {
  std::string target;
  std::string id; // that the history gives it: it is no earlier one; may be empty
};

// The newest runs of the history, of the commit that the change began at or of those before it. Where the history
// cannot be read, that is said on standard error.
Baseline baseline_of_history(const std::optional<HistoryPlace>& history, const ComparedRun& compared,
                             const source::Changes& changes, const std::string& folder);

} // namespace murphy::cli
