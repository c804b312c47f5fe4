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
  bool any_answer = false; // but a server error is right
  // What it means that another record has the value already.
  enum class Taken {
    nothing,  // of the rule
    refused,  // it is the value of an account, and named to be refused for that
    accepted, // it was accepted before
  };
  Taken taken = Taken::nothing;
  bool refuses_all = false; // a value that keeps the rule was refused as well
};

// Whether the app objects that another record has the value already.
bool is_taken(const Verdict& verdict);

// How the server stands to a rule by one probe.
record::Standing standing(const Tried& tried);

// The row of the matrix. `far` is the verdict on RuledField::far, when it was sent. `tried` may be empty: the server
// was not asked.
record::ValidationCell cell_of(const RuledField& rule, const std::string& field, const std::vector<Tried>& tried,
                               const std::optional<Tried>& far);

// The row of a rule that was not tried, because the step ended before.
record::ValidationCell cell_not_reached(const RuledField& rule, const std::string& field);

// At most one failure for the page and one for the server.
std::vector<record::Failure> failures_of(const record::ValidationCell& cell, const std::string& source_line);

} // namespace murphy::run
