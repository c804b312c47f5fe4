// Whether a run lets a change be merged. Pure.
#pragma once

#include "gate/earlier.h"
#include "record/run.h"
#include "reports/causes.h"

#include <set>
#include <string>
#include <vector>

namespace murphy::gate {

enum class CaseClass {
  passed,
  fixed,         // failed before
  flaky,         // passed, but not at once
  known_failure, // in its time
  left_out,      // skipped
  still_failing, // failed before, for the same cause
  other_cause,   // failed before, for another cause
  new_failure,
  not_judged,
};

struct JudgedCase {
  const record::CaseResult* result = nullptr;
  const reports::Cause* cause = nullptr; // of one that did not pass; may be null
  CaseClass is = CaseClass::passed;
  const EarlierCase* earlier = nullptr; // null: no earlier run judged it
  bool is_slow = false;
  bool keeps_from_merging = false;
};

// A feature that has to be proved, and is not.
struct UnprovedFeature {
  enum class Why {
    no_scenario,
    no_assertion,        // none of its scenarios proves it
    only_known_failures, // those that would prove it may fail
    skipped,
  };
  std::string name;
  Why why = Why::no_scenario;
  std::string meant; // the feature that has a name near to it; may be empty
};

// A case of the whole plan, before any were selected.
struct PlannedProof {
  std::string id;
  std::string feature;
  bool proves = false;      // its feature
  bool is_selected = false; // it has to run
};

// What has to hold.
struct Requirements {
  std::vector<std::string> features; // that have to be proved
  std::vector<PlannedProof> plan;
  bool allows_red_base = false;
  bool allows_flaky = true;
};

enum class Decision { ready, not_ready, not_judged, interrupted };

struct GateJudgement {
  Decision decision = Decision::not_judged;
  std::vector<JudgedCase> cases; // in the order of the plan
  std::vector<UnprovedFeature> unproved;
  std::vector<std::string> missing; // ids of cases that had to run, and are not in the run
  std::size_t count(CaseClass wanted) const;
};

// A failure keeps a change from being merged when it is new, has another cause than before, or concerns a feature that
// has to be proved; a feature that nothing proved does, too. What could not be judged is never taken for ready.
// `causes` are those of the run; run, causes and `earlier` have to outlive the judgement.
GateJudgement judge(const record::Run& run, const std::vector<reports::Cause>& causes, const Earlier& earlier,
                    const Requirements& requirements);

} // namespace murphy::gate
