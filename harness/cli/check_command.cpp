#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/select.h"
#include "cli/target_setup.h"
#include "cli/terminal.h"
#include "cli/watch_load.h"
#include "cli/watch_place.h"
#include "record/redactor.h"
#include "scenario/files.h"
#include "scenario/watch_reader.h"

#include <expected>
#include <fmt/format.h>
#include <string>

namespace murphy::cli {
namespace {

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

// What its watch does to the accounts, in words; nothing without one. Errors: accounts that it would lock, and windows
// of maintenance that are none.
std::expected<std::string, Errors> load_of_watch(const Loaded& loaded) {
  const auto text = scenario::load(loaded.project->file);
  if (!text) return std::unexpected(Errors{text.error()});
  const auto settings = scenario::read_watch(loaded.project->file, text->view()).settings;
  if (!settings) return std::string();
  if (const auto windows = maintenance_windows(*settings); !windows) return std::unexpected(Errors{windows.error()});
  const auto target = choose_target(*loaded.project, settings->target);
  if (!target) return std::unexpected(Errors{target.error()});
  RunOptions options;
  options.selection.tags = settings->tag.source;
  const auto plan = select(loaded.features, options, record::Redactor());
  if (!plan) {
    Error error = plan.error();
    if (error.place == Place{}) error = at_place_of(settings->tag, std::move(error));
    return std::unexpected(Errors{std::move(error)});
  }
  const scenario::App& app = loaded.project->app;
  const auto checks = scheduled_checks(*plan, **target, app, *settings);
  if (!checks) return std::unexpected(Errors{checks.error()});
  const auto load = load_of(*plan, app, *checks, *settings);
  if (const Errors locked = locked_accounts(load, **target, *settings); !locked.empty()) return std::unexpected(locked);
  return load_text(load, **target, *settings);
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
  // What the watch does is what all of its scenarios do.
  const auto load =
      options.files.paths.empty() ? load_of_watch(loaded) : std::expected<std::string, Errors>(std::string());
  if (!load) {
    show(load.error());
    return exit_code(load.error().front().kind);
  }
  std::size_t scenarios = 0;
  for (const scenario::Feature& feature : loaded.features) scenarios += feature.scenarios.size();
  print_out(fmt::format("{} and {} in {}: no errors\n", one_line(loaded.project->file),
                        count(scenarios, "scenario", "scenarios"),
                        count(loaded.files, "feature file", "feature files")));
  print_out(*load);
  return ExitCode::passed;
}

} // namespace murphy::cli
