// When each check runs next. Every check has its own place within its interval, which stays the same over restarts, so
// that checks are spread and not all at once. Pure.
#pragma once

#include "record/exchange.h"
#include "watch/lockout.h"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::watch {

struct ScheduledCheck {
  std::string check;
  std::chrono::milliseconds every{}; // positive
  NumberByAccount wrong_passwords{}; // that one run sends, by account
  std::set<std::string> accounts{};  // that one run signs in as with the right password
};

class Schedule {
public:
  // All are due at once, and then in their places.
  Schedule(const std::vector<ScheduledCheck>& checks, record::Instant now);

  // Those that are due, in the order they were given.
  std::vector<std::string> due(record::Instant now) const;
  // When the next one is due.
  record::Instant next() const;
  // The check has ended at `now`: it is due at its next place, or after `again_after` where that is sooner. Gives back
  // how many places were missed because it took so long; they are not caught up with.
  int ran(const std::string& check, record::Instant now, std::optional<std::chrono::milliseconds> again_after);
  // The check may not run before `until`: it waits for that, or is left out until its next place, which is sooner.
  // False: it is left out.
  bool hold_back(const std::string& check, record::Instant now, record::Instant until);
  // It is due at that time at the earliest.
  void put_off(const std::string& check, record::Instant until);
  // Those of the others that run at least as often as the check are due when it is, at the latest.
  void bring_along(const std::string& check, const std::vector<std::string>& others);
  // After the machine slept or its clock was set: everything is due `wait` from now, and missed runs are left out.
  void start_over(record::Instant now, std::chrono::milliseconds wait);

private:
  struct Place {
    std::string check;
    std::chrono::milliseconds every{};
    std::chrono::milliseconds offset{};
    record::Instant next{};
  };
  std::vector<Place> places_;
};

// Where a check stands within its interval: the same on every machine.
std::chrono::milliseconds offset_of(const std::string& check, std::chrono::milliseconds every);

} // namespace murphy::watch
