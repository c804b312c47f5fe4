// The one line at the bottom of a terminal that shows how a run goes.
#pragma once

#include "record/event.h"
#include "reports/console_style.h"

#include <string>
#include <vector>

namespace murphy::reports {

struct CaseStanding {
  int done = 0;
  int all = 0;
  int failed = 0;
  int errors = 0;
  bool is_waiting = false;          // for the app to answer
  std::vector<std::string> running; // names of the scenarios under way, the latest last
  record::Duration elapsed{};
};

// "3/12 · 1 failed · 2.4 s · A wrong password says so", cut to one column less than the terminal has, so that no
// terminal wraps it.
std::string status_line(const CaseStanding& standing, const ConsoleStyle& style);

} // namespace murphy::reports
