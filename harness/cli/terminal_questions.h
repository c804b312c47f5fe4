// Questions to the person at the terminal.
#pragma once

#include "base/clear_text.h"
#include "base/error.h"
#include "target/descriptor.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace murphy::cli {

// The terminal that controls this process, whatever its standard streams are.
class TerminalQuestions {
public:
  // None where the process has no terminal.
  static std::optional<TerminalQuestions> open();

  // One line that is typed, without its end. Errors: interrupted, by Ctrl-C or Ctrl-D; usage, when it
  // is too long.
  Result<std::string> ask(const std::string& question, const std::stop_token& stop) const;
  // The same without showing what is typed; the terminal shows again what is typed when this returns.
  Result<ClearText> ask_secret(const std::string& question, const std::stop_token& stop) const;

  // Can be polled: readable when a line was typed.
  int descriptor() const { return terminal_.number(); }
  // Shows a text there.
  void say(std::string_view text) const;

private:
  explicit TerminalQuestions(target::Descriptor terminal) : terminal_(std::move(terminal)) {}
  Result<ClearText> read_line(const std::string& question, const std::stop_token& stop) const;
  target::Descriptor terminal_;
};

} // namespace murphy::cli
