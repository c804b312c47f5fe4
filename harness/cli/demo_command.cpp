#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/demo_files.h"
#include "cli/recorded_run.h"
#include "cli/terminal.h"
#include "record/run.h"
#include "reports/suspect_text.h"

#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

namespace murphy::cli {
namespace {

void title(std::string_view text) {
  const bool is_coloured = style_of(Stream::output).colour;
  print_out(fmt::format("\n{}── {}{}\n", is_coloured ? "\x1b[1m" : "", text, is_coloured ? "\x1b[0m" : ""));
}

// What the report says is the cause of the first scenario that failed; empty: it names none.
std::string named_cause(const record::Run& run) {
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& each : feature.cases)
      for (const record::StepResult& step : each.steps)
        if (std::string cause = reports::likely_cause(step.suspects); !cause.empty()) return cause;
  return {};
}

struct DemoRun {
  ExitCode code = ExitCode::internal;
  std::string cause;
};

DemoRun run_on(const std::string& target, const TemporaryDirectory& data) {
  RunOptions options;
  options.files.project = "murphy.toml";
  options.target = target;
  options.variables.variables = {"folder=" + data.path().string()};
  options.jobs = 1;
  const auto prepared = prepare(options);
  if (!prepared) return {.code = prepared.error(), .cause = {}};
  PreparedRun& ready = **prepared;
  const auto recorded = record_run(ready, options, {.reports = {}, .journal = {}});
  if (!recorded) return show(recorded.error(), ready.redactor), DemoRun{};
  show(recorded->errors, ready.redactor);
  return {.code = exit_code(recorded->run), .cause = named_cause(recorded->run)};
}

// The code of a demo whose run ended in another way than it should, which it says; but for Ctrl-C.
ExitCode unlike(const std::string& what, ExitCode code) {
  if (code == ExitCode::interrupted) return code;
  show({internal_error(fmt::format("{}, and this run ended with exit code {}", what, static_cast<int>(code)),
                       "the report above says why; install Murphy again if its files have changed")});
  return code == ExitCode::passed || code == ExitCode::failed ? ExitCode::internal : code;
}

} // namespace

ExitCode demo_command() {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  const auto files = find_demo();
  if (!files) return show({files.error()}), exit_code(files.error().kind);
  const auto data = TemporaryDirectory::make();
  if (!data) return show({data.error()}), exit_code(data.error().kind);
  std::error_code closed; // reports name files from the folder of the demo
  std::filesystem::current_path(files->folder, closed);
  if (closed) {
    show({target_error(one_line(files->folder) + " cannot be entered: " + closed.message(),
                       "run the demo as a user who may read it")});
    return ExitCode::target;
  }

  title("The example app as it should be");
  print_out(
      "Murphy starts the app on a free port with a new SQLite database, runs two scenarios and stops the app.\n\n");
  const DemoRun working = run_on("working", *data);
  if (working.code != ExitCode::passed) return unlike("the app works", working.code);

  title("The same app after a bad migration");
  print_out(files->change + "\nThe app still starts and its pages still load, but nobody can sign in.\n\n");
  const DemoRun broken = run_on("broken", *data);
  if (broken.code != ExitCode::failed) return unlike("the app is broken", broken.code);
  if (broken.cause.empty()) return unlike("Murphy names the cause", broken.code);

  title("What you saw");
  print_out("The first run is green. The second is red, and Murphy names the cause:\n  " + broken.cause +
            "\n\nThe app and its scenarios are in " + visible(files->folder) +
            ".\nFor a first scenario of your own app: murphy init URL\n");
  return ExitCode::passed;
}

} // namespace murphy::cli
