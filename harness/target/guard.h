// The process that stands between Murphy and the app, so that nothing of the app outlives Murphy.
//
// It is forked from Murphy, becomes the subreaper of all that it starts (whatever detaches itself from the app becomes
// the guard's child, prctl(2) PR_SET_CHILD_SUBREAPER), and holds one end of a socket whose other end only Murphy has.
// However Murphy ends, the kernel closes that end, and the guard then ends every process below it.
#pragma once

#include <chrono>
#include <cstdint>

namespace murphy::target {

// What the guard reports to Murphy over the socket.
struct GuardReport {
  enum class Kind : std::int32_t { started, ended, failed };
  Kind kind = Kind::failed;
  std::int32_t value = 0; // the process id, the wait status, or errno
};

// All that the guard needs, made ready before the fork: afterwards it may not even allocate.
struct GuardPlan {
  int control = -1; // SOCK_SEQPACKET
  int output = -1;  // what the app writes goes there
  int null = -1;    // /dev/null, open for reading and writing
  const char* directory = nullptr;
  char* const* arguments = nullptr; // the program's full path first
  char* const* environment = nullptr;
  char* const* afterwards = nullptr; // the arguments of a program that runs when nothing is left; null: none
  std::chrono::milliseconds grace{};
};

// The whole life of the guard. Called in the child of a fork of a process that may have threads, with all signals
// blocked: it makes only async-signal-safe calls. Keeps no descriptor of Murphy open but those of the plan.
[[noreturn]] void run_guard(const GuardPlan& plan);

} // namespace murphy::target
