// Journals of the parts of one plan: whether they belong together. Pure.
#pragma once

#include "record/event.h"

#include <string>
#include <vector>

namespace murphy::record {

// How a journal begins.
struct PartOfRun {
  std::string journal; // its file
  RunStarted started;
};

struct MissingParts {
  std::vector<int> shards; // without a journal, in order
  int cases = 0;           // that they have
};

// Whether the journals are parts of one plan, each once, and what is missing. Errors: usage, naming the journal: it is
// no shard; it is of another plan, commit or version of Murphy than the first; two are of the same shard or have the
// same case; all shards are there and have another number of cases than the plan.
Result<MissingParts> check_parts(const std::vector<PartOfRun>& parts);

// How the run of all parts begins: the plan by file, and when the first of them began.
RunStarted joined_start(const std::vector<PartOfRun>& parts);

} // namespace murphy::record
