// How long something took, for people. Pure.
#pragma once

#include <chrono>
#include <string>

namespace murphy::watch {

// "42 s", "12 min", "3 h 5 min", "4 d 2 h"
std::string time_text(std::chrono::seconds time);

} // namespace murphy::watch
