// How often suspects of a kind were right on faults that really happened: data, counted by scripts/fit-confidence.
#pragma once

#include "record/suspect.h"

#include <map>
#include <string>
#include <string_view>

namespace murphy::diagnose {

struct Reliability {
  int right = 0;
  int all = 0;
};
using Reliabilities = std::map<std::string, Reliability, std::less<>>; // by reason

// reliability.tsv: "reason TAB right TAB all" in each line.
Reliabilities read_reliabilities(std::string_view text);
const Reliabilities& known_reliabilities();

// What is said, and no more than what suspects of its reason have earned; a reason that was met too seldom keeps its
// word.
record::Confidence earned(record::Confidence said, std::string_view reason, const Reliabilities& known);

} // namespace murphy::diagnose
