// What the tests of target/ share.
#pragma once

#include "record/result.h"

#include <chrono>
#include <string>
#include <vector>

namespace murphy::target {

// A deadline that only a test that hangs reaches.
inline std::chrono::steady_clock::time_point in_a_minute() {
  return std::chrono::steady_clock::now() + std::chrono::minutes(1);
}

inline std::vector<std::string> texts(const std::vector<record::ConsoleLine>& lines) {
  std::vector<std::string> all;
  for (const auto& line : lines) all.push_back(line.text);
  return all;
}

} // namespace murphy::target
