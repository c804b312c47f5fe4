// The command line as help, the manual and shells see it: read off the options that are defined, so that none is
// forgotten.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace murphy::cli {

// What may stand behind an option.
enum class OptionValue { none, text, file, target, user, feature, scenario };

struct CommandOption {
  std::vector<std::string> names; // "-h", "--help"
  std::string type;               // "FILE"; empty: it has no value
  std::string meaning;            // on one line
  OptionValue value = OptionValue::none;
};

struct CommandArgument {
  std::string name; // "paths"
  std::string meaning;
  bool is_required = false;
};

struct CommandLine {
  std::string name;    // "run", "watch status"
  std::string meaning; // on one line
  std::string footer;  // as help shows it
  std::vector<CommandArgument> arguments;
  std::vector<CommandOption> options; // in their order; those that help does not show are left out
};

// Murphy itself, without a name, then its commands, each followed by its own. What help does not show is left out.
std::vector<CommandLine> command_lines(const CLI::App& app);

// The manual page, as roff.
std::string manual(const std::vector<CommandLine>& commands);

enum class Shell { bash, zsh, fish };

// A script that has the shell complete commands, options, files and names of the project.
std::string completion(Shell shell, const std::vector<CommandLine>& commands);

} // namespace murphy::cli
