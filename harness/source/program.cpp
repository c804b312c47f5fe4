#include "source/program.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace murphy::source {
namespace {

std::vector<std::string> environment_for_git() {
  std::vector<std::string> variables;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view variable(*each);
    if (!variable.starts_with("GIT_") && !variable.starts_with("LC_ALL=")) variables.emplace_back(variable);
  }
  // Only reads: no lock, no question, nothing fetched.
  for (const char* each : {"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1"})
    variables.emplace_back(each);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

// Reads until the writer has closed; false at the deadline or beyond the bound.
bool read_all(int from, std::string& into, Deadline deadline, std::size_t most_bytes) {
  std::array<char, 1 << 16> piece{};
  for (;;) {
    pollfd ready{.fd = from, .events = POLLIN, .revents = 0};
    const int count = poll(&ready, 1, milliseconds_until(deadline));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    const ssize_t got = read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    into.append(piece.data(), static_cast<std::size_t>(got));
    if (into.size() > most_bytes) return false;
  }
}

} // namespace

Printed printed_by(const std::vector<std::string>& arguments, Deadline deadline, std::size_t most_bytes) {
  Printed printed;
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return printed;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> own_arguments = arguments, environment = environment_for_git();
  pid_t child = 0;
  const int spawned = posix_spawnp(&child, arguments.front().c_str(), &actions, nullptr,
                                   pointers_to(own_arguments).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  const bool ended = spawned == 0 && read_all(ends[0], printed.text, deadline, most_bytes);
  close(ends[0]);
  if (spawned != 0) return printed;
  if (!ended) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  printed.is_whole = ended && WIFEXITED(status) && WEXITSTATUS(status) <= 1;
  return printed;
}

} // namespace murphy::source
