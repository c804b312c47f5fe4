// Reads [history] of a project file: where its runs are kept.
#pragma once

#include "scenario/reading.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::scenario {

struct HistorySettings {
  Setting store; // its text has no references
  int keep_days = 180;
};

// None without such a table, and where it had errors.
std::optional<HistorySettings> read_history(Reading& reading, const Node& root);

struct ReadHistory {
  std::optional<HistorySettings> settings;
  Errors errors;
};

// The same of a whole file. What is wrong with the rest of it is not reported.
ReadHistory read_history(const std::string& file_name, std::string_view text);

} // namespace murphy::scenario
