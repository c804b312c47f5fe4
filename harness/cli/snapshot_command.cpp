#include "base/make_error.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/lock_file.h"
#include "cli/prepared_run.h"
#include "cli/terminal.h"
#include "record/redact.h"
#include "reports/plain_text.h"
#include "reports/report_file.h"
#include "reports/step_text.h"
#include "snapshot/drift.h"
#include "snapshot/fold.h"
#include "snapshot/lock.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <string_view>

namespace murphy::cli {
namespace {

// What changes from run to run is found by running twice.
constexpr int runs = 2;

// What an app logs of the last request, it may log after the answer.
constexpr std::chrono::milliseconds console_patience(1000), console_quiet(80);

struct Looked {
  snapshot::Healthy healthy;
  Errors errors;
};

// What accounts are called, where the project file says it: every property that is no secret.
std::vector<std::string> names_of_accounts(const scenario::Project& project, const scenario::Inputs& inputs) {
  std::vector<std::string> names;
  for (const auto& [user, account] : project.users) {
    for (int member = 1; member <= std::max(1, account.pool); ++member) {
      scenario::Scope scope(project, inputs, "murphy snapshot");
      if (account.pool > 0) scope.set_member(user, member);
      for (const auto& [name, setting] : account.properties) {
        if (setting.from != scenario::Setting::From::text || names_a_secret(name)) continue;
        scenario::Text reference = setting.text;
        reference.split = std::vector{scenario::Text::Part::reference_to(user + "." + name)};
        const auto value = scope.resolve(reference);
        if (value && !value->is_secret()) names.push_back(value->text());
      }
    }
  }
  return names;
}

// Runs the plan once and keeps all that is seen.
Looked look(PreparedRun& ready, const RunOptions& options, const std::stop_token& stop) {
  Looked looked;
  const auto note = [&](const Result<void>& result) {
    if (!result) looked.errors.push_back(result.error());
  };
  run::RunSettings settings = ready.settings(options, stop);
  settings.of_passed_steps = run::Kept::pages;
  settings.before_stop = [&](target::RunningTarget& app) {
    // Lines that were not read would look like news later.
    if (const std::string why = ready.setup->console_trouble(); !why.empty())
      looked.errors.push_back(
          usage_error(fmt::format("the console of target \"{}\" is not being read: {}", ready.target->name, why),
                      "a baseline needs it; correct `console` of the target, or remove it"));
    if (!app.started_by_us()) app.console().drain(std::chrono::steady_clock::now() + console_patience, console_quiet);
    for (const record::ConsoleLine& line : app.console().lines_since(app.began()))
      looked.healthy.console.push_back(ready.redactor.redact(line.text));
    auto schema = ready.setup->look_at_database(&app);
    if (schema && *schema) {
      looked.healthy.migrations = target::known_migrations(ready.setup->look_at_migrations(&app, **schema));
      for (record::KnownMigrations& each : looked.healthy.migrations)
        for (std::string& name : each.applied) name = ready.redactor.redact(name);
      looked.healthy.schema = std::move(**schema);
    } else if (schema) {
      looked.errors.push_back(schema->error());
    }
  };
  run::run(ready.plan, std::move(settings), [&](const record::Event& event) {
    const record::Event masked = record::redact(event, ready.redactor);
    note(record::apply(looked.healthy.run, masked));
  });
  looked.healthy.personal = names_of_accounts(*ready.loaded.project, ready.inputs);
  return looked;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string contents(const record::KnownGood& known) {
  std::vector<std::string> parts{counted(known.forms.size(), "form", "forms"),
                                 counted(known.visits.size(), "visit", "visits"),
                                 counted(known.cookies.size(), "cookie", "cookies")};
  if (!known.engine.empty()) parts.push_back(counted(known.tables.size(), "table", "tables"));
  std::size_t migrations = 0;
  for (const record::KnownMigrations& each : known.migrations)
    migrations += each.applied.size() + static_cast<std::size_t>(each.left_out);
  if (migrations > 0) parts.push_back(counted(migrations, "migration", "migrations"));
  parts.push_back(counted(known.console.size(), "harmless console line", "harmless console lines"));
  return join(parts, ", ");
}

std::string listed(const std::vector<std::string>& differences) {
  std::string text;
  for (const std::string& difference : differences) text += "  " + one_line(difference) + "\n";
  return text;
}

// Why there is nothing to compare or to save, in a few lines: murphy run shows all of it.
std::string unhealthy(const record::Run& run, const record::Redactor& redactor) {
  const record::Totals totals = record::totals(run);
  std::string text = fmt::format("murphy: {} of {} did not pass; a baseline needs a healthy app\n",
                                 totals.failed + totals.errors + totals.not_run,
                                 counted(static_cast<std::size_t>(totals.all()), "scenario", "scenarios"));
  if (run.lost) text += fmt::format("  {}\n", one_line(redactor.redact(run.lost->error.what)));
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& each : feature.cases) {
      if (!is_red(each.outcome) || each.steps.empty()) continue;
      const auto step = std::ranges::find_if(
          each.steps, [](const record::StepResult& one) { return !one.failures.empty() || one.error.has_value(); });
      if (step == each.steps.end()) continue;
      text += fmt::format("  first: {}  {}\n", reports::place_text(reports::place_of_trouble(*step)),
                          reports::plain_line(each.plan->name));
      text += fmt::format("    {}\n", reports::headline(*step));
      return text + "  murphy run shows every failure and its likely cause\n";
    }
  }
  return text + "  murphy run shows every failure and its likely cause\n";
}

// The record of an app that passes everything, twice; or the code to exit with, everything said.
std::expected<record::KnownGood, ExitCode> known_good(PreparedRun& ready, const RunOptions& options) {
  const Interrupt interrupt;
  std::optional<record::KnownGood> known;
  for (int run = 0; run < runs; ++run) {
    const Looked looked = look(ready, options, interrupt.token());
    if (!looked.errors.empty()) {
      show(looked.errors, ready.redactor);
      return std::unexpected(exit_code(looked.errors.front().kind));
    }
    if (const ExitCode code = exit_code(looked.healthy.run); code != ExitCode::passed) {
      print_error(unhealthy(looked.healthy.run, ready.redactor));
      return std::unexpected(code);
    }
    record::KnownGood seen = snapshot::known_good_of(looked.healthy);
    known = known ? snapshot::common(std::move(*known), seen) : std::move(seen);
  }
  return std::move(*known);
}

} // namespace

ExitCode snapshot_command(const SnapshotOptions& options) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  const auto prepared = prepare(options.run);
  if (!prepared) return prepared.error();
  PreparedRun& ready = **prepared;
  const std::string file = lock_file(*ready.loaded.project, *ready.target);
  if (options.check && !ready.known_good) {
    Error error;
    error.kind = ErrorKind::usage;
    error.what = "there is no baseline " + file;
    error.hint = "create it with murphy snapshot while the app is healthy, and commit it";
    show({error}, ready.redactor);
    return ExitCode::usage;
  }
  const auto known = known_good(ready, options.run);
  if (!known) return known.error();
  auto differences = ready.known_good ? snapshot::drift(*ready.known_good, *known) : std::vector<std::string>();
  if (options.check) {
    if (differences.empty()) {
      print_out(fmt::format("The app matches {}.\n", one_line(file)));
      return ExitCode::passed;
    }
    print_out(fmt::format(
        "The app differs from {}:\n{}If these changes are intended, update the baseline with murphy snapshot.\n",
        one_line(file), listed(differences)));
    return ExitCode::failed;
  }
  if (const auto written = reports::write_report(file, snapshot::write_lock(*known)); !written) {
    show({written.error()}, ready.redactor);
    return exit_code(written.error().kind);
  }
  print_out(fmt::format("{}: {}\n", one_line(file), contents(*known)));
  // These are no difference of the app by themselves.
  if (ready.known_good && snapshot::have_other_migrations(*ready.known_good, *known))
    differences.emplace_back("other migrations have run");
  if (ready.known_good) print_out(differences.empty() ? "No changes.\n" : "Changes:\n" + listed(differences));
  return ExitCode::passed;
}

} // namespace murphy::cli
