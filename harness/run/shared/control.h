// The negative control of `dashboard = "open"`: the same request without the session does not show the dashboard.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "run/shared/dashboard.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace murphy::run {

// Asks once for a whole run and each address, when it is needed first, and remembers the answer. From any thread.
class ControlCheck {
public:
  explicit ControlCheck(record::EventSink emit) : emit_(std::move(emit)) {}

  // Whether a visitor without a session does not see the dashboard at its address. Errors: it could not be asked.
  Result<Judgement> holds(drive::Driver& driver, const std::string& address, const DashboardFacts& facts,
                          const drive::Limits& limits);

  // Whether the visit, which asked for the dashboard at this address, was answered as any visitor without a session is:
  // with the same status, path and title, and nothing of the dashboard. Errors: it could not be asked.
  Result<bool> is_answered_like_a_stranger(const drive::Visit& visit, drive::Driver& driver, const std::string& address,
                                           const DashboardFacts& facts, const drive::Limits& limits);

  // Whether it was asked and held everywhere. From any thread.
  bool known_to_hold() const;
  // Whether it was asked and did not hold somewhere. From any thread.
  bool known_to_fail() const;

private:
  struct Answer {
    Judgement judgement;
    record::AnswerSeen answer; // what a stranger gets; its path with what changes folded
  };
  Result<Answer> ask(drive::Driver& driver, const std::string& address, const DashboardFacts& facts,
                     const drive::Limits& limits);

  record::EventSink emit_;
  mutable std::mutex mutex_;
  std::map<std::string, Answer> answers_; // by address
};

} // namespace murphy::run
