// A run as a whole: the fold of its events. Reports read this and nothing else.
#pragma once

#include "record/event.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace murphy::record {

// An attempt that did not pass and was followed by another.
struct Attempt {
  Outcome outcome = Outcome::failed;
  Duration duration{};
  std::vector<StepResult> steps;
  bool operator==(const Attempt&) const = default;
};

struct CaseResult {
  PlannedCase plan;
  Outcome outcome = Outcome::not_run; // not_run until its CaseFinished was seen
  Instant started{};
  Duration duration{};
  Note note;
  std::vector<StepResult> steps;
  std::vector<Attempt> earlier; // attempts before the one shown here
  // It passed, but not at once.
  bool flaky() const { return outcome == Outcome::passed && !earlier.empty(); }
  bool operator==(const CaseResult&) const = default;
};

// The cases of one feature file, in file order.
struct FeatureResult {
  std::string name;
  std::string file;
  std::vector<CaseResult> cases;
  bool operator==(const FeatureResult&) const = default;
};

struct Totals {
  int passed = 0;
  int failed = 0;
  int errors = 0;
  int skipped = 0;
  int not_run = 0;
  int flaky = 0; // of those that passed
  int all() const { return passed + failed + errors + skipped + not_run; }
  bool operator==(const Totals&) const = default;
};

struct Run {
  RunStarted started;
  std::optional<TargetReady> ready;
  std::optional<TargetLost> lost;
  std::optional<ControlFinished> control;
  std::optional<EvidenceGathered> gathered;
  std::optional<RunFinished> finished; // missing when the run was killed
  std::vector<FeatureResult> features; // in the order of the plan
  // Where the case of an id is: its feature, and its place in it. Follows from the plan.
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> positions;
  bool operator==(const Run&) const = default;
};

// One step of the fold: what is known after `event`. Events of a case that was never planned are an error of the
// journal.
Result<void> apply(Run& run, const Event& event);

Totals totals(const FeatureResult& feature);
Totals totals(const Run& run);

} // namespace murphy::record
