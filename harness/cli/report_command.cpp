#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/terminal.h"
#include "record/join.h"
#include "record/journal.h"
#include "reports/console.h"
#include "reports/console_ending.h"

#include <cstdlib>
#include <fmt/format.h>

namespace murphy::cli {

namespace {

// Reads one journal, shows it as the run did, and gives back what it amounts to.
Result<record::Run> replay(const std::string& path, Stream stream) {
  const auto events = record::read_journal(path);
  if (!events) return std::unexpected(events.error());
  record::Run run;
  reports::ConsoleReport console(style_of(stream), [stream](std::string_view text) { return print_to(stream, text); });
  for (const record::Event& event : *events) {
    if (const auto applied = record::apply(run, event); !applied) {
      Error error = applied.error();
      error.place.file = path;
      return std::unexpected(std::move(error));
    }
    console(event);
  }
  console.finish();
  return run;
}

} // namespace

ExitCode report_command(const ReportCommandOptions& options) {
  auto reports = read_report_options(options.reports, [](const char* name) { return std::getenv(name); });
  if (!reports) return show(reports.error()), ExitCode::usage;
  const Outputs outputs{.reports = std::move(*reports), .journal = {}};
  if (const Errors wrong = check_outputs(outputs, options.journals); !wrong.empty())
    return show(wrong), exit_code(wrong.front().kind);
  const Stream console = uses_standard_output(outputs) ? Stream::error : Stream::output;
  std::optional<record::Run> whole;
  for (const std::string& path : options.journals) {
    auto run = replay(path, console);
    if (!run) {
      show({run.error()});
      return exit_code(run.error().kind);
    }
    if (!whole) {
      whole = std::move(*run);
    } else if (const auto joined = record::join(*whole, std::move(*run)); !joined) {
      show({joined.error()});
      return exit_code(joined.error().kind);
    }
  }
  if (options.journals.size() > 1) {
    reports::TextBlock sum(style_of(console));
    sum.blank();
    sum.line({{reports::Tone::strong, fmt::format("All {} journals", options.journals.size())}});
    reports::write_sum(sum, *whole);
    print_to(console, sum.text());
  }
  const Errors errors = write_reports(*whole, outputs.reports);
  show(errors);
  return errors.empty() ? exit_code(*whole) : ExitCode::internal;
}

} // namespace murphy::cli
