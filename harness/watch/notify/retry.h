// What becomes of an alert after an attempt to send it, and when several become one. Pure.
#pragma once

#include "watch/alert.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

// Of an HTTP status; 0: there was no answer.
enum class Fate { sent, again, never };
Fate fate_of(int status);

// When to try again after so many failed attempts: later and later, at most ten minutes. What the service asks for
// counts where that is longer, for at most an hour: nobody is silenced for a day.
std::chrono::seconds wait_before_attempt(int failed_attempts, std::optional<std::chrono::seconds> asked_for);

// What could not be sent for so long is not sent any more.
inline constexpr std::chrono::hours longest_retry{24};

// So many alerts go to a channel in ten minutes. What else comes is told together, once that is over.
inline constexpr int most_alerts = 6;
inline constexpr std::chrono::minutes flood_window{10};

// Several alerts as one. Not empty; of one, that one.
Alert together(const std::vector<Alert>& alerts);

} // namespace murphy::watch
