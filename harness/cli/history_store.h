// The history that a project file names.
#pragma once

#include "history/store.h"
#include "scenario/variables.h"

#include <optional>
#include <string>

namespace murphy::cli {

struct HistoryPlace {
  target::DatabaseAddress address;
  int keep_days = 0;
};

// None where the project keeps no history. Errors: usage, at the place in the file.
Result<std::optional<HistoryPlace>> history_of(const std::string& project_file, const std::string& directory,
                                               const scenario::Inputs& inputs);

// Opens it to be written; makes the folder of a file. Errors: as of history::Store.
Result<history::Store> open_history(const HistoryPlace& place);

// Adds the run, and what the healthy app was like in it, if that is known. Errors: as of history::Store.
Result<history::Store::Added> add_to_history(const HistoryPlace& place, const record::Run& run,
                                             const std::string& known_good = {});

} // namespace murphy::cli
