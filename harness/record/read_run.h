// A run from its journal.
#pragma once

#include "record/run.h"

#include <string>

namespace murphy::record {

// What the events of a journal amount to. Errors: as read_journal; internal, naming the journal, where they do not fit
// together.
Result<Run> read_run(const std::string& journal);

} // namespace murphy::record
