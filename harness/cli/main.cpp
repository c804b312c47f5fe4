// The one place where options are defined and the process ends with an exit code.
#include "base/nearest.h"
#include "base/text.h"
#include "cli/bazel.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "reports/registry.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <sstream>
#include <string_view>

namespace {

using namespace murphy::cli;

// Help fits 80 columns: this many for the names, the rest for what they mean, which is broken by hand.
constexpr std::size_t name_columns = 28;

constexpr const char* project_help =
    "The project file (default: murphy.toml in this\nfolder or the nearest folder above)";
constexpr const char* target_help = "The target to use\n(default: the first in the project file)";

void add_resolve(CLI::App& command, std::vector<std::string>& resolve) {
  command.add_option("--resolve", resolve, "Connect to ADDRESS for this host and port;\nrepeatable")
      ->type_name("HOST:PORT:ADDRESS")
      ->allow_extra_args(false);
}

void add_files(CLI::App& command, FileOptions& files) {
  command.add_option("paths", files.paths,
                     "Feature files or folders of feature files\n(default: scenarios/ next to the project file)");
  command.add_option("--project", files.project, project_help)->type_name("FILE");
}

void add_variables(CLI::App& command, VariableOptions& options) {
  command.add_option("--var", options.variables, "Set ${NAME}; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--secret", options.secrets, "Set ${NAME} to a value that Murphy masks in all\noutput; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

void add_reports(CLI::App& command, std::vector<std::string>& reports) {
  command
      .add_option(
          "--report", reports,
          "Write a report of this kind; repeatable.\nFILE - is standard output; auto: what the CI\nsystem reads")
      ->type_name("KIND=FILE")
      ->allow_extra_args(false);
  for (const murphy::reports::ReportKind& kind : murphy::reports::report_kinds()) {
    if (kind.option.empty()) continue;
    const auto add = [&reports, &kind](const std::string& file) {
      reports.push_back(fmt::format("{}={}", kind.name, file));
    };
    command
        .add_option_function<std::string>(std::string(kind.option), add,
                                          fmt::format("Short for --report {}=FILE", kind.name))
        ->type_name("FILE");
  }
}

std::string help_of_kinds() {
  std::string text = "Kinds of report:\n";
  for (const murphy::reports::ReportKind& kind : murphy::reports::report_kinds())
    text += fmt::format("  {:<14}{}\n", kind.name, kind.what);
  return text;
}

void add_selection(CLI::App& command, RunOptions& run) {
  const char* group = "Selecting scenarios";
  SelectionOptions& selection = run.selection;
  command.add_option("--feature", selection.features, "Run only this feature; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->group(group);
  command.add_option("--name", selection.names, "Run only scenarios with these words in their\nname; repeatable")
      ->type_name("WORDS")
      ->allow_extra_args(false)
      ->group(group);
  command.add_option("--tag", selection.tags, "Run only scenarios with these tags, such as\n\"smoke and not slow\"")
      ->type_name("TAGS")
      ->group(group);
  command
      .add_option("--last-failed", run.last_failed,
                  "Run only the scenarios that did not pass in the\nrun of this journal")
      ->type_name("JOURNAL")
      ->group(group);
  command.add_flag("--list", run.list, "List the selected scenarios without running them")->group(group);
  command.add_flag("--json", run.json, "With --list: one line of JSON for each scenario")->group(group);
}

constexpr const char* running = "Running scenarios";

void add_jobs(CLI::App& command, RunOptions& run) {
  command.add_option("--jobs", run.jobs, "Run up to NUMBER features in parallel\n(default: the number of CPU cores)")
      ->type_name("NUMBER")
      ->check(CLI::Range(1, 1000).description(""))
      ->group(running);
}

void add_running(CLI::App& command, RunOptions& run) {
  const char* group = running;
  add_jobs(command, run);
  command
      .add_option("--retry", run.retries,
                  "Retry a scenario in which a request had no answer,\nand the start of the app, up to NUMBER times")
      ->type_name("NUMBER")
      ->check(CLI::Range(0, 100).description(""))
      ->group(group);
  command
      .add_flag("--retry-failures", run.retry_failures,
                "With --retry: retry every scenario that does not\npass; it is flaky if a retry passes")
      ->group(group);
  command.add_flag("--fail-on-flaky", run.fail_on_flaky, "Exit with 1 if a scenario is flaky")->group(group);
  command.add_flag("--fail-fast", run.fail_fast, "Start no further scenario after the first failure")->group(group);
  command
      .add_flag("--no-confirm", run.no_confirm, "Never run a failed scenario again, alone, to\nbe sure of its cause")
      ->group(group);
  command.add_flag("--shuffle", run.shuffle, "Shuffle the order; repeat an order with\n--shuffle=SEED")->group(group);
}

void add_shard(CLI::App& command, RunOptions& run) {
  command
      .add_option("--shard", run.shard,
                  "Run one of several parts, such as 3/8; auto: the\npart that the CI system says. See murphy merge")
      ->type_name("INDEX/TOTAL")
      ->group(running);
  command
      .add_option("--weights", run.weights, "With --shard: divide the scenarios by their\ndurations in this journal")
      ->type_name("JOURNAL")
      ->group(running);
}

constexpr const char* exit_codes = "Exit codes:\n"
                                   "  0  every scenario passed\n"
                                   "  1  a scenario failed, or the app does not come up\n"
                                   "  2  invalid command line, project or scenario file; nothing was sent\n"
                                   "  3  Murphy could not reach, start or understand the app\n"
                                   "  4  internal error: Murphy could not write a report\n"
                                   "  5  nothing to run\n"
                                   "130  interrupted\n";

// What is wrong with a command line that CLI11 refused. Values are not repeated: one may be a secret.
murphy::Error usage_error(const CLI::App& app, int argument_count, char** arguments, const std::string& refusal) {
  murphy::Error error;
  error.kind = murphy::ErrorKind::usage;
  std::vector<std::string> commands;
  for (const CLI::App* each : app.get_subcommands({})) commands.push_back(each->get_name());
  const bool asks_for_help = argument_count > 2 && std::string_view(arguments[1]) == "help";
  std::vector<std::string> words = commands;
  words.emplace_back("help");
  const std::string given = argument_count > 1 ? arguments[asks_for_help ? 2 : 1] : "";
  const CLI::App* command = std::ranges::find(commands, given) == commands.end() ? nullptr : app.get_subcommand(given);
  if (command == nullptr && !given.starts_with('-')) {
    error.what = given.empty() ? "no command given" : fmt::format("\"{}\" is not a command of murphy", given);
    const std::string meant = murphy::did_you_mean_of_few(given, words);
    error.hint =
        meant.empty() ? "use one of " + murphy::join(commands, ", ") + "; murphy --help describes them" : meant;
    return error;
  }
  const CLI::App& asked = command == nullptr ? app : *command;
  const std::string name = command == nullptr ? "murphy" : "murphy " + given;
  std::vector<std::string> options;
  for (const CLI::Option* each : asked.get_options())
    for (const std::string& option : each->get_lnames()) options.push_back("--" + option);
  error.hint = name + " --help lists the options";
  for (int index = 1; index < argument_count; ++index) {
    const std::string_view argument = arguments[index];
    const std::string option(argument.substr(0, argument.find('=')));
    if (!option.starts_with("--") || option == "--" || std::ranges::find(options, option) != options.end()) continue;
    error.what = fmt::format("{} has no option {}", name, option);
    if (const std::string meant = murphy::did_you_mean_of_few(option, options); !meant.empty()) error.hint = meant;
    return error;
  }
  error.what = fmt::format("{}: {}", name, refusal);
  return error;
}

// `murphy help run` is `murphy run --help`.
std::vector<std::string> without_help_command(int argument_count, char** arguments) {
  std::vector<std::string> given(arguments + 1, arguments + argument_count);
  if (given.empty() || given.front() != "help") return given;
  std::erase(given, "help");
  given.emplace_back("--help");
  return given;
}

// Help of a command that does not exist is no help: CLI11 would show that of Murphy.
bool names_no_command(const CLI::App& app, const std::vector<std::string>& given) {
  if (given.empty() || given.front().starts_with('-')) return false;
  return std::ranges::none_of(app.get_subcommands([](const CLI::App*) { return true; }),
                              [&](const CLI::App* command) { return command->get_name() == given.front(); });
}

int run_murphy(int argument_count, char** arguments) {
  CLI::App app("Murphy tests sign-in to your web app and finds the cause when it breaks.", "murphy");
  app.set_version_flag("--version", "murphy " MURPHY_VERSION, "Show the version");
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "Show this help");
  app.get_formatter()->column_width(name_columns);
  app.footer(std::string("Try: murphy run\n\n") + exit_codes);

  RunOptions run;
  CLI::App* run_command_line =
      app.add_subcommand("run", "Run the scenarios against the app and report\nfailures and their likely causes");
  add_files(*run_command_line, run.files);
  run_command_line->add_option("--target", run.target, target_help)->type_name("NAME");
  run_command_line
      ->add_option("--target-version", run.target_version, "The version of the app, for reports and the journal")
      ->type_name("TEXT");
  add_variables(*run_command_line, run.variables);
  add_resolve(*run_command_line, run.resolve);
  run_command_line
      ->add_option("--journal", run.journal, "Save every step with its evidence as JSON lines;\nsee murphy report")
      ->type_name("FILE");
  add_reports(*run_command_line, run.reports);
  add_selection(*run_command_line, run);
  add_running(*run_command_line, run);
  add_shard(*run_command_line, run);
  run_command_line->footer(
      std::string("Example: murphy run scenarios/sign-in.toml --journal run.jsonl --junit run.xml\n\n") +
      help_of_kinds() + "\n" + exit_codes);

  GateOptions gate;
  CLI::App* gate_command_line =
      app.add_subcommand("gate", "Run the scenarios that a change concerns, and say\nwhether the change may be merged");
  add_files(*gate_command_line, gate.run.files);
  gate_command_line->add_option("--target", gate.run.target, target_help)->type_name("NAME");
  gate_command_line
      ->add_option("--base", gate.base,
                   "The branch or commit that the change goes into\n(default: what the CI system says, else `base`\nof "
                   "[gate])")
      ->type_name("REVISION");
  gate_command_line
      ->add_option("--baseline", gate.baselines,
                   "The journal of an earlier run of the base, to\ndistinguish new failures from known "
                   "ones;\nrepeatable (default: the runs of [history])")
      ->type_name("JOURNAL")
      ->allow_extra_args(false);
  gate_command_line->add_option("--result", gate.result, "Judge the run of this journal instead of a new\nrun")
      ->type_name("JOURNAL");
  gate_command_line->add_flag("--explain", gate.explain, "Show what would run and why; send no request");
  gate_command_line->add_option("--example", gate.example, "Print a scenario that proves this feature")
      ->type_name("FEATURE");
  add_variables(*gate_command_line, gate.run.variables);
  add_resolve(*gate_command_line, gate.run.resolve);
  gate_command_line
      ->add_option("--journal", gate.run.journal, "Save every step with its evidence as JSON lines;\nsee murphy report")
      ->type_name("FILE");
  add_reports(*gate_command_line, gate.run.reports);
  add_running(*gate_command_line, gate.run);
  gate_command_line->footer("Example: murphy gate --baseline main.jsonl --report markdown=gate.md\n\n"
                            "Exit codes:\n"
                            "  0  ready to merge\n"
                            "  1  not ready to merge\n"
                            "  3  Murphy could not judge every scenario\n"
                            "Others are as for murphy run.\n");

  SnapshotOptions snapshot;
  CLI::App* snapshot_command_line = app.add_subcommand(
      "snapshot", "Save a baseline of the healthy app in murphy.lock;\nlater failures are compared with it");
  add_files(*snapshot_command_line, snapshot.run.files);
  snapshot_command_line->add_option("--target", snapshot.run.target, target_help)->type_name("NAME");
  snapshot_command_line->add_flag(
      "--check", snapshot.check,
      "Compare the app with the baseline, list the\nchanges and exit with 1 if there are any");
  add_variables(*snapshot_command_line, snapshot.run.variables);
  add_resolve(*snapshot_command_line, snapshot.run.resolve);
  add_selection(*snapshot_command_line, snapshot.run);
  add_jobs(*snapshot_command_line, snapshot.run);
  snapshot_command_line->footer("Example: murphy snapshot\n"
                                "         murphy snapshot --check\n");

  CheckOptions check;
  CLI::App* check_command_line =
      app.add_subcommand("check", "Check every file and report every error;\nsend no request");
  add_files(*check_command_line, check.files);
  add_variables(*check_command_line, check.variables);
  check_command_line->footer("Example: murphy check --project shop/murphy.toml shop/scenarios\n");

  FormsOptions forms;
  CLI::App* forms_command_line = app.add_subcommand(
      "forms", "List the forms of a page: their fields and rules,\nwhat they send, and their faults");
  forms_command_line
      ->add_option("page", forms.page, "A URL, or a path on the project's target\n(Murphy starts the target if needed)")
      ->required();
  forms_command_line->add_option("--project", forms.project, project_help)->type_name("FILE");
  forms_command_line->add_option("--target", forms.target, target_help)->type_name("NAME");
  forms_command_line->add_option("--user", forms.user, "Sign in as this user of the project first")->type_name("NAME");
  forms_command_line->add_flag("--json", forms.json, "Print one JSON object");
  add_variables(*forms_command_line, forms.variables);
  add_resolve(*forms_command_line, forms.resolve);
  forms_command_line->footer("Example: murphy forms https://staging.example.com/login\n"
                             "         murphy forms /profile --user ada\n");

  ReportCommandOptions report;
  CLI::App* report_command_line = app.add_subcommand("report", "Write reports from the journals of earlier runs");
  report_command_line->add_option("journals", report.journals, "Journals that murphy run --journal wrote")->required();
  add_reports(*report_command_line, report.reports);
  report_command_line->footer("Example: murphy report run.jsonl --junit report.xml\n\n" + help_of_kinds());

  MergeOptions merge;
  CLI::App* merge_command_line =
      app.add_subcommand("merge", "Join the journals of the shards of one run\n(murphy run --shard)");
  merge_command_line->add_option("journals", merge.journals, "The journals of all shards")->required();
  merge_command_line->add_option("--journal", merge.journal, "Save all of them as one journal")->type_name("FILE");
  merge_command_line->add_flag("--partial", merge.partial, "Merge although shards are missing; exit with 1");
  add_reports(*merge_command_line, merge.reports);
  merge_command_line->footer(
      std::string("Example: murphy merge shard-*.jsonl --journal run.jsonl --junit run.xml\n\n") + help_of_kinds());

  HistoryOptions history;
  CLI::App* history_command_line = app.add_subcommand(
      "history", "Show the runs that the project keeps: the newest,\na scenario, causes, the slowest");
  history_command_line->add_option("--project", history.project, project_help)->type_name("FILE");
  history_command_line->add_option("--add", history.journals, "Add the run of this journal; repeatable")
      ->type_name("JOURNAL")
      ->allow_extra_args(false);
  history_command_line
      ->add_option("--case", history.words,
                   "Show the record of scenarios with these words in\ntheir name, and the first bad run")
      ->type_name("WORDS");
  history_command_line
      ->add_option("--rename", history.renamed,
                   "Give a scenario, a feature or a file its new name;\nit keeps its record")
      ->type_name("OLD NEW")
      ->expected(2);
  history_command_line->add_flag("--causes", history.shows_causes, "List causes: since when, and how often");
  history_command_line->add_flag("--slowest", history.shows_slowest, "List the slowest scenarios");
  history_command_line->add_option("--export", history.format, "Print every result as csv or json")->type_name("KIND");
  history_command_line->footer("Example: murphy history --case \"reset\"\n");

  ExplainOptions explain;
  CLI::App* explain_command_line =
      app.add_subcommand("explain", "Explain why sign-in broke: the layer, the wrong\nname and the right one");
  explain_command_line->add_option("file", explain.file,
                                   "The app's log, or a journal of murphy run\n(-: standard input)");
  explain_command_line
      ->add_option("--evidence", explain.evidence,
                   "Evidence from another tool, as JSON or JSON lines\n(-: standard input)")
      ->type_name("FILE");
  explain_command_line
      ->add_option("--project", explain.project,
                   "The project file with your signatures (default:\nmurphy.toml in this folder or the nearest above)")
      ->type_name("FILE");
  explain_command_line->add_flag("--json", explain.json, "Print one line of JSON for each verdict");
  explain_command_line->footer("Example: murphy explain app.log\n");

  const TakenSecrets taken = take_secrets(argument_count, arguments);
  for (VariableOptions* options :
       {&run.variables, &gate.run.variables, &snapshot.run.variables, &check.variables, &forms.variables})
    options->taken = taken;
  try {
    std::vector<std::string> given = without_help_command(argument_count, arguments);
    if (names_no_command(app, given)) {
      show({usage_error(app, argument_count, arguments, {})});
      return static_cast<int>(ExitCode::usage);
    }
    std::ranges::reverse(given); // as CLI11 takes them
    app.parse(std::move(given));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) { // --help, --version
      std::ostringstream text;
      const int code = app.exit(error, text, text);
      print_out(text.str());
      return code;
    }
    show({usage_error(app, argument_count, arguments, error.what())});
    return static_cast<int>(ExitCode::usage);
  }
  if (run_command_line->parsed()) {
    const auto variable = [](const char* name) { return std::getenv(name); };
    if (std::string words = bazel_filter(variable); !words.empty()) run.selection.names.push_back(std::move(words));
    const ExitCode code = run_command(run);
    tell_bazel(code, variable);
    return static_cast<int>(code);
  }
  if (gate_command_line->parsed()) return static_cast<int>(gate_command(gate));
  if (merge_command_line->parsed()) return static_cast<int>(merge_command(merge));
  if (history_command_line->parsed()) return static_cast<int>(history_command(history));
  if (forms_command_line->parsed()) return static_cast<int>(forms_command(forms));
  if (explain_command_line->parsed()) return static_cast<int>(explain_command(explain));
  if (snapshot_command_line->parsed()) return static_cast<int>(snapshot_command(snapshot));
  if (check_command_line->parsed()) return static_cast<int>(check_command(check));
  return static_cast<int>(report_command(report));
}

} // namespace

int main(int argument_count, char** arguments) {
  try {
    open_standard_streams();
    const int code = run_murphy(argument_count, arguments);
    const auto trouble = trouble_with_output();
    if (!trouble) return code;
    show({*trouble});
    return static_cast<int>(ExitCode::internal);
  } catch (const std::exception& error) {
    murphy::cli::write_error(std::string("murphy: internal error: ") + error.what() + "\n");
    return static_cast<int>(ExitCode::internal);
  }
}
