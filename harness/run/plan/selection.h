// Which cases of the plan a run takes, and in which order. Pure.
#pragma once

#include "run/plan/plan.h"
#include "run/plan/tag_expression.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::run {

// Everything given must hold; what is not given selects everything.
struct Selection {
  std::vector<std::string> features; // one of these, whatever the case
  std::vector<std::string> names;    // the scenario's name holds one of these, whatever the case
  std::optional<TagExpression> tags;
  std::optional<std::set<std::string>> ids; // those of an earlier run
};

// The cases that are selected, in their order. Errors: usage, a feature that no file has, with its nearest name.
Result<Plan> select(Plan all, const Selection& selection);

// Features in another order, and the cases of each: the same for the same seed.
Plan shuffle(Plan plan, std::uint64_t seed);

} // namespace murphy::run
