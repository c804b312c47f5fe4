// What is known around a run, for the reports that say it: the verdict of a gate, and what earlier runs say. Pure.
#pragma once

#include "record/time.h"
#include "reports/causes.h"
#include "reports/gate_verdict.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::reports {

// Where a cause was seen first.
struct FirstSeen {
  record::Instant at{};
  std::string branch; // may be empty
};

// The newest green run of the same target and branch, else of the branch that this one goes into.
struct GreenRun {
  record::Instant at{};
  std::string commit; // may be empty
  std::string branch; // may be empty
  bool is_dirty = false;
  std::vector<std::string> commits;     // "0123456 subject" of each since, the newest first; empty where git knows none
  std::vector<std::string> differences; // a sentence on each way in which the app differs since
};

// What the history says of a run that is not green.
struct EarlierRuns {
  std::map<std::string, FirstSeen> causes; // by id; a cause that is not there is new
  std::optional<GreenRun> last_green;
};

struct Background {
  std::optional<GateVerdict> verdict;
  std::optional<EarlierRuns> earlier; // none: no history is kept, or it could not be read
};

// "new", or "known since 2026-11-20 09:00 UTC on main"; empty where nothing is known of earlier runs.
std::string age_text(const Background& background, const Cause& cause);

// The same of all causes of a run, as a sentence: "This cause is new", "Of 3 causes, 2 are new". Empty likewise, and
// without a cause.
std::string ages_text(const Background& background, const std::vector<Cause>& causes);

// "Last green run: 2026-11-20 09:00 UTC at 9f8e7d6c5 on main, 3 commits before"; empty where nothing is known of
// earlier runs.
std::string last_green_text(const Background& background);

// What differs since the last green run, a line on each: the app, then the commits. At most `most` of each, the last
// says how many more there are.
std::vector<std::string> differences_of_app(const Background& background, std::size_t most);
std::vector<std::string> commits_since(const Background& background, std::size_t most);

} // namespace murphy::reports
