#include "cli/terminal_questions.h"

#include "base/make_error.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <string_view>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

namespace murphy::cli {
namespace {

constexpr std::size_t longest_line = 4095; // a terminal drops what is typed beyond that

Error interrupted() {
  Error error;
  error.kind = ErrorKind::interrupted;
  error.what = "interrupted";
  return error;
}

Error too_long() {
  return usage_error(fmt::format("a line may have {} bytes", longest_line - 1),
                     "set the variable in the environment instead");
}

// Keeps what is typed from being shown. Ctrl-C alone ends the process meanwhile: the keys that stop it or have it dump
// its memory would leave the terminal as it is now.
class HiddenTyping {
public:
  explicit HiddenTyping(int terminal) : terminal_(terminal), is_known_(tcgetattr(terminal, &before_) == 0) {
    if (!is_known_) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden.c_cc[VQUIT] = hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
    tcsetattr(terminal_, TCSAFLUSH, &hidden);
  }
  ~HiddenTyping() {
    if (is_known_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

private:
  int terminal_;
  termios before_{};
  bool is_known_;
};

void write_to_terminal(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

} // namespace

std::optional<TerminalQuestions> TerminalQuestions::open() {
  target::Descriptor terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!terminal) return std::nullopt;
  return TerminalQuestions(std::move(terminal));
}

void TerminalQuestions::say(std::string_view text) const { write_to_terminal(terminal_.number(), text); }

Result<ClearText> TerminalQuestions::read_line(const std::string& question, const std::stop_token& stop) const {
  const int terminal = terminal_.number();
  const target::Descriptor stopped(eventfd(0, EFD_CLOEXEC));
  const std::stop_callback wake(stop, [&] {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(stopped.number(), &one, sizeof one);
  });
  write_to_terminal(terminal, question);
  ClearText line;
  for (;;) {
    std::array<pollfd, 2> waiting{{{terminal, POLLIN, 0}, {stopped.number(), POLLIN, 0}}};
    if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return std::unexpected(interrupted());
    if (stop.stop_requested()) return std::unexpected(interrupted());
    if (waiting[0].revents == 0) continue;
    char c = 0;
    const ssize_t count = ::read(terminal, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::unexpected(interrupted());
    if (c == '\n') return line;
    line.push_back(c);
    if (line.size() < longest_line) continue;
    tcflush(terminal, TCIFLUSH); // else a shell reads the rest
    return std::unexpected(too_long());
  }
}

Result<std::string> TerminalQuestions::ask(const std::string& question, const std::stop_token& stop) const {
  auto line = read_line(question, stop);
  if (!line) return std::unexpected(line.error());
  return std::string(line->view());
}

Result<ClearText> TerminalQuestions::ask_secret(const std::string& question, const std::stop_token& stop) const {
  auto line = [&] {
    const HiddenTyping hidden(terminal_.number());
    return read_line(question, stop);
  }();
  write_to_terminal(terminal_.number(), "\n");
  return line;
}

} // namespace murphy::cli
