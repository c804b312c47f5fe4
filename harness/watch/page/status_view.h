// The public view of a watch: names of features and how they are. No host, no column, no cause. Pure.
#pragma once

#include "watch/page/published.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

// A day in one word: what was worst on it. Unknown, where less than half of a day that is over was seen.
struct DayView {
  Day day{};
  PublicState state = PublicState::unknown;
  SpentTime time;
};

struct FeatureView {
  std::string name;
  std::string slug; // for addresses: "sign-in"; unique
  PublicState state = PublicState::unknown;
  std::vector<DayView> days;     // `kept_days` of them, the oldest first
  std::optional<double> percent; // of the time that is known, without maintenance, in which it was up
};

struct StatusView {
  Instant now{};
  Instant as_of{}; // the last run; the epoch: there was none
  PublicState state = PublicState::unknown;
  std::vector<FeatureView> features; // by name
};

StatusView status_view(const Published& published, Instant now);

} // namespace murphy::watch
