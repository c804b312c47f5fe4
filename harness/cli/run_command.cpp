#include "cli/commands.h"
#include "cli/given.h"
#include "cli/interrupt.h"
#include "cli/outputs.h"
#include "cli/recorder.h"
#include "cli/select.h"
#include "cli/target_setup.h"
#include "cli/terminal.h"
#include "run/runner.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

namespace murphy::cli {
namespace {

ExitCode refuse(const Errors& errors, const record::Redactor& redactor) {
  show(errors, redactor);
  return exit_code(errors.front().kind);
}

Error nothing_selected(const FileOptions& files, bool there_are_some) {
  Error error;
  error.kind = ErrorKind::usage;
  if (there_are_some) {
    error.what = "no scenario is selected";
    error.hint = "--feature, --name, --tag and --last-failed all have to hold; murphy run --list shows what they leave";
    return error;
  }
  error.what = files.paths.empty() ? "there are no scenarios to run" : "the files named hold no scenarios";
  error.hint = "write one in scenarios/ beside the project file, or name a feature file or a folder of them";
  return error;
}

ExitCode list(const run::Plan& plan) {
  for (const run::Case& each : plan.cases) {
    const record::PlannedCase& planned = each.planned;
    write_out(fmt::format("{}:{}  {}: {}{}\n", planned.place.file, planned.place.line, planned.feature, planned.name,
                          planned.tags.empty() ? "" : fmt::format("  [{}]", fmt::join(planned.tags, ", "))));
  }
  return ExitCode::passed;
}

std::string hostname() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

} // namespace

ExitCode run_command(const RunOptions& options) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  record::Redactor redactor;
  auto outside = given(options.variables, options.secrets);
  if (!outside) return refuse({outside.error()}, redactor);
  outside->learn_secret = [&redactor](std::shared_ptr<const Secret> secret) { redactor.learn(std::move(secret)); };
  for (const auto& [name, secret] : outside->secrets) redactor.learn(secret);

  const Loaded loaded = load(options.files, *outside);
  if (loaded.project) {
    for (auto& secret : scenario::project_secrets(*loaded.project, outside->environment))
      redactor.learn(std::move(secret));
  }
  if (!loaded.errors.empty()) return refuse(loaded.errors, redactor);
  auto selection = select(loaded.features, options);
  if (!selection) return refuse({selection.error()}, redactor);
  const run::Plan plan = std::move(*selection);
  if (plan.cases.empty()) {
    refuse({nothing_selected(options.files, !loaded.features.empty())}, redactor);
    return ExitCode::nothing_selected;
  }
  if (options.list) return list(plan);
  const auto target = choose_target(*loaded.project, options.target);
  if (!target) return refuse({target.error()}, redactor);
  std::vector<const scenario::Scenario*> selected;
  for (const run::Case& each : plan.cases) selected.push_back(each.scenario);
  if (const Errors missing = scenario::check_environment(selected, *loaded.project, *target, outside->environment);
      !missing.empty())
    return refuse(missing, redactor);
  if (const Errors refused = scenario::check_production(selected, **target); !refused.empty())
    return refuse(refused, redactor);
  auto setup = TargetSetup::make(**target, *loaded.project, *outside, options.resolve);
  if (!setup) return refuse({setup.error()}, redactor);
  if (const Errors unwritable = check_writable(options.reports); !unwritable.empty())
    return refuse(unwritable, redactor);
  std::optional<record::JournalWriter> journal;
  if (!options.journal.empty()) {
    auto opened = record::JournalWriter::open(options.journal);
    if (!opened) return refuse({opened.error()}, redactor);
    journal.emplace(std::move(*opened));
  }

  const Interrupt interrupt;
  Recorder recorder(redactor, std::move(journal));
  record::RunStarted started;
  started.murphy_version = MURPHY_VERSION;
  started.project = loaded.project->file;
  started.target = (*target)->name;
  started.hostname = hostname();
  run::run(
      plan,
      {.project = *loaded.project,
       .given = *outside,
       .started = std::move(started),
       .start_target = [&](std::stop_token stop) { return setup->start(std::move(stop)); },
       .new_driver = [&](const target::RunningTarget& app) { return setup->new_driver(app); },
       .look_at_database = [&](const target::RunningTarget& app) { return setup->look_at_database(app); },
       .learn_token = [&](std::string_view kind, std::string_view value) { redactor.learn_token(kind, value); },
       .step_deadline = (*target)->timeout,
       .jobs = options.jobs > 0 ? options.jobs : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())),
       .retries = options.retries,
       .fail_fast = options.fail_fast,
       .stop = interrupt.token()},
      [&](const record::Event& event) { recorder(event); });
  const record::Run& run = recorder.finish();
  Errors errors = recorder.errors();
  Errors unwritten = write_reports(run, options.reports);
  errors.insert(errors.end(), std::make_move_iterator(unwritten.begin()), std::make_move_iterator(unwritten.end()));
  if (!errors.empty()) return refuse(errors, redactor), ExitCode::internal;
  const ExitCode code = exit_code(run);
  return code == ExitCode::passed && options.fail_on_flaky && record::totals(run).flaky > 0 ? ExitCode::failed : code;
}

} // namespace murphy::cli
