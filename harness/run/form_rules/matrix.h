// What the verdicts on a rule's probes say of the rule, and which of it is a failure. Pure.
#pragma once

#include "record/result.h"
#include "run/form_rules/trial_values.h"
#include "run/form_rules/verdict.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

// A probe that was sent, and what came of it.
struct Tried {
  bool accept = false; // what the rule wants
  record::TestedValue value;
  Verdict verdict;
  bool is_named = false;   // by the scenario, to be refused: that another record has it is a reason as good as any
  bool any_answer = false; // but a server error is right
};

// How the server stands to a rule by one probe.
record::Standing standing(const Tried& tried);

// The row of the matrix. `far` is the verdict on RuledField::far, when it was sent. `tried` may be empty: the server
// was not asked.
record::ValidationCell cell_of(const RuledField& rule, const std::string& field, const std::vector<Tried>& tried,
                               const std::optional<Tried>& far);

// At most one failure for the page and one for the server.
std::vector<record::Failure> failures_of(const record::ValidationCell& cell, const std::string& source_line);

} // namespace murphy::run
