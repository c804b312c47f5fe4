// The part of a plan that --shard takes.
#pragma once

#include "cli/commands.h"
#include "record/origin.h"
#include "run/plan/plan.h"

#include <string>
#include <vector>

namespace murphy::cli {

struct PartOfPlan {
  record::Shard shard; // with a hash of all that decides which part has what
  run::Plan plan;
};

// Cuts the part that `options.shard` names out of a plan: by the durations of the journal `options.weights`, where
// there is one. `selection` is how the plan was selected. Errors: usage, for what is no shard and for a journal that
// cannot be read.
Result<PartOfPlan> part_of_plan(const run::Plan& plan, const Loaded& loaded, const RunOptions& options,
                                const std::vector<std::string>& selection);

} // namespace murphy::cli
