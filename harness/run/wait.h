// Waiting that a stop ends.
#pragma once

#include <chrono>
#include <stop_token>

namespace murphy::run {

// False when the stop came first.
bool wait(std::chrono::milliseconds pause, const std::stop_token& stop);

} // namespace murphy::run
