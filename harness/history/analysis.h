// What many runs say of one case. Pure.
#pragma once

#include "history/store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace murphy::history {

struct CaseHistory {
  std::string id;
  std::string name;
  std::vector<PastCase> runs; // the newest first, at most 30
  int judged = 0;             // of these: passed or failed
  int failures = 0;
  int flaky = 0;           // passed on retry, or went both ways at one commit of the same target
  std::int64_t median = 0; // microseconds of those that passed at once; 0: none did
  // Since when it fails where the newest run was: the first bad run behind the newest good one.
  bool is_failing = false;
  std::string first_bad; // commits; may be empty
  std::string last_good; // empty: it never passed there
  std::int64_t failing_since = 0;
};

// One for each case. `cases` as Store::cases gives them.
std::vector<CaseHistory> histories_of(const std::vector<PastCase>& cases);

// "2026-11-22 09:00" in UTC.
std::string moment_text(std::int64_t microseconds);

// A line for people on each fact, the name first.
std::vector<std::string> lines_of(const CaseHistory& history);
std::string line_of(const PastRun& run);
std::string line_of(const PastCause& cause);

// Every result of every run, in the order given: with a header, quoted as RFC 4180 has it.
std::string csv_of(const std::vector<PastCase>& cases);
// The same as JSON lines.
std::string json_lines_of(const std::vector<PastCase>& cases);

} // namespace murphy::history
