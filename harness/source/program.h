// Runs a program and reads what it prints.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace murphy::source {

using Deadline = std::chrono::steady_clock::time_point;

struct Printed {
  std::string text;      // of its standard output, as far as it came
  bool is_whole = false; // it ended by itself, with 0 or 1: it found what it looked for, or nothing
};

// The arguments begin with the program, which is looked for in PATH. It gets no input, nobody sees its errors, and it
// is killed at the deadline or when it prints more than so many bytes. Variables that tell git where its files are stay
// behind: Murphy may run in a hook of another repository.
Printed printed_by(const std::vector<std::string>& arguments, Deadline deadline, std::size_t most_bytes);

} // namespace murphy::source
