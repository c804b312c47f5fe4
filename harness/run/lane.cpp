#include "run/lane.h"

#include <utility>

namespace murphy::run {

Lane::Case::Case(Lane& lane) : lane_(lane) {
  std::unique_lock lock(lane_.mutex_);
  lane_.changed_.wait(lock, [&] { return !lane_.is_taken_ && lane_.waiting_ == 0; });
  joined_others_ = lane_.running_++ > 0;
  begun_ = ++lane_.begun_;
}

bool Lane::Case::had_company() const {
  const std::lock_guard lock(lane_.mutex_);
  return joined_others_ || lane_.begun_ != begun_;
}

void Lane::Case::leave() {
  if (std::exchange(left_, true)) return;
  const std::lock_guard lock(lane_.mutex_);
  --lane_.running_;
  lane_.changed_.notify_all();
}

Lane::Alone::Alone(Lane& lane) : lane_(lane) {
  std::unique_lock lock(lane_.mutex_);
  ++lane_.waiting_;
  lane_.changed_.wait(lock, [&] { return !lane_.is_taken_ && lane_.running_ == 0; });
  --lane_.waiting_;
  lane_.is_taken_ = true;
}

Lane::Alone::~Alone() {
  const std::lock_guard lock(lane_.mutex_);
  lane_.is_taken_ = false;
  lane_.changed_.notify_all();
}

} // namespace murphy::run
