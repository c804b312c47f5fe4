// What a gate says of a run, for the reports that begin with it.
#pragma once

#include "reports/run_text.h"

#include <string>
#include <vector>

namespace murphy::reports {

struct GateVerdict {
  struct List {
    std::string title;              // Murphy's words
    std::vector<std::string> items; // names of scenarios, with what is to be said of them
  };
  RunVerdict verdict = RunVerdict::not_judged;
  std::string heading;            // Murphy's words and numbers alone: no text of the app, no name of a file
  std::vector<std::string> lines; // at most four, each one line
  std::vector<List> lists;
};

// "✗ Not ready to merge: …".
std::string_view mark_of(RunVerdict verdict);

} // namespace murphy::reports
