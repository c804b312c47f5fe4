// What a process of this machine uses, as /proc says it. Linux only.
#pragma once

#include "base/error.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace murphy::target {

struct ProcessUsage {
  double cpu_seconds = 0;
  std::chrono::system_clock::time_point started{}; // as far as the clock was never set; another process has other ticks
  std::int64_t start_ticks = 0;                    // from the start of the machine to its own
  std::int64_t resident_bytes = 0;
  std::optional<std::int64_t> open_files{}; // none: this user may not see them
  std::int64_t most_files = 0;              // its soft limit; 0: it has none
  std::int64_t threads = 0;
};

// None when there is no such process. Of a process that is a zombie, too: nothing of it runs.
std::optional<ProcessUsage> figures_of(std::int64_t process);

// The memory that a process may have, in bytes: the least of what its control groups allow and what the machine has; 0
// when neither can be seen.
std::int64_t memory_limit_of(std::int64_t process);

// Whether there is such a process and this user may not see its figures.
bool is_hidden(std::int64_t process);

// What a file with the id of a process says.
struct ProcessNote {
  std::int64_t process = 0;
  std::chrono::system_clock::time_point written{}; // the file, last
};

// Reads a file that a server writes: the id is a number in its first line. None: there is no such file. Never waits for
// a writer. Errors: usage, in words for people.
Result<std::optional<ProcessNote>> read_process_note(const std::string& file);

// Whether the process is too young to be the one that the note is about: its id was given again.
bool is_another(const ProcessUsage& process, const ProcessNote& note);

} // namespace murphy::target
