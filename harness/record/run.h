// A run as a whole: the fold of its events. Reports read this and nothing else.
#pragma once

#include "record/case_index.h"
#include "record/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  Shared<PlannedCase> plan;
  Outcome outcome = Outcome::not_run; // not_run until its CaseFinished was seen
  Instant started{};
  Duration duration{};
  Shared<Note> note;                        // hardly ever one
  Boxed<std::vector<PoolMember>> members{}; // of the pools it uses
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
  // Where the cases are, in the order of the plan. Both follow from it.
  struct Position {
    std::uint32_t feature = 0;
    std::uint32_t place = 0; // in the feature
    bool operator==(const Position&) const = default;
  };
  std::vector<Position> positions;
  CaseIndex index;
  bool operator==(const Run&) const = default;
};

// One step of the fold: what is known after `event`. Events of a case that was never planned are an error of the
// journal.
Result<void> apply(Run& run, Event event);

// The case of that id, or null.
CaseResult* find_case(Run& run, std::string_view id);
const CaseResult* find_case(const Run& run, std::string_view id);

// What is kept of the steps of a case once it has passed.
enum class PassedSteps {
  remarks,  // those that have something to say: that one was skipped, what was proved, where a secret went
  outcomes, // all of them, and the remarks
  evidence, // and what they saw
};
void forget_steps(CaseResult& passed, PassedSteps kept);
// Of evidence, what a report says of a step that passed.
Evidence remarks_of(const Evidence& evidence);

Totals totals(const FeatureResult& feature);
Totals totals(const Run& run);

} // namespace murphy::record
