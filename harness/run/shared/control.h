// The negative control of `dashboard = "open"`: the same request without the session must be closed.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "run/shared/dashboard.h"

#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace murphy::run {

// Asks once for a whole run, when the first dashboard was found open, and remembers the answer. From any thread.
class ControlCheck {
public:
  explicit ControlCheck(record::EventSink emit) : emit_(std::move(emit)) {}

  // Whether a visitor without a session finds the dashboard closed. Errors: it could not be asked.
  Result<Judgement> holds(drive::Driver& driver, const DashboardFacts& facts, const drive::Limits& limits);

  // Whether it was asked and found closed. From any thread.
  bool known_to_hold() const;

private:
  record::EventSink emit_;
  mutable std::mutex mutex_;
  std::optional<Judgement> judgement_;
};

} // namespace murphy::run
