#include "base/work_limit.h"

#include <ctime>
#include <utility>

namespace murphy {

thread_local unsigned WorkLimit::counted_ = 0;
thread_local const WorkLimit* WorkLimit::current_ = nullptr;

std::chrono::nanoseconds processor_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

WorkLimit::WorkLimit(std::optional<std::chrono::nanoseconds> time, std::stop_token stop)
    : end_(time ? std::optional(processor_time() + *time) : std::nullopt), stop_(std::move(stop)),
      around_(std::exchange(current_, this)) {}

WorkLimit::~WorkLimit() { current_ = around_; }

bool WorkLimit::is_over() {
  return current_ != nullptr &&
         (current_->stop_.stop_requested() || (current_->end_ && processor_time() >= *current_->end_));
}

void WorkLimit::check() {
  if (is_over()) throw WorkEnded(current_->stop_.stop_requested() ? WorkEnded::Reason::stop : WorkEnded::Reason::time);
}

} // namespace murphy
