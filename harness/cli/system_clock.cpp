#include "cli/system_clock.h"

#include <algorithm>
#include <chrono>

namespace murphy::cli {
namespace {

constexpr std::chrono::seconds longest_wait(1);

} // namespace

watch::Times SystemClock::now() {
  return {.wall = std::chrono::system_clock::now(), .steady = std::chrono::steady_clock::now()};
}

bool SystemClock::wait_until(watch::Instant wall) {
  const auto left = std::min<watch::Instant::duration>(wall - std::chrono::system_clock::now(), longest_wait);
  std::unique_lock lock(mutex_);
  if (left > left.zero()) wake_.wait_for(lock, stop_, left, [] { return false; });
  beat_();
  return !stop_.stop_requested() && !(is_over_ && is_over_());
}

} // namespace murphy::cli
