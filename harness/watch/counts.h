// What a watch has seen and sent since its start, as counters. Pure.
#pragma once

#include "record/exposition.h"
#include "watch/look.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace murphy::watch {

// Upper bounds of durations, in seconds; what takes longer is beyond the last.
inline constexpr std::array duration_bounds{0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0};

struct ScenarioCounts {
  std::int64_t passed = 0, failed = 0, unjudged = 0;
  std::array<std::int64_t, duration_bounds.size() + 1> durations{}; // of those that were judged; not cumulative
  double seconds = 0;                                               // of the same, together
  record::Exemplar last_failed{};
};

struct Counts {
  std::map<std::string, ScenarioCounts> scenarios;                      // by id
  std::map<std::pair<std::string, std::string>, std::int64_t> failures; // by layer and confidence
  std::map<std::pair<std::string, std::string>, std::int64_t> alerts;   // by channel and outcome
  std::int64_t overrun = 0;                                             // runs left out because others took too long
  std::int64_t budget = 0;                                              // the same because an account could get locked
  std::int64_t error_lines = 0; // on the console of the app, without those of the baseline
};

// Takes a round in. Of `failures`, those of scenarios alone; of the console, what the baseline does not have.
void count(Counts& counts, const RoundLook& round);

} // namespace murphy::watch
