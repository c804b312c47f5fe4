// The time of this machine, for a watch.
#pragma once

#include "watch/watching.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>

namespace murphy::cli {

class SystemClock : public watch::WatchClock {
public:
  // `beat` is called whenever a wait has ended: the watch goes on. `is_over` is asked then whether it has to end; it
  // may be empty.
  SystemClock(std::stop_token stop, std::function<void()> beat, std::function<bool()> is_over = {})
      : stop_(std::move(stop)), beat_(std::move(beat)), is_over_(std::move(is_over)) {}
  watch::Times now() override;
  // Waits a second at most: a clock that is set meanwhile is noticed.
  bool wait_until(watch::Instant wall) override;

private:
  std::stop_token stop_;
  std::function<void()> beat_;
  std::function<bool()> is_over_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
};

} // namespace murphy::cli
