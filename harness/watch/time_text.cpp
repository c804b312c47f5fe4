#include "watch/time_text.h"

#include <fmt/format.h>

namespace murphy::watch {

std::string time_text(std::chrono::seconds time) {
  const auto whole = time.count();
  constexpr int minute = 60, hour = 3600, day = 24 * hour;
  if (whole < 2 * minute) return fmt::format("{} s", whole);
  if (whole < hour) return fmt::format("{} min", whole / minute);
  if (whole < 2 * day) return fmt::format("{} h {} min", whole / hour, whole % hour / minute);
  return fmt::format("{} d {} h", whole / day, whole % day / hour);
}

} // namespace murphy::watch
