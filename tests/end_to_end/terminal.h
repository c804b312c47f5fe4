// The real binary on a terminal.
#pragma once

#include "command.h"

#include <string>
#include <vector>

namespace murphy::end_to_end {

// What a terminal shows of what is written to it: of all that terminals can do, only what Murphy uses.
class Screen {
public:
  void write(std::string_view text);

  const std::vector<std::string>& lines() const { return lines_; } // without colours; the last one may be unfinished
  std::string text() const;
  std::size_t widest() const { return widest_; } // columns that any line ever took, live ones included
  int erased() const { return erased_; }         // how often a line was erased
  int colours() const { return colours_; }       // how often a colour was set
  bool is_plain() const { return plain_; }       // whether what is written next has no colour
  // Everything that a program may not write to a terminal: other sequences, lone control characters.
  const std::string& strange() const { return strange_; }

private:
  std::vector<std::string> lines_{""};
  std::size_t column_ = 0;
  std::size_t widest_ = 0;
  int erased_ = 0;
  int colours_ = 0;
  bool plain_ = true;
  std::string strange_;
};

struct Seen {
  int code = -1;
  Screen screen;
  std::string raw;
};

// What is typed once something was shown.
struct Typed {
  std::string after;
  std::string text;
};

// Runs it on a terminal of so many columns, its standard error included. What is typed waits for what was shown behind
// the typing before it.
Seen run_on_terminal(const Invocation& invocation, unsigned short columns, const std::vector<Typed>& typing = {});

} // namespace murphy::end_to_end
