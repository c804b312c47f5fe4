// Ends work on what a page says when the time for it is over. Pages decide how much there is to do; so whatever goes
// over the elements, names and values of a page counts, and one who waits for it sets the limit. The limit is on the
// processor's time: waiting for an answer has a deadline of its own, and a busy machine makes nobody late.
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <stop_token>

namespace murphy {

// What this thread has taken of a processor until now.
std::chrono::nanoseconds processor_time();

// The one exception that crosses modules: it leaves through the loops of all that read the page, to where the limit was
// set.
class WorkEnded : public std::exception {
public:
  enum class Reason { time, stop };
  explicit WorkEnded(Reason reason) : reason_(reason) {}
  Reason reason() const { return reason_; }
  const char* what() const noexcept override { return "the work on a page took too long"; }

private:
  Reason reason_;
};

// Holds for the thread that makes it, until it dies; the limit around it then holds again.
class WorkLimit {
public:
  // `time`: of this thread on the processor, from now on; none: only a stop ends the work.
  WorkLimit(std::optional<std::chrono::nanoseconds> time, std::stop_token stop);
  ~WorkLimit();
  WorkLimit(const WorkLimit&) = delete;
  WorkLimit& operator=(const WorkLimit&) = delete;

  // One piece of work, of any size below a microsecond. Throws WorkEnded when the limit of this thread has been passed;
  // a look at the clock is taken every few thousand pieces.
  static void count() {
    if (++counted_ % pieces_between_looks == 0) check();
  }
  // The same at once, behind work that was not counted.
  static void check();
  // Whether the limit has been passed, for code that cannot be left by an exception.
  static bool is_over();

private:
  static constexpr unsigned pieces_between_looks = 4096;

  const std::optional<std::chrono::nanoseconds> end_;
  const std::stop_token stop_;
  const WorkLimit* const around_;
  static thread_local unsigned counted_;
  static thread_local const WorkLimit* current_;
};

} // namespace murphy
