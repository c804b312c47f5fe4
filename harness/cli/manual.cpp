#include "base/text.h"
#include "cli/command_line.h"

#include <fmt/format.h>
#include <string_view>

namespace murphy::cli {
namespace {

// Text as roff shows it: hyphens are those that people copy, and no line is a request.
std::string roff(std::string_view text) {
  std::string written;
  for (const char c : text) {
    if (c == '\\')
      written += "\\e";
    else if (c == '-')
      written += "\\-";
    else
      written += c;
  }
  return written.starts_with('.') || written.starts_with('\'') ? "\\&" + written : written;
}

std::string lines(std::string_view text) {
  std::string written;
  for (const std::string_view line : split(text, '\n')) written += roff(line) + "\n";
  return written;
}

std::string as_it_is(std::string_view text) { return text.empty() ? "" : ".nf\n" + lines(trim(text)) + ".fi\n"; }

std::string usage(const CommandLine& command) {
  std::string text = "murphy " + command.name + " [OPTION]...";
  for (const CommandArgument& argument : command.arguments)
    text += argument.is_required ? " " + argument.name : " [" + argument.name + "]";
  return text;
}

std::string described(const std::string& what, const std::string& meaning) {
  return fmt::format(".TP\n.B {}\n{}\n", roff(what), roff(meaning));
}

std::string options(const CommandLine& command) {
  std::string text;
  for (const CommandArgument& argument : command.arguments) text += described(argument.name, argument.meaning);
  for (const CommandOption& option : command.options)
    text += described(join(option.names, ", ") + (option.type.empty() ? "" : " " + option.type), option.meaning);
  return text;
}

} // namespace

std::string manual(const std::vector<CommandLine>& commands) {
  const CommandLine& murphy = commands.front();
  std::string text = ".TH MURPHY 1 \"\" \"murphy " MURPHY_VERSION "\" \"User Commands\"\n";
  text += fmt::format(".SH NAME\nmurphy \\- {}\n", roff(murphy.meaning));
  text += ".SH SYNOPSIS\n.B murphy\nCOMMAND [OPTION]...\n";
  text += ".SH OPTIONS\n" + options(murphy);
  text += ".SH COMMANDS\n";
  for (const CommandLine& command : commands)
    if (!command.name.empty())
      text += fmt::format(".SS {}\n{}\n{}.PP\n{}", roff(usage(command)), roff(command.meaning), options(command),
                          as_it_is(command.footer));
  return text + ".SH NOTES\n" + as_it_is(murphy.footer);
}

} // namespace murphy::cli
