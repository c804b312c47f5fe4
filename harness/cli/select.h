// From the options of a command to the cases it takes.
#pragma once

#include "cli/commands.h"
#include "record/redactor.h"
#include "run/plan/selection.h"

namespace murphy::cli {

// The cases of the features that the options select, shuffled where that was asked for. Errors: usage; a journal for
// --last-failed that cannot be read is one, never a reason to run everything. What the cases are called is masked then,
// their ids as those of the journal are.
Result<run::Plan> select(const std::vector<scenario::Feature>& features, const RunOptions& options,
                         const record::Redactor& redactor);

} // namespace murphy::cli
