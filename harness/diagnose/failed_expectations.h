// The layer of what a scenario states and the app does not do, where no error names it.
#pragma once

#include "diagnose/evidence.h"
#include "record/suspect.h"

#include <optional>
#include <string>

namespace murphy::diagnose {

// A suspect, and how much speaks for it, on the scale of Finding::weight.
struct Hypothesis {
  record::Suspect suspect;
  std::string kind = {}; // what it is about, for the advice: "rule", "access", "wording", "credentials", "query" …
  double weight = 4;     // more than what merely follows from something, less than an error that names its cause
};

// By the expectations that did not hold, together with what the step did and how the app answered. None when they do
// not tell more than the requests do.
std::optional<Hypothesis> hypothesis_by_expectations(const Evidence& evidence);

// By the rules of fields that `validate` found broken.
std::optional<Hypothesis> hypothesis_by_rules(const Evidence& evidence);

} // namespace murphy::diagnose
