// What earlier runs say of each scenario. Pure.
#pragma once

#include "record/run.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::gate {

// What is kept of an earlier run.
struct EarlierRun {
  struct Case {
    std::string id;
    record::Outcome outcome = record::Outcome::not_run;
    std::string cause; // id of the cause, of one that failed
    record::Duration duration{};
    bool is_flaky = false;
  };
  record::Instant at{};
  std::size_t commits_behind = 0; // the base, where that is known: a nearer one counts for more than a newer one
  std::string target;
  record::RunOrigin origin;
  std::vector<Case> cases;
};

EarlierRun earlier_run(const record::Run& run);

// What earlier runs came to in one case. Only those count that judged it.
struct EarlierCase {
  bool has_failed = false; // in the last of them
  std::string cause;       // of that failure
  int runs = 0;
  int failures = 0;
  bool went_both_ways = false;          // at one commit, or it passed only on retry
  std::vector<record::Duration> passes; // how long each took that passed at once
};

struct Earlier {
  std::map<std::string, EarlierCase> cases; // by id
  std::optional<EarlierRun> newest;         // the last, without its cases; none: there are no earlier runs
};

// In any order: how far they are behind the base counts, then when they began.
Earlier earlier_of(std::vector<EarlierRun> runs);

// Whether a duration is out of line with the earlier ones: more than 6 robust deviations above their median, half as
// much again, and 200 ms more. Fewer than 10 earlier ones say nothing.
bool is_slow(record::Duration duration, std::vector<record::Duration> earlier);

} // namespace murphy::gate
