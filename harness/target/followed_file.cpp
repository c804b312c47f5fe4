#include "target/followed_file.h"

#include "base/make_error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace murphy::target {
namespace {

// Between two looks at the file; shorter than the silence that a step waits for.
constexpr int turn_in_milliseconds = 40;

bool is_missing(int error) { return error == ENOENT || error == ENOTDIR; }

std::string unreadable(const std::string& path, int error) {
  return is_missing(error) ? path + " is not there" : fmt::format("{} cannot be read: {}", path, std::strerror(error));
}

bool may_read(const std::string& path) { return faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) == 0; }

bool is_same(const struct stat& one, const struct stat& other) {
  return one.st_ino == other.st_ino && one.st_dev == other.st_dev;
}

} // namespace

Result<std::unique_ptr<FollowedFile>> FollowedFile::open(std::string path) {
  struct stat entry{};
  const bool is_there = stat(path.c_str(), &entry) == 0;
  if (!is_there && !is_missing(errno))
    return std::unexpected(usage_error(unreadable(path, errno), "let the user that runs Murphy read it"));
  if (is_there && S_ISDIR(entry.st_mode))
    return std::unexpected(usage_error(path + " is a folder", "name the file that the app writes to"));
  if (is_there && !S_ISREG(entry.st_mode))
    return std::unexpected(usage_error(
        path + " is no regular file", fmt::format("read it by a command: console = {{ command = \"cat {}\" }}", path)));
  if (is_there && !may_read(path))
    return std::unexpected(usage_error(unreadable(path, errno),
                                       "let the user that runs Murphy read it, or use a command "
                                       "that may: console = { command = \"…\" }"));
  std::unique_ptr<FollowedFile> file(new FollowedFile(std::move(path)));
  if (is_there && file->take_over_the_new_one()) file->at_ = entry.st_size;
  return file;
}

// The file that is at the path now, from its beginning. False when it cannot be opened.
bool FollowedFile::take_over_the_new_one() {
  Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat entry{};
  if (!file || fstat(file.number(), &entry) != 0 || !S_ISREG(entry.st_mode)) return false;
  file_ = std::move(file);
  at_ = 0;
  skips_ = false;
  return true;
}

ConsoleSource::Got FollowedFile::read(std::span<char> buffer) {
  if (!file_ && !take_over_the_new_one()) return {};
  for (;;) {
    struct stat now{};
    if (fstat(file_.number(), &now) != 0) return {};
    if (now.st_size < at_) {
      at_ = 0;
      skips_ = false;
      return {.what = Arrival::cut};
    }
    if (const off_t begin = now.st_size - most_behind; begin > at_) {
      const auto left_out = static_cast<std::uint64_t>(begin - at_);
      at_ = begin;
      skips_ = true;
      return {.what = Arrival::cut, .left_out = left_out};
    }
    // Before the old one is read: what came into it before the first line of the new one is not to be lost.
    struct stat other{};
    const bool is_replaced = stat(path_.c_str(), &other) == 0 && !is_same(now, other) && other.st_size > 0;
    const ssize_t size = pread(file_.number(), buffer.data(), buffer.size(), at_);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return {.what = is_replaced && take_over_the_new_one() ? Arrival::cut : Arrival::nothing};
    at_ += size;
    const std::span<char> got = buffer.first(static_cast<std::size_t>(size));
    if (!skips_) return {.what = Arrival::bytes, .size = got.size()};
    const auto end = std::ranges::find(got, '\n');
    if (end == got.end()) continue;
    skips_ = false;
    const auto rest = std::move(std::next(end), got.end(), got.begin());
    if (rest != got.begin()) return {.what = Arrival::bytes, .size = static_cast<std::size_t>(rest - got.begin())};
  }
}

void FollowedFile::wait(int wake) {
  pollfd event{wake, POLLIN, 0};
  poll(&event, 1, turn_in_milliseconds);
}

std::string FollowedFile::trouble() const {
  struct stat entry{}, mine{};
  if (stat(path_.c_str(), &entry) != 0) return unreadable(path_, errno);
  if (file_ && fstat(file_.number(), &mine) == 0 && is_same(entry, mine)) return {};
  if (!S_ISREG(entry.st_mode)) return path_ + " is no regular file any longer";
  return may_read(path_) ? std::string() : unreadable(path_, errno);
}

} // namespace murphy::target
