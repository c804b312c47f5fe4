// The end of the console report: what did not pass, the sum, and where to look first. Pure.
#pragma once

#include "record/run.h"
#include "reports/text_block.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::reports {

// A case that did not pass, as the list at the end shows it.
struct RedCase {
  record::Outcome outcome = record::Outcome::failed; // failed or error
  std::string name;
  Place place;          // of what went wrong
  std::string step;     // the title of the step; empty when no step says more
  std::string headline; // one line
  std::string cause;    // "Likely cause: the model — …"; empty when the evidence does not tell
  record::Confidence confidence = record::Confidence::low; // of the cause
};

struct ConsoleEnding {
  record::Totals totals;
  int known_failures = 0;    // of those that were skipped
  std::vector<RedCase> red;  // in the order of the plan
  std::string lost;          // why the app is lost; empty when it is not
  std::string cause_of_loss; // "Likely cause: …"; empty when the evidence does not tell
  // What kept a visitor without a session from proving that the dashboard is closed to them.
  std::optional<record::Failure> control;
  bool is_over = false; // the run came to its end
  bool was_interrupted = false;
  bool is_stepped = false; // a person went through it step by step
  record::Duration duration{};
};

void write_ending(TextBlock& block, const ConsoleEnding& ending);

// The sum of what several journals hold, without anything else: "3 scenarios: 2 passed, 1 failed".
void write_sum(TextBlock& block, const record::Run& run);

} // namespace murphy::reports
