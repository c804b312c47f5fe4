#include "watch/time_text.h"

#include <fmt/format.h>

namespace murphy::watch {

std::string time_text(std::chrono::seconds time) {
  const auto whole = time.count();
  constexpr int minute = 60, hour = 3600;
  if (whole < 2 * minute) return fmt::format("{} s", whole);
  if (whole < hour) return fmt::format("{} min", whole / minute);
  return fmt::format("{} h {} min", whole / hour, whole % hour / minute);
}

} // namespace murphy::watch
