// The lines of the app's console that tell most.
#pragma once

#include "record/result.h"

#include <cstddef>
#include <string>
#include <vector>

namespace murphy::reports {

// A line that was chosen, and how many in front of it were left out.
struct ChosenLine {
  std::size_t left_out = 0;
  std::string text;      // plain_text of the line
  bool is_error = false; // it reads like one
  record::Instant at{};  // when it was read
};

// At most `most` lines. Where some look like errors, these, the lines next to them and the very last; else the last
// ones. Empty lines do not count. In the order written.
std::vector<ChosenLine> excerpt(const std::vector<record::ConsoleLine>& console, std::size_t most);

// Whether a line reads like an error of an app, a database or a framework.
bool looks_like_error(std::string_view line);

} // namespace murphy::reports
