// When nobody is to be told that something fails: windows of the calendar, in a time zone. Pure but for the zones,
// which the system knows (tzdata).
#pragma once

#include "base/error.h"
#include "watch/look.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::watch {

using LocalMinutes = std::chrono::local_time<std::chrono::minutes>;

struct MaintenanceWindow {
  std::string zone;                      // "Europe/Berlin"
  std::set<unsigned> days;               // of the week, as in C: 0 is Sunday; empty: it is open once
  LocalMinutes from{}, until{};          // of one that is open once
  std::chrono::minutes begins{}, ends{}; // after midnight, of a weekly one; where it ends no later than it begins, on
                                         // the next day
  bool operator==(const MaintenanceWindow&) const = default;
};

// As it is written: days "mon" to "sun", and "02:00"; no days, and "2026-12-01 22:00". Errors: usage.
Result<MaintenanceWindow> read_window(const std::vector<std::string>& days, const std::string& from,
                                      const std::string& until, const std::string& zone);

// Whether it is open. A time of the clock that is left out in spring is the moment at which it is left out. One that
// comes twice in autumn is the first where a window begins, and the second where it ends.
bool is_open(const MaintenanceWindow& window, Instant now);

} // namespace murphy::watch
