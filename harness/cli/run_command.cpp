#include "base/text.h"
#include "cli/commands.h"
#include "cli/earlier_runs.h"
#include "cli/lock_file.h"
#include "cli/recorded_run.h"
#include "cli/step_guide.h"
#include "cli/terminal.h"
#include "snapshot/drift.h"
#include "snapshot/fold.h"

#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <iterator>

namespace murphy::cli {

namespace {

// In one line, how an app that passed everything differs from its baseline. It may be meant; a misspelling is not.
void tell_drift(const PreparedRun& ready, const RecordedRun& recorded, Stream console) {
  const snapshot::Healthy seen{.run = recorded.run, .console = {}, .schema = recorded.schema, .personal = {}};
  const auto differences = snapshot::drift_of_run(*ready.known_good, snapshot::known_good_of(seen));
  if (differences.empty()) return;
  const std::size_t more = differences.size() - 1;
  print_to(console,
           fmt::format("The app differs from {}: {}{}; murphy snapshot --check compares all of it\n",
                       lock_file(*ready.loaded.project, *ready.target), one_line(differences.front()),
                       more == 0 ? "" : fmt::format(", and {} more difference{}", more, more == 1 ? "" : "s")));
}

// Whether the run shows something new, where a history knows.
void tell_age(const record::Run& run, const reports::Background& background, Stream console) {
  const std::string ages = reports::ages_text(background, reports::causes_of(run));
  if (!ages.empty()) print_to(console, fmt::format("{}\n{}\n", ages, reports::last_green_text(background)));
}

} // namespace

ExitCode run_command(const RunOptions& given) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  if (const auto steppable = check_stepping(given); !steppable) return show({steppable.error()}), ExitCode::usage;
  RunOptions options = given;
  if (!options.step.empty()) options.jobs = 1;
  auto reports = read_report_options(options.reports, [](const char* name) { return std::getenv(name); });
  if (!reports) return show(reports.error()), ExitCode::usage;
  const Outputs outputs{.reports = std::move(*reports), .journal = options.journal};
  const auto prepared = prepare(options);
  if (!prepared) {
    Outputs old = outputs;
    if (old.journal == options.last_failed) old.journal.clear(); // still the word on what failed
    if (!options.list) remove_old(old);
    return prepared.error();
  }
  PreparedRun& ready = **prepared;
  const auto refuse = [&](const Errors& errors) {
    show(errors, ready.redactor);
    return exit_code(errors.front().kind);
  };
  const auto recorded = record_run(ready, options, outputs);
  if (!recorded) return refuse(recorded.error());
  const record::Run& run = recorded->run;
  const CheckedOutRun checked_out{
      .run = run, .schema = recorded->schema, .folder = ready.loaded.project->directory, .redactor = ready.redactor};
  // What a person repeated and skipped says nothing of how the app fares.
  if (!options.step.empty()) ready.history.reset();
  const reports::Background background{.verdict = {}, .earlier = earlier_runs_of(ready.history, checked_out)};
  const Stream console = uses_standard_output(outputs) ? Stream::error : Stream::output;
  tell_age(run, background, console);
  note_in_history(ready.history, checked_out);
  Errors errors = recorded->errors;
  Errors unwritten = write_reports(run, outputs.reports, background);
  errors.insert(errors.end(), std::make_move_iterator(unwritten.begin()), std::make_move_iterator(unwritten.end()));
  if (!errors.empty()) return refuse(errors), ExitCode::internal;
  if (ready.shard && ready.plan.cases.empty()) {
    write_error(fmt::format("murphy run: shard {} of {} has no scenario\n", ready.shard->index, ready.shard->total));
    return ExitCode::passed; // others have them all; murphy merge sees to that
  }
  const ExitCode code = exit_code(run);
  if (code == ExitCode::passed && ready.known_good && options.step.empty()) tell_drift(ready, *recorded, console);
  return code == ExitCode::passed && options.fail_on_flaky && record::totals(run).flaky > 0 ? ExitCode::failed : code;
}

} // namespace murphy::cli
