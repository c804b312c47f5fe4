// When a check turns red, and when green again: a single failure is no alarm. Pure.
#pragma once

#include "watch/look.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::watch {

// So many of the last runs.
struct FailedShare {
  int failed = 0;
  int of = 0;
};

struct WatchPolicy {
  int fail_after = 3;
  std::optional<FailedShare> fail_if;
  int pass_after = 2;
  std::vector<std::chrono::milliseconds> confirm;  // waits before the next run, after the first, the second … failure
  std::vector<std::chrono::milliseconds> remind;   // after an incident has opened
  std::optional<std::chrono::milliseconds> slow{}; // what takes longer is slow; none: nothing is
  std::chrono::milliseconds deploy_grace{};        // for which a change of the tables alone is not told of
};

struct CheckState {
  std::string feature;
  bool is_red = false;
  int failed_in_row = 0;
  int passed_in_row = 0;
  int slow_in_row = 0;              // runs that passed, and took too long
  bool is_slow = false;             // it has been as often as it would have to fail
  std::string recent;               // of the last runs, the oldest first: P or F
  Instant looked{};                 // when it ran last
  Instant failed_from{};            // the first of the failures in a row
  Instant last_pass{};              // the epoch: it never passed
  std::optional<LikelyCause> cause; // the latest of those that tell most, of the failures in a row
  std::string headline;
  std::string place;
  std::set<std::string> refused; // of the last run, as of CheckLook
  int urgency = 0;               // of the last look
  bool operator==(const CheckState&) const = default;
};

enum class Turn { none, red, green };

// What is known of the check after one more look at it.
Turn note(CheckState& check, const CheckLook& look, const WatchPolicy& policy, Instant at);

// How soon to run it again, where that is sooner than usual: to confirm a failure, or a recovery.
std::optional<std::chrono::milliseconds> wait_to_confirm(const CheckState& check, const WatchPolicy& policy);

} // namespace murphy::watch
