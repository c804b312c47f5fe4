// A command as a process of its own, of which nothing stays behind: not after a clean stop, not when Murphy is
// interrupted, crashes, or is killed with SIGKILL. A guard process (guard.h) between Murphy and the command sees to
// that. Linux only.
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "target/descriptor.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>

namespace murphy::target {

struct StartSettings {
  std::string command;                      // for /bin/sh -c
  std::string directory;                    // where it runs; empty for the working directory
  std::map<std::string, Value> environment; // added to Murphy's own
  std::string folder{};                     // goes away with the last process, however Murphy ends; may be empty
  std::chrono::milliseconds grace{5000};    // from SIGTERM to SIGKILL
};

// A pipe for what processes write: the reading end is non-blocking.
struct OutputPipe {
  Descriptor reading, writing;
  // Errors: target, when the system has no descriptors left.
  static Result<OutputPipe> make();
};

// How a process ended, as waitpid(2) reports it.
struct Exit {
  int wait_status = 0;
  // The exit code, where it ended by itself.
  std::optional<int> code() const;
  // "exited with 1", "killed by signal 11 (Segmentation fault)"
  std::string words() const;
};

// Moveable, not copyable; the process and all its descendants end with it. Not for several threads at once.
class Process {
public:
  // Starts `/bin/sh -c command` in a session of its own, with /dev/null as its input and one pipe for what it writes to
  // stdout and stderr. A command that the shell does not find still starts: the shell says so and exits with 127.
  // Errors are of kind target: no such directory, no process or descriptor to be had.
  static Result<Process> start(const StartSettings& settings);
  // The same, writing to a pipe that is there: several processes may share one.
  static Result<Process> start(const StartSettings& settings, const Descriptor& output);

  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();

  // The shell's process id, which is also the id of its process group and session.
  pid_t pid() const { return pid_; }
  // The reading end of its output, non-blocking. Given away once.
  Descriptor take_output() { return std::move(output_); }

  // How the command ended, or nothing while it runs. What it left running in the background does not count.
  std::optional<Exit> exit();
  // Waits until the command has ended or the deadline has passed, and says how it ended as exit() does.
  std::optional<Exit> wait(std::chrono::steady_clock::time_point deadline);

  // Ends the command and every descendant: SIGTERM, the grace, SIGKILL. Returns when none is left. Harmless when
  // repeated.
  void stop();

private:
  Process() = default;

  pid_t pid_ = 0;
  pid_t guard_ = 0;    // 0 once it is gone
  Descriptor control_; // to the guard, which ends everything when our end closes
  Descriptor output_;
  std::optional<Exit> exit_;
};

} // namespace murphy::target
