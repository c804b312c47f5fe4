// Waiting that a stop ends, and how long something took.
#pragma once

#include "record/result.h"

#include <chrono>
#include <stop_token>

namespace murphy::run {

// False when the stop came first.
bool wait(std::chrono::milliseconds pause, const std::stop_token& stop);

record::Duration since(std::chrono::steady_clock::time_point start);

} // namespace murphy::run
