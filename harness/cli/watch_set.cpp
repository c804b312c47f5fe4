#include "cli/watch_set.h"

#include "base/make_error.h"
#include "cli/inputs.h"
#include "cli/load.h"
#include "cli/target_setup.h"
#include "cli/terminal.h"
#include "cli/watch_load.h"
#include "run/plan/tag_expression.h"
#include "scenario/files.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace murphy::cli {
namespace {

std::unexpected<ExitCode> refused(const Error& error) {
  show({error});
  return std::unexpected(exit_code(error.kind));
}

watch::WatchPolicy policy_of(const scenario::WatchSettings& settings) {
  watch::WatchPolicy policy{.fail_after = settings.fail_after,
                            .fail_if = {},
                            .pass_after = settings.pass_after,
                            .confirm = settings.confirm,
                            .remind = settings.remind,
                            .slow = settings.slow,
                            .deploy_grace = settings.deploy_grace};
  if (settings.fail_if) policy.fail_if = {.failed = settings.fail_if->failed, .of = settings.fail_if->of};
  return policy;
}

// Why this target cannot be watched; nothing when it can.
std::optional<Error> not_to_be_watched(const scenario::Target& target) {
  if (target.start.empty()) return std::nullopt;
  return at_place_of(target,
                     usage_error(fmt::format("murphy watch looks at an app that runs, and target \"{}\" is started by "
                                             "Murphy",
                                             target.name),
                                 "name another target in [watch], one without \"start\""));
}

// Nobody would hear before the first migration that none is found.
std::optional<Error> wrong_migrations(const scenario::WatchSettings& settings, const scenario::Target& target) {
  if (!settings.migrations) return std::nullopt;
  const scenario::WatchMigrations& migrations = *settings.migrations;
  if (!target.database)
    return at_place_of(
        migrations,
        usage_error(fmt::format("target \"{}\" has no database, so nothing is known of its migrations", target.name),
                    "add database = \"…\" to the target"));
  std::error_code ignored;
  if (migrations.folder.empty() || std::filesystem::is_directory(migrations.folder, ignored)) return std::nullopt;
  return at_place_of(migrations, usage_error("there is no folder " + migrations.folder,
                                             "write the folder of the app's migrations, relative to the project file"));
}

std::vector<watch::WatchedScenario> scenarios_of(const PreparedRun& ready,
                                                 const std::vector<watch::ScheduledCheck>& checks) {
  std::vector<watch::WatchedScenario> scenarios;
  for (const run::Case& each : ready.plan.cases) {
    const std::string_view id = each.planned->id;
    const auto check = std::ranges::find(checks, id, &watch::ScheduledCheck::check);
    scenarios.push_back({.id = std::string(id),
                         .feature = ready.redactor.redact(each.planned->feature),
                         .name = ready.redactor.redact(id.substr(id.find('#') + 1)),
                         .every = check->every,
                         .round = ready.target->start_timeout});
  }
  return watch::told_apart(std::move(scenarios));
}

} // namespace

std::vector<std::string> WatchSet::files() const {
  std::vector<std::string> files = ready->defining_files(); // without the console, which may never stay the same
  auto found = scenario::find_features({}, ready->loaded.project->directory).files;
  std::ranges::move(found, std::back_inserter(files));
  return files;
}

std::expected<std::unique_ptr<WatchSet>, ExitCode> read_watch_set(const WatchOptions& options) {
  const auto outside = inputs(options.variables);
  if (!outside) return refused(outside.error());
  const Loaded loaded = load_project(options.project, *outside);
  if (!loaded.errors.empty()) return show(loaded.errors), std::unexpected(exit_code(loaded.errors.front().kind));
  auto set = std::make_unique<WatchSet>();
  auto place = watch_of(loaded.project->file, loaded.project->directory, *outside);
  if (!place) return refused(place.error());
  set->place = std::move(*place);
  const scenario::WatchSettings& settings = set->place.settings;
  if (!settings.tag.source.empty())
    if (const auto tag = run::TagExpression::parse(settings.tag.source); !tag)
      return refused(at_place_of(settings.tag, tag.error()));

  set->run.files.project = options.project;
  set->run.target = settings.target;
  set->run.selection.tags = settings.tag.source;
  set->run.variables = options.variables;
  set->run.resolve = options.resolve;
  auto prepared = prepare(set->run);
  if (!prepared) return std::unexpected(prepared.error());
  set->ready = std::move(*prepared);
  const PreparedRun& ready = *set->ready;
  if (const auto error = not_to_be_watched(*ready.target)) return refused(*error);
  if (const auto error = wrong_migrations(settings, *ready.target)) return refused(*error);
  if (const auto& password = set->place.store.password) set->ready->inputs.learn_secret(password);
  if (const auto& replica = set->place.read_replica; replica && replica->password)
    set->ready->inputs.learn_secret(replica->password);
  const scenario::App& app = ready.loaded.project->app;
  auto checks = scheduled_checks(ready.plan, *ready.target, app, settings);
  if (!checks) return refused(checks.error());
  set->checks = std::move(*checks);
  if (ready.target->console) set->checks.push_back({.check = watch::console_check, .every = settings.every});
  if (ready.target->process) set->checks.push_back({.check = watch::process_check, .every = settings.every});
  if (ready.setup->tls_of_app_that_runs())
    set->checks.push_back({.check = watch::app_certificate_check, .every = settings.every});
  if (const Errors locked = locked_accounts(load_of(ready.plan, app, set->checks, settings), *ready.target, settings);
      !locked.empty())
    return show(locked, ready.redactor), std::unexpected(ExitCode::usage);
  set->scenarios = scenarios_of(ready, set->checks);
  set->policy = policy_of(settings);
  auto addresses = alert_addresses(settings, ready.inputs);
  if (!addresses) return refused(addresses.error());
  set->addresses = std::move(*addresses);
  auto client = make_client({}, options.resolve);
  if (!client) return refused(client.error());
  set->client = std::move(*client);
  return set;
}

std::vector<std::string> files_read(const WatchOptions& options) {
  const auto outside = inputs(options.variables);
  if (!outside) return {};
  return load({.project = options.project, .paths = {}}, *outside).inputs;
}

std::optional<Error> needs_restart(const WatchSet& old, const WatchSet& next) {
  const char* what = old.ready->target->name != next.ready->target->name                     ? "target"
                     : old.place.store.shown != next.place.store.shown                       ? "store"
                     : old.place.settings.listen.source != next.place.settings.listen.source ? "listen"
                                                                                             : nullptr;
  if (what == nullptr) return std::nullopt;
  return in_file(usage_error(fmt::format("a watch that runs keeps its `{}` of [watch]", what), "start it again"),
                 next.ready->loaded.project->file);
}

} // namespace murphy::cli
