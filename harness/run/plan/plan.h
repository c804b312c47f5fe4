// Which test cases a run consists of, in file order. Pure.
#pragma once

#include "record/case_index.h"
#include "scenario/model.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace murphy::run {

// A case points into the features it was planned from; they must outlive the plan.
struct Case {
  Shared<record::PlannedCase> planned;
  const scenario::Scenario* scenario = nullptr;
  const scenario::Example* example = nullptr; // the row it is made from, if any
};

struct Plan {
  std::vector<Case> cases;
  std::optional<std::uint64_t> seed{}; // its order is shuffled by it
  record::PlannedCases planned() const;
};

// Every scenario of every feature, and of those with examples every row. Ids are "file#name", unique because names are
// unique in their file; and so are the names of rows.
Plan plan(const std::vector<scenario::Feature>& features);

} // namespace murphy::run
