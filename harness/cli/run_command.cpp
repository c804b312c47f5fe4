#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/outputs.h"
#include "cli/prepared_run.h"
#include "cli/recorder.h"
#include "cli/terminal.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>

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
  if (const Errors wrong = check_outputs(outputs, ready.input_files()); !wrong.empty()) return refuse(wrong);
  std::optional<record::JournalWriter> journal;
  if (!options.journal.empty()) {
    auto opened = record::JournalWriter::open(options.journal);
    if (!opened) return refuse({opened.error()});
    journal.emplace(std::move(*opened));
  }

  const Interrupt interrupt;
  Recorder recorder(ready.redactor, std::move(journal), uses_standard_output(outputs) ? Stream::error : Stream::output);
  run::RunSettings settings = ready.settings(options, interrupt.token());
  // Other reports say no more of a step that passed.
  const bool is_shown =
      std::ranges::any_of(outputs.reports, [](const ReportRequest& report) { return report.kind->shows_passed_steps; });
  if (options.journal.empty() && !is_shown) settings.of_passed_steps = run::Kept::outcome;
  run::run(ready.plan, std::move(settings), [&](const record::Event& event) { recorder(event); });
  const record::Run& run = recorder.finish();
  Errors errors = recorder.errors();
  Errors unwritten = write_reports(run, outputs.reports);
  errors.insert(errors.end(), std::make_move_iterator(unwritten.begin()), std::make_move_iterator(unwritten.end()));
  if (!errors.empty()) return refuse(errors), ExitCode::internal;
  const ExitCode code = exit_code(run);
  return code == ExitCode::passed && options.fail_on_flaky && record::totals(run).flaky > 0 ? ExitCode::failed : code;
}

} // namespace murphy::cli
