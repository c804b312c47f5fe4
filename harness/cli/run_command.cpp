#include "cli/commands.h"
#include "cli/recorded_run.h"
#include "cli/terminal.h"

#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <iterator>

namespace murphy::cli {

ExitCode run_command(const RunOptions& options) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
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
  note_in_history(ready.history, run);
  Errors errors = recorded->errors;
  Errors unwritten = write_reports(run, outputs.reports);
  errors.insert(errors.end(), std::make_move_iterator(unwritten.begin()), std::make_move_iterator(unwritten.end()));
  if (!errors.empty()) return refuse(errors), ExitCode::internal;
  if (ready.shard && ready.plan.cases.empty()) {
    write_error(fmt::format("murphy run: shard {} of {} has no scenario\n", ready.shard->index, ready.shard->total));
    return ExitCode::passed; // others have them all; murphy merge sees to that
  }
  const ExitCode code = exit_code(run);
  return code == ExitCode::passed && options.fail_on_flaky && record::totals(run).flaky > 0 ? ExitCode::failed : code;
}

} // namespace murphy::cli
