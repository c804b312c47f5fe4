#include "cli/terminal.h"

#include "base/log_commands.h"
#include "base/make_error.h"
#include "base/text.h"
#include "reports/ascii_text.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace murphy::cli {
namespace {

int descriptor_of(Stream stream) { return stream == Stream::output ? STDOUT_FILENO : STDERR_FILENO; }

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::atomic<int> output_trouble = 0; // what errno said of standard output first

bool write_as_it_is(Stream stream, std::string_view text) {
  if (write_all(descriptor_of(stream), text)) return true;
  int none = 0;
  // Who closes the pipe has read enough.
  if (stream == Stream::output && errno != EPIPE) output_trouble.compare_exchange_strong(none, errno);
  return false;
}

} // namespace

bool write_to(Stream stream, std::string_view text) { return write_as_it_is(stream, without_commands(text)); }

std::optional<Error> trouble_with_output() {
  const int number = output_trouble;
  if (number == 0) return std::nullopt;
  return internal_error("cannot write to standard output: " + std::generic_category().message(number),
                        "free space on the disk, or write elsewhere");
}

void open_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(descriptor, F_GETFD) < 0) [[maybe_unused]]
      const int opened = ::open("/dev/null", O_RDWR);
}

bool write_out(std::string_view text) { return write_to(Stream::output, text); }
bool write_commands_out(std::string_view text) { return write_as_it_is(Stream::output, text); }
bool write_error(std::string_view text) { return write_to(Stream::error, text); }

bool print_to(Stream stream, std::string_view text) {
  return style_of(stream).ascii ? write_to(stream, reports::ascii_text(text)) : write_to(stream, text);
}

bool print_out(std::string_view text) { return print_to(Stream::output, text); }
bool print_error(std::string_view text) { return print_to(Stream::error, text); }

void remark(const std::string& words, const record::Redactor& redactor) {
  print_error("murphy: " + one_line(redactor.redact(words)) + "\n");
}

void show(const Errors& errors) {
  bool first = true;
  for (const Error& error : errors) {
    if (!first) write_error("\n");
    first = false;
    print_error(render(error));
  }
}

void show(Errors errors, const record::Redactor& redactor) {
  for (Error& error : errors) {
    error.what = redactor.redact(error.what);
    error.hint = redactor.redact(error.hint);
    error.source_line = redactor.redact(error.source_line);
  }
  show(errors);
}

reports::ConsoleStyle style_of(Stream stream) {
  winsize size{};
  const int descriptor = descriptor_of(stream);
  const bool terminal = isatty(descriptor) != 0;
  const int width = terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
  return reports::console_style(terminal, width, [](const char* name) -> const char* { return std::getenv(name); });
}

} // namespace murphy::cli
