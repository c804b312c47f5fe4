#include "cli/command_line.h"

#include "base/text.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace murphy::cli {
namespace {

// What names stand for is known by the option; what is a file, by its type.
OptionValue value_of(const CLI::Option& option, const std::string& type) {
  if (type.empty()) return OptionValue::none;
  const auto is = [&](std::string_view name) { return contains(option.get_lnames(), name); };
  if (is("target")) return OptionValue::target;
  if (is("user")) return OptionValue::user;
  if (is("feature")) return OptionValue::feature;
  if (is("name") || is("case")) return OptionValue::scenario;
  return type == "FILE" || type == "JOURNAL" || type == "FOLDER" ? OptionValue::file : OptionValue::text;
}

CommandOption option_of(const CLI::Option& option) {
  CommandOption read;
  for (const std::string& name : option.get_snames()) read.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) read.names.push_back("--" + name);
  if (option.get_expected_max() > 0) read.type = option.get_type_name();
  read.meaning = one_line(option.get_description());
  read.value = value_of(option, read.type);
  return read;
}

// "watch status": a command of a command has the names of both.
std::string name_of(const CLI::App& app) {
  if (app.get_parent() == nullptr) return {};
  const std::string above = name_of(*app.get_parent());
  return above.empty() ? app.get_name() : above + " " + app.get_name();
}

CommandLine command_line(const CLI::App& app) {
  CommandLine command{.name = name_of(app),
                      .meaning = one_line(app.get_description()),
                      .footer = app.get_footer(),
                      .arguments = {},
                      .options = {}};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    if (option->nonpositional())
      command.options.push_back(option_of(*option));
    else
      command.arguments.push_back({option->get_name(), one_line(option->get_description()), option->get_required()});
  }
  return command;
}

} // namespace

std::vector<CommandLine> command_lines(const CLI::App& app) {
  std::vector<CommandLine> commands{command_line(app)};
  for (const CLI::App* command : app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); }))
    std::ranges::move(command_lines(*command), std::back_inserter(commands));
  return commands;
}

} // namespace murphy::cli
