#include "base/text.h"
#include "cli/command_line.h"

#include <fmt/format.h>
#include <set>
#include <string_view>
#include <utility>

namespace murphy::cli {
namespace {

constexpr std::string_view of_shells = "completion"; // the command whose argument is one of a few words

// What `murphy complete` knows by this word; empty: it knows nothing of such values.
std::string_view kind_of(OptionValue value) {
  switch (value) {
  case OptionValue::target: return "targets";
  case OptionValue::user: return "users";
  case OptionValue::feature: return "features";
  case OptionValue::scenario: return "scenarios";
  case OptionValue::none:
  case OptionValue::text:
  case OptionValue::file: break;
  }
  return {};
}

// The command that a command is one of; empty: it stands for itself.
std::string_view parent_of(const CommandLine& command) {
  const std::size_t end = command.name.find(' ');
  return end == std::string::npos ? std::string_view() : std::string_view(command.name).substr(0, end);
}

std::string command_names(const std::vector<CommandLine>& commands) {
  std::vector<std::string> names;
  for (const CommandLine& command : commands)
    if (!command.name.empty() && parent_of(command).empty()) names.push_back(command.name);
  names.emplace_back("help");
  return join(names, " ");
}

// The last words of the commands of this one: "status ack".
std::string names_below(const std::vector<CommandLine>& commands, const CommandLine& parent) {
  std::vector<std::string> names;
  for (const CommandLine& command : commands)
    if (!parent.name.empty() && parent_of(command) == parent.name)
      names.push_back(command.name.substr(parent.name.size() + 1));
  return join(names, " ");
}

// The commands of commands, as the pattern of a `case`.
std::string nested_names(const std::vector<CommandLine>& commands) {
  std::vector<std::string> names;
  for (const CommandLine& command : commands)
    if (!parent_of(command).empty()) names.push_back(fmt::format("\"{}\"", command.name));
  return join(names, "|");
}

std::string option_names(const CommandLine& command) {
  std::vector<std::string> names;
  for (const CommandOption& option : command.options)
    for (const std::string& name : option.names)
      if (name.starts_with("--")) names.push_back(name);
  return join(names, " ");
}

// The options with these values, as the patterns of a `case`; each once.
std::string options_with(const std::vector<CommandLine>& commands, OptionValue value) {
  std::set<std::string> names;
  for (const CommandLine& command : commands)
    for (const CommandOption& option : command.options)
      if (option.value == value) names.insert(option.names.begin(), option.names.end());
  return join({names.begin(), names.end()}, "|");
}

// The words after an option with a value, as cases of `{before}`; `names` and `files` are what the shell runs.
std::string cases_of_values(const std::vector<CommandLine>& commands, std::string_view names, std::string_view files) {
  std::string text;
  for (const OptionValue value : {OptionValue::target, OptionValue::user, OptionValue::feature, OptionValue::scenario})
    if (const std::string options = options_with(commands, value); !options.empty())
      text += fmt::format("    {}) {} {}; return ;;\n", options, names, kind_of(value));
  text += fmt::format("    {}) {}; return ;;\n", options_with(commands, OptionValue::file), files);
  return text + fmt::format("    {}) return ;;\n", options_with(commands, OptionValue::text));
}

std::string cases_of_commands(const std::vector<CommandLine>& commands, std::string_view before,
                              std::string_view after) {
  std::string text;
  for (const CommandLine& command : commands)
    if (!command.name.empty() && command.name != of_shells) {
      const std::string below = names_below(commands, command);
      text += fmt::format("    \"{0}\") options={1}{2}{3}", command.name, before, option_names(command), after);
      text += below.empty() ? " ;;\n" : fmt::format(" below={}{}{} ;;\n", before, below, after);
    }
  return text;
}

std::string for_bash(const std::vector<CommandLine>& commands) {
  return fmt::format(R"sh(# Completion of murphy in bash: source <(murphy completion bash)
_murphy_names() {{
  local name
  while IFS= read -r name; do
    if [[ $name == "$word"* ]]; then COMPREPLY+=("$(printf %q "$name")"); fi
  done < <(murphy complete "$1" 2>/dev/null)
}}
_murphy() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command=${{COMP_WORDS[1]}} options= below=
  COMPREPLY=()
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD - 2]}}; fi
  word=${{word//\\/}}
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "{} {}" -- "$word")
    return
  fi
  case $before in
{}  esac
  if ((COMP_CWORD > 2)); then
    case "$command ${{COMP_WORDS[2]}}" in
      {}) command+=" ${{COMP_WORDS[2]}}" ;;
    esac
  fi
  case $command in
    help) options="{}" ;;
    completion) options="bash zsh fish --help" ;;
{}  esac
  if [[ $word == -* || $command == help || $command == completion ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  elif [[ -n $below ]] && ((COMP_CWORD == 2)); then
    mapfile -t COMPREPLY < <(compgen -W "$below" -- "$word")
  else
    compopt -o default
  fi
}}
complete -F _murphy murphy
)sh",
                     command_names(commands), option_names(commands.front()),
                     cases_of_values(commands, "_murphy_names", "compopt -o default"), nested_names(commands),
                     command_names(commands), cases_of_commands(commands, "\"", "\""));
}

std::string for_zsh(const std::vector<CommandLine>& commands) {
  return fmt::format(R"sh(#compdef murphy
# Completion of murphy in zsh: source <(murphy completion zsh)
_murphy_names() {{ compadd -- "${{(@f)$(murphy complete "$1" 2>/dev/null)}}" }}
_murphy() {{
  local -a options below
  local command=${{words[2]}}
  if ((CURRENT == 2)); then
    compadd -- {} {}
    return
  fi
  case ${{words[CURRENT - 1]}} in
{}  esac
  if ((CURRENT > 3)); then
    case "$command ${{words[3]}}" in
      {}) command+=" ${{words[3]}}" ;;
    esac
  fi
  case $command in
    help) compadd -- {}; return ;;
    completion) compadd -- bash zsh fish; return ;;
{}  esac
  if [[ ${{words[CURRENT]}} == -* ]]; then compadd -- $options
  elif ((CURRENT == 3 && $#below)); then compadd -- $below
  else _files; fi
}}
compdef _murphy murphy
)sh",
                     command_names(commands), option_names(commands.front()),
                     cases_of_values(commands, "_murphy_names", "_files"), nested_names(commands),
                     command_names(commands), cases_of_commands(commands, "(", ")"));
}

std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

// When fish is at a command, so that its options fit.
std::string fish_condition(const std::vector<CommandLine>& commands, const CommandLine& command) {
  if (command.name.empty()) return "__fish_use_subcommand";
  if (const std::string_view parent = parent_of(command); !parent.empty())
    return fmt::format("'__fish_seen_subcommand_from {}; and __fish_seen_subcommand_from {}'", parent,
                       command.name.substr(parent.size() + 1));
  const std::string below = names_below(commands, command);
  return fmt::format("'__fish_seen_subcommand_from {}{}'", command.name,
                     below.empty() ? "" : "; and not __fish_seen_subcommand_from " + below);
}

std::string for_fish(const std::vector<CommandLine>& commands) {
  std::string text = "# Completion of murphy in fish: murphy completion fish | source\n";
  const CommandLine* parent = &commands.front();
  for (const CommandLine& command : commands) {
    const bool is_nested = !parent_of(command).empty();
    if (!is_nested) parent = &command;
    const std::string when = fish_condition(commands, command);
    if (!command.name.empty())
      text += fmt::format("complete -c murphy -n {} -f -a {} -d {}\n",
                          is_nested ? fish_condition(commands, *parent) : "__fish_use_subcommand",
                          command.name.substr(command.name.find(' ') + 1), fish_quoted(command.meaning));
    for (const CommandOption& option : command.options) {
      text += fmt::format("complete -c murphy -n {}", when);
      for (const std::string& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      const std::string_view kind = kind_of(option.value);
      if (!kind.empty())
        text += fmt::format(" -x -a '(murphy complete {} 2>/dev/null)'", kind);
      else if (option.value == OptionValue::file)
        text += " -r -F";
      else if (option.value == OptionValue::text)
        text += " -x";
      text += fmt::format(" -d {}\n", fish_quoted(option.meaning));
    }
  }
  text += fmt::format("complete -c murphy -n __fish_use_subcommand -f -a help -d {}\n", fish_quoted("Show help"));
  text += fmt::format("complete -c murphy -n '__fish_seen_subcommand_from help' -f -a {}\n",
                      fish_quoted(command_names(commands)));
  return text + "complete -c murphy -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n";
}

} // namespace

std::string completion(Shell shell, const std::vector<CommandLine>& commands) {
  switch (shell) {
  case Shell::bash: return for_bash(commands);
  case Shell::zsh: return for_zsh(commands);
  case Shell::fish: return for_fish(commands);
  }
  return {};
}

} // namespace murphy::cli
