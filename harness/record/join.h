// Several runs read as one, for reports over more than one journal.
#pragma once

#include "record/run.h"

namespace murphy::record {

// Adds the cases of `from` to `into`: features of the same file become one, in the order they come. The joined run
// started with the first and ended with the last of them, is interrupted when either was, and unfinished when either
// was. Errors: usage, when a case is in both.
Result<void> join(Run& into, Run from);

} // namespace murphy::record
