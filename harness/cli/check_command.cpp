#include "base/text.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/terminal.h"

#include <fmt/format.h>

namespace murphy::cli {
namespace {

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

} // namespace

ExitCode check_command(const CheckOptions& options) {
  const auto outside = inputs(options.variables);
  if (!outside) {
    show({outside.error()});
    return exit_code(outside.error().kind);
  }
  const Loaded loaded = load(options.files, *outside);
  show(loaded.warnings);
  if (!loaded.warnings.empty() && !loaded.errors.empty()) write_error("\n");
  if (!loaded.errors.empty()) {
    show(loaded.errors);
    const std::size_t read = loaded.files + (loaded.inputs.empty() ? 0 : 1); // and the project file
    write_error(fmt::format("\n{}{}\n", count(loaded.errors.size(), "error", "errors"),
                            read > 0 ? fmt::format(" in {} read", count(read, "file", "files")) : ""));
    return ExitCode::usage;
  }
  std::size_t scenarios = 0;
  for (const scenario::Feature& feature : loaded.features) scenarios += feature.scenarios.size();
  print_out(fmt::format("{} and {} in {}: no errors\n", one_line(loaded.project->file),
                        count(scenarios, "scenario", "scenarios"),
                        count(loaded.files, "feature file", "feature files")));
  return ExitCode::passed;
}

} // namespace murphy::cli
