// Accounts that several runs use on one app, as the history keeps who has which.
#pragma once

#include "cli/history_store.h"
#include "run/plan/shared_leases.h"

#include <memory>
#include <string>

namespace murphy::cli {

// Leases of a target. Renews what it holds; a process that is killed loses its accounts within a minute. A history that
// cannot be read or written is said once on standard error, and the accounts are then this run's as without it.
std::unique_ptr<run::SharedLeases> leases_in_history(const HistoryPlace& place, const std::string& target);

} // namespace murphy::cli
