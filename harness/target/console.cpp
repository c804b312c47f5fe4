#include "target/console.h"

#include "base/size_text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <poll.h>
#include <span>
#include <sys/eventfd.h>
#include <utility>

namespace murphy::target {

namespace {

// The reading end of a pipe, non-blocking.
class PipeSource final : public ConsoleSource {
public:
  explicit PipeSource(Descriptor pipe) : pipe_(std::move(pipe)) {}

  Got read(std::span<char> buffer) override {
    ssize_t size = 0;
    do size = ::read(pipe_.number(), buffer.data(), buffer.size());
    while (size < 0 && errno == EINTR);
    if (size > 0) return {.what = Arrival::bytes, .size = static_cast<std::size_t>(size)};
    return {.what = size < 0 && errno == EAGAIN ? Arrival::nothing : Arrival::end};
  }

  void wait(int wake) override {
    std::array<pollfd, 2> events{pollfd{pipe_.number(), POLLIN, 0}, pollfd{wake, POLLIN, 0}};
    poll(events.data(), events.size(), -1);
  }

private:
  Descriptor pipe_;
};

bool is_readable(int descriptor) {
  pollfd event{descriptor, POLLIN, 0};
  return poll(&event, 1, 0) > 0;
}

} // namespace

Console::Console(Descriptor output, ConsoleBounds bounds)
    : Console(std::make_unique<PipeSource>(std::move(output)), bounds) {}

Console::Console(std::unique_ptr<ConsoleSource> source, ConsoleBounds bounds)
    : source_(std::move(source)), bounds_(bounds), closed_(false), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      reader_([this] { read_until_closed(); }) {}

Console::~Console() {
  if (!reader_.joinable()) return;
  eventfd_write(wake_.number(), 1);
  reader_.join();
}

void Console::keep(std::string text) {
  bytes_ += text.size();
  lines_.push_back({std::chrono::system_clock::now(), std::move(text)});
  while (lines_.size() > bounds_.lines || bytes_ > bounds_.bytes) {
    bytes_ -= lines_.front().text.size();
    lines_.pop_front();
    ++first_;
  }
}

// What has no end yet is a line all the same.
void Console::end_line() {
  if (std::string rest = splitter_.unfinished(); !rest.empty()) keep(std::move(rest));
  splitter_.clear();
}

// Whoever reads the lines sees where some are missing.
void Console::note_left_out(std::uint64_t bytes) {
  left_out_ += bytes;
  keep(fmt::format("… (Murphy left out {}, which came faster than it reads)", size_text(bytes)));
}

// Reads until nothing is left for now, nothing will ever come (then false) or the deadline has passed. Everybody who
// reads does so under the lock: when nothing is left and the lock is free, all that was read is in lines_.
bool Console::read_available(std::unique_lock<std::mutex>& lock, std::chrono::steady_clock::time_point deadline) {
  using Arrival = ConsoleSource::Arrival;
  std::array<char, 64U << 10> buffer;
  while (!closed_) {
    const ConsoleSource::Got got = source_->read(buffer);
    if (got.what == Arrival::nothing) return true;
    if (got.what == Arrival::bytes)
      splitter_.feed({buffer.data(), got.size}, [this](std::string line) { keep(std::move(line)); });
    else
      end_line();
    if (got.left_out > 0) note_left_out(got.left_out);
    closed_ = got.what == Arrival::end;
    ++reads_;
    arrived_.notify_all();
    if (closed_) return false;
    if (std::chrono::steady_clock::now() >= deadline) return true;
    lock.unlock(); // whoever waits for lines may look at them now
    lock.lock();
  }
  return false;
}

void Console::read_until_closed() {
  for (bool open = true; open;) {
    source_->wait(wake_.number());
    if (is_readable(wake_.number())) return;
    std::unique_lock lock(mutex_);
    open = read_available(lock, {});
  }
}

void Console::drain(std::chrono::steady_clock::time_point deadline, std::chrono::milliseconds quiet) {
  std::unique_lock lock(mutex_);
  for (bool more = read_available(lock, deadline); more && quiet.count() > 0;) {
    const std::uint64_t before = reads_;
    const auto until = std::min(deadline, std::chrono::steady_clock::now() + quiet);
    more = arrived_.wait_until(lock, until, [&] { return reads_ != before || closed_; }) && !closed_;
  }
}

Console::Mark Console::mark() const {
  const std::scoped_lock lock(mutex_);
  return first_ + lines_.size();
}

std::vector<record::ConsoleLine> Console::lines_between(Mark from, Mark to) const {
  const std::scoped_lock lock(mutex_);
  const Mark end = std::clamp(to, first_, first_ + lines_.size());
  const Mark begin = std::clamp(from, first_, end);
  const auto at = [&](Mark mark) { return lines_.begin() + static_cast<std::ptrdiff_t>(mark - first_); };
  return {at(begin), at(end)};
}

std::vector<record::ConsoleLine> Console::lines_since(Mark mark) const {
  const std::scoped_lock lock(mutex_);
  const auto skip = static_cast<std::ptrdiff_t>(std::clamp(mark, first_, first_ + lines_.size()) - first_);
  std::vector<record::ConsoleLine> lines(lines_.begin() + skip, lines_.end());
  if (std::string rest = splitter_.unfinished(); !rest.empty()) {
    lines.push_back({std::chrono::system_clock::now(), std::move(rest)});
  }
  return lines;
}

std::vector<record::ConsoleLine> Console::last(std::size_t count) const {
  std::vector<record::ConsoleLine> lines = lines_since(mark() - std::min<Mark>(mark(), count));
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

bool Console::closed() const {
  const std::scoped_lock lock(mutex_);
  return closed_;
}

std::uint64_t Console::dropped() const {
  const std::scoped_lock lock(mutex_);
  return first_;
}

std::uint64_t Console::left_out() const {
  const std::scoped_lock lock(mutex_);
  return left_out_;
}

std::string Console::trouble() const {
  const std::scoped_lock lock(mutex_);
  return source_ ? source_->trouble() : std::string();
}

} // namespace murphy::target
