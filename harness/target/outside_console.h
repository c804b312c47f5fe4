// The console of an app that Murphy did not start: a file that the app appends to, or what a command prints.
#pragma once

#include "base/error.h"
#include "target/console.h"
#include "target/process.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace murphy::target {

struct ConsoleOrigin {
  std::string file;      // as seen from the working directory; empty: a command
  std::string command;   // for /bin/sh
  std::string directory; // where the command runs
};

// All members may be called from any thread.
class OutsideConsole {
public:
  // Reads what is written from now on; a command is started, and ends with this. Errors: usage, a file that can never
  // be one; target, no process to be had.
  static Result<std::shared_ptr<OutsideConsole>> open(const ConsoleOrigin& origin);

  Console& console() { return console_; }
  // Why nothing comes, as half a sentence: the file is not there, the command has ended. Empty: it is being read.
  std::string trouble();

private:
  explicit OutsideConsole(std::unique_ptr<ConsoleSource> source) : console_(std::move(source)) {}
  explicit OutsideConsole(Process process) : console_(process.take_output()), process_(std::move(process)) {}

  Console console_;
  std::mutex mutex_;               // guards process_
  std::optional<Process> process_; // ends before the console does
};

} // namespace murphy::target
