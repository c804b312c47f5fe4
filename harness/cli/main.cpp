// The one place where options are defined and the process ends with an exit code.
#include "base/make_error.h"
#include "base/nearest.h"
#include "base/text.h"
#include "cli/bazel.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "reports/registry.h"
#include "scenario/schema.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <malloc.h>
#include <sstream>
#include <string_view>
#include <thread>

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

CLI::App* add_init(CLI::App& app, InitOptions& init) {
  CLI::App* command = app.add_subcommand(
      "init", "Look at your app, sign in, and write a first\nproject that passes: murphy.toml and scenarios");
  command->add_option("url", init.url, "The address of the app or of its sign-in page; with\n--start, a path is enough")
      ->required();
  const auto add = [command](const char* name, std::string& value, const char* help, const char* type) {
    return command->add_option(name, value, help)->type_name(type);
  };
  add("--as", init.user,
      "The name of the account in murphy.toml. For ada,\nMurphy takes ADA_EMAIL or ADA_NAME, and ADA_PASSWORD,\n"
      "from the environment, and asks for what is not there",
      "NAME");
  add("--start", init.start, "The command that starts the app; ${port} is a\nfree port", "COMMAND");
  add("--directory", init.directory, "Write into this folder (default: this one)", "FOLDER");
  command->add_flag("--dry-run", init.dry_run, "Print the files; write nothing");
  command->add_flag("--force", init.force, "Replace the files; keep the old ones with a ~\nat the end of their names");
  command->add_flag("--insecure", init.insecure, "Send the password to another machine without\nencryption");
  add_resolve(*command, init.resolve);
  const char* group = "What Murphy finds, unless you say it";
  add("--sign-in", init.sign_in, "The page with the sign-in form", "PAGE")->group(group);
  add("--submit", init.submit, "The text of the button", "WORDS")->group(group);
  add("--user-field", init.user_field, "The field for the name of the user", "WORDS")->group(group);
  add("--password-field", init.password_field, "The field for the password", "WORDS")->group(group);
  add("--dashboard", init.dashboard, "A page that only signed-in users see", "PAGE")->group(group);
  add("--shows", init.shows, "A CSS selector for an element that only they see", "CSS")->group(group);
  add("--sign-out", init.sign_out, "The text of the link or button that signs out", "WORDS")->group(group);
  command->footer("Example: murphy init http://127.0.0.1:8000/login\n"
                  "         murphy init /login --start 'bin/server --port ${port}' --as ada\n\n"
                  "Exit codes:\n"
                  "  0  the project is written, and its scenarios have passed\n"
                  "  2  invalid command line, no account, or a file is already there;\n"
                  "     no password was sent\n"
                  "  3  Murphy could not find out or prove how to sign in; nothing was written\n"
                  "  4  the files could not be written\n"
                  "130  interrupted\n");
  return command;
}

// The options of everything that writes a scenario of what somebody did.
void add_writing(CLI::App& subcommand, ImportOptions& options) {
  CLI::App* command = &subcommand;
  const auto add = [command](const char* option, std::string& value, const char* help, const char* type) {
    return command->add_option(option, value, help)->type_name(type);
  };
  add("--as", options.user, "Sign in as this user of the project, in place of\nthe one who was recorded", "NAME");
  add("--project", options.project, project_help, "FILE");
  add("--directory", options.directory, "Write into this folder (default: scenarios/ next\nto the project file)",
      "FOLDER");
  add("--values", options.values, "placeholder: take every typed value from the\nenvironment (default: typed)", "KIND")
      ->check(CLI::IsMember({"typed", "placeholder"}).description(""));
  command->add_flag("--dry-run", options.dry_run, "Print the scenario; write nothing");
  command->add_flag("--force", options.force, "Replace the file; keep the old one with a ~ at the\nend of its name");
  command->add_flag("--run", options.run, "Run the scenario at once, and say where it ends\nunlike the recording");
  add("--target", options.target, "With --run: the target to use", "NAME");
  add_resolve(*command, options.resolve);
}

// The options that every `murphy import` has.
CLI::App* add_import(CLI::App& parent, ImportOptions& options, const char* name, const char* what) {
  CLI::App* command = parent.add_subcommand(name, what);
  command->add_option("file", options.file, "What was recorded")->required();
  command
      ->add_option("--name", options.name,
                   "The ticket, which names the scenario and its file\n(default: the name of FILE)")
      ->type_name("TICKET");
  add_writing(*command, options);
  command->footer(fmt::format("Example: murphy import {} ticket.{} --name SUP-1423 --as ada --run\n\n"
                              "Exit codes:\n"
                              "  0  the scenario is written; with --run, it passed\n"
                              "  2  invalid command line, project or recording, or the file is already there\n"
                              "  4  the file could not be written\n"
                              "  5  the recording has no page of an app\n"
                              "Others are as for murphy run.\n",
                              name, std::string_view(name) == "har" ? "har" : "json"));
  return command;
}

CLI::App* add_record(CLI::App& app, ImportOptions& options) {
  CLI::App* command = app.add_subcommand(
      "record", "Open a browser, and write the scenario of what you\ndo in it; passwords are never recorded");
  command->add_option("url", options.file, "The address of the page to begin on")->required();
  command->add_option("--name", options.name, "The ticket, which names the scenario and its file\n(default: recorded)")
      ->type_name("TICKET");
  add_writing(*command, options);
  command->footer("Example: murphy record http://127.0.0.1:8000/login --name SUP-1423 --as ada\n\n"
                  "Exit codes:\n"
                  "  0  the scenario is written; with --run, it passed\n"
                  "  2  invalid command line or project, no browser or display, or the file is\n"
                  "     already there\n"
                  "  3  the browser does not come up\n"
                  "  4  the file could not be written\n"
                  "  5  no page of an app was opened\n"
                  "Others are as for murphy run.\n");
  return command;
}

CLI::App* add_import_har(CLI::App& parent, ImportOptions& options) {
  CLI::App* command =
      add_import(parent, options, "har", "From a HAR file, as browsers save them in the\nnetwork tab of their tools");
  command->add_option("--expect", options.expect, "seen: expect the errors that were recorded\n(default: passing)")
      ->type_name("KIND")
      ->check(CLI::IsMember({"passing", "seen"}).description(""));
  command->add_flag("--partial", options.partial, "Take a file that is cut short, as far as it goes");
  return command;
}

// What is wrong with a command line that CLI11 refused. Values are not repeated: one may be a secret.
murphy::Error usage_error(const CLI::App& app, int argument_count, char** arguments, const std::string& refusal) {
  murphy::Error error;
  error.kind = murphy::ErrorKind::usage;
  std::vector<std::string> commands;
  for (const CLI::App* each : app.get_subcommands({}))
    if (!each->get_group().empty()) commands.push_back(each->get_name());
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
  std::string name = command == nullptr ? "murphy" : "murphy " + given;
  for (int index = 2; command != nullptr && index < argument_count; ++index) {
    const auto all = command->get_subcommands({});
    const auto below = std::ranges::find(all, std::string(arguments[index]), &CLI::App::get_name);
    if (below == all.end()) break;
    command = *below;
    name += " " + command->get_name();
  }
  const CLI::App& asked = command == nullptr ? app : *command;
  if (asked.get_require_subcommand_min() > 0 && command != nullptr) {
    std::vector<std::string> below;
    for (const CLI::App* each : asked.get_subcommands({})) below.push_back(each->get_name());
    error.what = fmt::format("{} needs to know what", name);
    error.hint = fmt::format("use one of {} {}; {} --help describes them", name, murphy::join(below, ", "), name);
    return error;
  }
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

int write_text(const std::string& text) {
  write_out(text);
  return static_cast<int>(ExitCode::passed);
}

int print_completion(const std::string& name, const std::vector<CommandLine>& commands) {
  if (name == "bash") return write_text(completion(Shell::bash, commands));
  if (name == "zsh") return write_text(completion(Shell::zsh, commands));
  if (name == "fish") return write_text(completion(Shell::fish, commands));
  show({murphy::usage_error(fmt::format("there is no completion for \"{}\"", name), "name bash, zsh or fish")});
  return static_cast<int>(ExitCode::usage);
}

int print_schema(const std::string& kind) {
  if (kind == "scenario") return write_text(murphy::scenario::feature_schema());
  if (kind == "project") return write_text(murphy::scenario::project_schema());
  show({murphy::usage_error(fmt::format("there is no schema for \"{}\"", kind), "name scenario or project")});
  return static_cast<int>(ExitCode::usage);
}

int run_murphy(int argument_count, char** arguments) {
  CLI::App app("Murphy tests sign-in to your web app and finds the cause when it breaks.", "murphy");
  app.set_version_flag("--version", "murphy " MURPHY_VERSION, "Show the version");
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "Show this help");
  app.get_formatter()->column_width(name_columns);
  app.footer(std::string("Try: murphy init URL, then murphy run\n\n") + exit_codes);

  CLI::App* demo_command_line =
      app.add_subcommand("demo", "Run an example app, then the same app with a bad\nmigration; needs no app of yours");
  demo_command_line->footer(std::string("Example: murphy demo\n\n") +
                            "Exit code 0: the first run is green, the second is red, and its cause is named.\n");

  InitOptions init;
  CLI::App* init_command_line = add_init(app, init);

  ImportOptions imported;
  CLI::App* import_command_line =
      app.add_subcommand("import", "Write a scenario from what a browser recorded, such\nas a customer's HAR file");
  import_command_line->require_subcommand(1);
  import_command_line->footer("Example: murphy import har ticket.har --name SUP-1423\n");
  CLI::App* import_har_line = add_import_har(*import_command_line, imported);
  ImportOptions recorded;
  CLI::App* import_recording_line =
      add_import(*import_command_line, recorded, "recording",
                 "From a recording of Chrome's Recorder (JSON) or\nof Selenium IDE (.side)");

  ImportOptions acted;
  CLI::App* record_command_line = add_record(app, acted);

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
  run_command_line
      ->add_flag("--step", run.step,
                 "Show each step and ask before it, on the terminal;\n--step=failed: only where a step fails")
      ->group(running);
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

  ReproOptions repro;
  CLI::App* repro_command_line = app.add_subcommand(
      "repro", "Run a scenario of an earlier run again, and say\nwhether it fails of the same cause");
  repro_command_line->add_option("journal", repro.journal, "The journal of that run")->required();
  repro_command_line
      ->add_option("case", repro.words, "Words of the scenario's name, its id, or its number\nin the plan")
      ->required();
  repro_command_line->add_option("--times", repro.times, "Run it NUMBER times, and say how often it fails")
      ->type_name("NUMBER")
      ->check(CLI::Range(1, 1000).description(""));
  repro_command_line->add_flag("--with-before", repro.with_before,
                               "First run the scenarios before it that sign in\nas the same users");
  repro_command_line->add_flag("--same-unique", repro.same_unique,
                               "Make ${unique} what it was (default: new, so that\nsign-ups do not collide)");
  repro_command_line->add_option("--project", repro.project, "The project file (default: that of the journal)")
      ->type_name("FILE");
  repro_command_line->add_option("--target", repro.target, "The target to use (default: that of the journal)")
      ->type_name("NAME");
  repro_command_line->add_option("--journal", repro.journal_of_run, "Save every step of this run as JSON lines")
      ->type_name("FILE");
  add_variables(*repro_command_line, repro.variables);
  add_resolve(*repro_command_line, repro.resolve);
  repro_command_line->footer(std::string("Example: murphy repro sign-in.jsonl \"wrong password\" --times 20\n\n") +
                             exit_codes);

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

  WatchOptions watch;
  CLI::App* watch_command_line =
      app.add_subcommand("watch", "Run the scenarios again and again against an app\nthat runs, and tell of incidents");
  watch_command_line->add_option("--project", watch.project, project_help)->type_name("FILE");
  watch_command_line->add_flag("--once", watch.once, "One round and its confirmations, for cron; exit as\nmurphy run");
  watch_command_line->add_flag("--test-alert", watch.test_alert, "Only send a test alert to every channel");
  add_variables(*watch_command_line, watch.variables);
  add_resolve(*watch_command_line, watch.resolve);
  watch_command_line->footer("Example: murphy watch\n"
                             "         murphy watch status\n"
                             "         murphy watch ack 4fb85142 \"Ada: rolling back\"\n");
  WatchStatusOptions watch_status;
  CLI::App* watch_status_line = watch_command_line->add_subcommand("status", "Show incidents and the last round");
  watch_status_line->add_option("--project", watch_status.project, project_help)->type_name("FILE");
  WatchAckOptions watch_ack;
  CLI::App* watch_ack_line = watch_command_line->add_subcommand(
      "ack", "Acknowledge an incident: somebody takes care of it,\nand it sends no more reminders");
  watch_ack_line->add_option("incident", watch_ack.incident, "The id that the alert shows")->required();
  watch_ack_line->add_option("reason", watch_ack.reason, "Who takes care of it, and how")->required();
  watch_ack_line->add_option("--project", watch_ack.project, project_help)->type_name("FILE");
  WatchMaintenanceOptions maintenance;
  CLI::App* maintenance_line = watch_command_line->add_subcommand(
      "maintenance", "Begin or end a maintenance: the watch opens no\nincident until it is over");
  maintenance_line->add_option("what", maintenance.what, "start or stop")->required();
  maintenance_line->add_option("length", maintenance.length, "With start: how long, such as 30m or 2h");
  maintenance_line->add_option("--project", maintenance.project, project_help)->type_name("FILE");
  maintenance_line->footer("Example: murphy watch maintenance start 30m\n"
                           "         murphy watch maintenance stop\n");

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

  std::string language;
  CLI::App* schema_command_line = app.add_subcommand(
      "schema", "Print the JSON Schema of scenario or project files,\nwith which editors check them");
  schema_command_line->add_option("kind", language, "scenario or project")->required();
  schema_command_line->footer("Example: murphy schema scenario > .murphy/scenario.json\n");

  CLI::App* manual_command_line =
      app.add_subcommand("man", "Print the manual page; to read it:\nmurphy man | man -l -");
  std::string shell;
  CLI::App* completion_command_line =
      app.add_subcommand("completion", "Print a script with which your shell completes\nmurphy's commands and options");
  completion_command_line->add_option("shell", shell, "bash, zsh or fish")->required();
  completion_command_line->footer("Example: source <(murphy completion bash)\n");
  std::string kind;
  CLI::App* complete_command_line = app.add_subcommand("complete", "Print names for the script")->group("");
  complete_command_line->add_option("kind", kind)->required();

  const TakenSecrets taken = take_secrets(argument_count, arguments);
  for (VariableOptions* options : {&run.variables, &gate.run.variables, &snapshot.run.variables, &check.variables,
                                   &forms.variables, &watch.variables, &repro.variables})
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
  if (schema_command_line->parsed()) return print_schema(language);
  if (manual_command_line->parsed()) return write_text(manual(command_lines(app)));
  if (completion_command_line->parsed()) return print_completion(shell, command_lines(app));
  if (complete_command_line->parsed()) return static_cast<int>(complete_command(kind));
  if (demo_command_line->parsed()) return static_cast<int>(demo_command());
  if (init_command_line->parsed()) return static_cast<int>(init_command(init));
  if (record_command_line->parsed()) return static_cast<int>(record_command(acted));
  if (import_recording_line->parsed()) return static_cast<int>(import_recording_command(recorded));
  if (import_har_line->parsed()) return static_cast<int>(import_har_command(imported));
  if (repro_command_line->parsed()) return static_cast<int>(repro_command(repro));
  if (gate_command_line->parsed()) return static_cast<int>(gate_command(gate));
  if (merge_command_line->parsed()) return static_cast<int>(merge_command(merge));
  if (history_command_line->parsed()) return static_cast<int>(history_command(history));
  if (watch_status_line->parsed()) return static_cast<int>(watch_status_command(watch_status));
  if (watch_ack_line->parsed()) return static_cast<int>(watch_ack_command(watch_ack));
  if (maintenance_line->parsed()) return static_cast<int>(watch_maintenance_command(maintenance));
  if (watch_command_line->parsed()) return static_cast<int>(watch_command(watch));
  if (forms_command_line->parsed()) return static_cast<int>(forms_command(forms));
  if (explain_command_line->parsed()) return static_cast<int>(explain_command(explain));
  if (snapshot_command_line->parsed()) return static_cast<int>(snapshot_command(snapshot));
  if (check_command_line->parsed()) return static_cast<int>(check_command(check));
  return static_cast<int>(report_command(report));
}

// With --jobs, scenarios run in more threads than there are processors: a heap for each would only keep more memory.
// Who sets the GNU C library's own variables is right.
void share_heaps() {
#ifdef M_ARENA_MAX
  if (std::getenv("MALLOC_ARENA_MAX") != nullptr || std::getenv("GLIBC_TUNABLES") != nullptr) return;
  mallopt(M_ARENA_MAX, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
#endif
}

} // namespace

int main(int argument_count, char** arguments) {
  try {
    share_heaps();
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
