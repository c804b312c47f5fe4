// Watches a tree of processes from outside: each of them holds the writing end of a named pipe, so that the pipe ends
// with the last of them, whatever became of their parents, groups and sessions.
#pragma once

#include "target/descriptor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::target {

// A directory of this test's own, removed at its end.
class TemporaryDirectory {
public:
  TemporaryDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "murphy-target-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  std::filesystem::path path;
};

class Tree {
public:
  Tree() {
    const std::string name = folder_.path / "held";
    if (mkfifo(name.c_str(), 0600) != 0) throw std::runtime_error("no named pipe");
    held_ = Descriptor(open(name.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  }

  // The start of a script whose processes are to be watched. They say that they are up with `echo up >&9`.
  std::string prologue() const { return fmt::format("exec 9>'{}'; ", (folder_.path / "held").string()); }

  // Waits until so many processes have said that they are up. False when they end before, or a minute has passed.
  bool wait_until_up(int processes) {
    while (std::count(said_.begin(), said_.end(), '\n') < processes) {
      if (!read_more()) return false;
    }
    return true;
  }

  // Waits until no process of the tree is left. False when a minute has passed.
  bool wait_until_gone() {
    while (read_more()) {
    }
    return ended_;
  }

private:
  bool read_more() {
    constexpr int a_minute = 60'000;
    pollfd event{held_.number(), POLLIN, 0};
    if (poll(&event, 1, a_minute) <= 0) return false;
    std::array<char, 256> buffer{};
    const ssize_t size = read(held_.number(), buffer.data(), buffer.size());
    if (size < 0 && errno == EAGAIN) return true;
    if (size <= 0) {
      ended_ = true;
      return false;
    }
    said_.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
  }

  TemporaryDirectory folder_;
  Descriptor held_;
  std::string said_;
  bool ended_ = false;
};

// A script of a shell, a child of it, a grandchild that ignores SIGTERM, one that left the session, and one that left
// it and lost its parent: five processes, each of which says that it is up.
inline std::string difficult_family(const Tree& tree) {
  return tree.prologue() + "sh -c 'echo up >&9; exec sleep 1000' & "
                           "sh -c 'trap \"\" TERM; echo up >&9; while :; do sleep 1000; done' & "
                           "setsid sh -c 'echo up >&9; exec sleep 1000' & "
                           "(setsid sh -c 'trap \"\" TERM HUP; echo up >&9; while :; do sleep 1000; done' &) ; "
                           "echo up >&9; wait";
}

} // namespace murphy::target
