#include "terminal.h"

#include "base/text.h"

#include <array>
#include <csignal>
#include <fmt/format.h>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace murphy::end_to_end {

void Screen::write(std::string_view text) {
  while (!text.empty()) {
    if (text.starts_with("\x1B[")) {
      const std::size_t end = text.find_first_not_of("0123456789;", 2);
      const std::string_view sequence = text.substr(0, end + 1);
      text.remove_prefix(sequence.size());
      if (sequence == "\x1B[K" && column_ == 0) {
        lines_.back().clear();
        ++erased_;
      } else if (sequence.ends_with('m')) {
        plain_ = sequence == "\x1B[0m" || sequence == "\x1B[m";
        if (!plain_) ++colours_;
      } else {
        strange_ += fmt::format("{} ", visible(sequence));
      }
      continue;
    }
    const std::string_view before = text;
    const char32_t point = next_code_point(text);
    const std::string_view character = before.substr(0, before.size() - text.size());
    if (point == U'\n') {
      lines_.emplace_back();
      column_ = 0;
    } else if (point == U'\r') {
      column_ = 0;
    } else if (point < U' ' || point == U'\x7F' || (point >= U'\x80' && point < U'\xA0')) {
      strange_ += fmt::format("{:#x} ", static_cast<unsigned>(point));
    } else {
      if (column_ == 0 && !lines_.back().empty()) strange_ += "(written over a line) ";
      lines_.back() += character;
      column_ += display_width(character);
      widest_ = std::max(widest_, column_);
    }
  }
}

std::string Screen::text() const { return join(lines_, "\n"); }

Seen run_on_terminal(const Invocation& invocation, unsigned short columns, const std::vector<Typed>& typing) {
  Launch launch(invocation);
  const winsize size{24, columns, 0, 0};
  int terminal = -1;
  const pid_t id = forkpty(&terminal, nullptr, nullptr, &size);
  if (id < 0) throw std::runtime_error("forkpty");
  if (id == 0) {
    if (chdir(invocation.directory.c_str()) == 0)
      execve(invocation.binary.c_str(), launch.arguments(), launch.environment());
    _exit(127);
  }
  Seen seen;
  auto next = typing.begin();
  std::size_t shown = 0; // before this, nothing is looked for any more
  for (;;) {
    pollfd waiting{terminal, POLLIN, 0};
    if (poll(&waiting, 1, 60'000) <= 0) {
      kill(id, SIGKILL);
      break;
    }
    std::array<char, 65536> buffer;
    const ssize_t count = read(terminal, buffer.data(), buffer.size());
    if (count <= 0) break; // EIO: the other end is closed
    seen.raw.append(buffer.data(), static_cast<std::size_t>(count));
    if (next == typing.end() || seen.raw.find(next->after, shown) == std::string::npos) continue;
    shown = seen.raw.size();
    if (::write(terminal, next->text.data(), next->text.size()) < 0) throw std::runtime_error("cannot type");
    ++next;
  }
  int status = 0;
  waitpid(id, &status, 0);
  close(terminal);
  seen.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  seen.screen.write(seen.raw);
  return seen;
}

} // namespace murphy::end_to_end
