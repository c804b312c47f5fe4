// Asks the app a few things more after the first failed sign-in of a run: which of them fail as well, and which do not,
// shows where the fault is, without a log.
#pragma once

#include "record/probes.h"
#include "run/plan/leases.h"
#include "run/plan/plan.h"
#include "run/shared/control.h"
#include "run/shared/run_settings.h"
#include "run/sign_in_probes/failed_attempts.h"
#include "run/sign_in_probes/failed_sign_in.h"

#include <mutex>
#include <optional>
#include <span>

namespace murphy::run {

// Safe to use from several threads. Everything given outlives it.
class SignInProbes {
public:
  SignInProbes(const RunSettings& settings, target::RunningTarget& app, Leases& leases, ControlCheck& control)
      : settings_(settings), app_(app), leases_(leases), control_(control) {}

  // Counts the failed sign-ins of a step against the lockout of its account.
  void note(const record::StepResult& step);

  // How the app answers, when it may be asked and the last of these steps of a case has to do with signing in. Asked
  // once for a whole run, for some seconds at most, and remembered: later cases hear of it what is true for them, too.
  // A stop ends it at once. `held` are the accounts of the case.
  record::Probes ask(std::span<const record::StepResult> steps, const Case& failed,
                     const std::map<std::string, int>& held);

private:
  const RunSettings& settings_;
  target::RunningTarget& app_;
  Leases& leases_;
  ControlCheck& control_;
  FailedAttempts attempts_;
  std::mutex mutex_;
  struct Asked {
    std::string user; // whose sign-in had failed; may be empty
    record::Probes probes;
  };
  std::optional<Asked> asked_;
};

} // namespace murphy::run
