// What the app under test writes, line by line, with the moment each line was read. Bounded: the oldest lines go first.
#pragma once

#include "record/result.h"
#include "target/console_source.h"
#include "target/console_text.h"
#include "target/descriptor.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace murphy::target {

struct ConsoleBounds {
  std::size_t lines = 50'000;
  std::size_t bytes = 16U << 20; // of text, over all lines
};

// All members may be called from any thread at any time.
class Console {
public:
  // A place between two lines, counted from the first line ever written; it stays valid when old lines are dropped.
  using Mark = std::uint64_t;

  // A console that nothing writes to, for an app that Murphy did not start.
  Console() = default;
  // Reads `output` (the reading end of a pipe, non-blocking) until its writers are gone or the console dies.
  explicit Console(Descriptor output, ConsoleBounds bounds = {});
  // The same of what comes from elsewhere. Not null.
  explicit Console(std::unique_ptr<ConsoleSource> source, ConsoleBounds bounds = {});
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Takes over everything the app has already written; then, with `quiet` above zero, goes on until nothing came for
  // that long (frameworks log a request after they have answered it). Returns at the deadline at the latest.
  void drain(std::chrono::steady_clock::time_point deadline, std::chrono::milliseconds quiet = {});

  Mark mark() const;
  // The lines after a mark, oldest first, with a last line that has no line end yet. Dropped lines are missing.
  std::vector<record::ConsoleLine> lines_since(Mark mark) const;
  // The complete lines between two marks.
  std::vector<record::ConsoleLine> lines_between(Mark from, Mark to) const;
  // At most `count` of the last lines, oldest first, with a last line that has no line end yet.
  std::vector<record::ConsoleLine> last(std::size_t count) const;
  // Whether nothing more will come, as far as has been read: everyone who could write has ended, or has closed it.
  bool closed() const;
  // How many lines were dropped to stay within the bounds.
  std::uint64_t dropped() const;
  // How many bytes its source has left out since the beginning. A line of the console stands where each of them would.
  std::uint64_t left_out() const;
  // Why nothing can come now, as its source says it; empty: something can.
  std::string trouble() const;

private:
  void read_until_closed();
  bool read_available(std::unique_lock<std::mutex>& lock, std::chrono::steady_clock::time_point deadline);
  void keep(std::string text);
  void end_line();
  void note_left_out(std::uint64_t bytes);

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::unique_ptr<ConsoleSource> source_; // null: nobody writes
  ConsoleBounds bounds_;
  LineSplitter splitter_;
  std::deque<record::ConsoleLine> lines_;
  std::uint64_t first_ = 0; // the mark before lines_.front()
  std::size_t bytes_ = 0;   // text in lines_
  std::uint64_t left_out_ = 0;
  std::uint64_t reads_ = 0; // how often something arrived
  bool closed_ = true;      // nothing more will come
  Descriptor wake_;         // an eventfd that ends the reader
  std::thread reader_;
};

} // namespace murphy::target
