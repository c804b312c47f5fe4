// Bytes a process writes, as the lines a person would see on a terminal.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace murphy::target {

// One line as text: ANSI escape sequences and control characters but the tab removed, invalid UTF-8 replaced by U+FFFD.
std::string clean_line(std::string_view bytes);

// Cuts a stream of bytes into lines at LF and CRLF. A lone CR starts the line anew, as on a terminal (progress bars).
// Of a line longer than `longest` bytes only the beginning is kept, and its end says how much is missing.
class LineSplitter {
public:
  static constexpr std::size_t longest = 16U << 10;

  // Calls `line` for each line that these bytes complete, cleaned.
  void feed(std::string_view bytes, const std::function<void(std::string)>& line);
  // The line that has no end yet, cleaned; empty when there is none.
  std::string unfinished() const;
  // Forgets the unfinished line.
  void clear();

private:
  void append(std::string_view bytes);

  std::string pending_;
  std::size_t cut_ = 0;   // bytes of the pending line that were not kept
  bool returned_ = false; // a CR came and what follows is not known yet
};

} // namespace murphy::target
