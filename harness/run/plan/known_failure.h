// A scenario that is known to fail must not be forgotten. Pure.
#pragma once

#include "record/result.h"
#include "scenario/model.h"

#include <chrono>
#include <optional>
#include <string>

namespace murphy::run {

struct KnownVerdict {
  record::Outcome outcome = record::Outcome::passed;
  record::Note note;
  std::optional<record::Failure> failure; // in place of a step's, when the mark itself is what fails
};

// What a case amounts to that is marked as a known failure: until its day (in UTC) a failure is skipped, with the
// ticket; passing, or a failure after that day, fails the run. Errors and what was not run stay what they are.
KnownVerdict judge_known(record::Outcome outcome, const scenario::KnownFailure& known, std::chrono::sys_days today);

} // namespace murphy::run
