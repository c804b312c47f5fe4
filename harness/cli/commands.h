// The commands of `murphy`, one file each.
#pragma once

#include "cli/exit_code.h"
#include "cli/inputs.h"
#include "cli/load.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::cli {

// Which cases of the files a command takes.
struct SelectionOptions {
  std::vector<std::string> features; // --feature
  std::vector<std::string> names;    // --name
  std::string tags;                  // --tag
};

struct RunOptions {
  FileOptions files;
  SelectionOptions selection;
  std::string last_failed; // --last-failed JOURNAL: only what did not pass there
  bool list = false;       // --list: say what would run
  bool json = false;       // --json: say it as JSON, one line for each case
  std::string shard;       // --shard: "3/8" or "auto"; empty: all of it
  std::string weights;     // --weights JOURNAL: by whose durations shards are cut
  std::string shuffle;     // --shuffle[=SEED]: empty for the order of the files
  int jobs = 0;            // --jobs; 0: as many as there are cores
  int retries = 0;         // --retry
  bool retry_failures = false;
  bool fail_fast = false;
  bool no_confirm = false;
  bool fail_on_flaky = false;
  std::string step;   // --step: "true" before each step, "failed" at failures; empty: nobody is asked
  std::string target; // --target; empty: the project's first
  std::string target_version;
  VariableOptions variables;
  std::vector<std::string> resolve;                          // --resolve HOST:PORT:ADDRESS
  std::string journal;                                       // --journal PATH
  std::vector<std::string> reports;                          // --report KIND=FILE and its short forms
  std::optional<std::uint64_t> unique;                       // makes ${unique}; none: a new one
  std::map<std::string, std::map<std::string, int>> members; // by case: accounts of pools to take
};

struct GateOptions {
  RunOptions run;                     // without a selection: the change makes it
  std::string base;                   // --base; empty: what the CI system says, else [gate] base
  std::vector<std::string> baselines; // --baseline: journals of earlier runs
  std::string result;                 // --result: the journal of a run to judge, in place of a new one
  bool explain = false;               // --explain: say what would run, and why
  std::string example;                // --example: print a scenario for this feature
};

struct SnapshotOptions {
  RunOptions run;     // which scenarios are run, and how
  bool check = false; // --check: compare with the record instead of writing it
};

struct CheckOptions {
  FileOptions files;
  VariableOptions variables;
};

struct FormsOptions {
  std::string page;    // an address, or a path of the target
  std::string project; // --project
  std::string target;  // --target
  std::string user;    // --user: signs in as that user first
  bool json = false;
  VariableOptions variables;
  std::vector<std::string> resolve;
};

struct ReportCommandOptions {
  std::vector<std::string> journals;
  std::vector<std::string> reports; // as in RunOptions
};

struct MergeOptions {
  std::vector<std::string> journals; // of shards
  std::string journal;               // --journal: where the events of all go
  std::vector<std::string> reports;  // as in RunOptions
  bool partial = false;              // --partial: shards may be missing
};

struct HistoryOptions {
  std::string project;               // --project
  std::vector<std::string> journals; // --add: of runs to add
  std::vector<std::string> renamed;  // --rename: the old name and the new one; empty: none
  std::string words;                 // --case: of a scenario's name
  bool shows_causes = false;         // --causes
  bool shows_slowest = false;        // --slowest
  std::string format;                // --export: "csv" or "json"
};

struct WatchOptions {
  std::string project;     // --project
  bool once = false;       // --once: one round, whose result is the exit code
  bool test_alert = false; // --test-alert: only tries the channels
  VariableOptions variables;
  std::vector<std::string> resolve; // as in RunOptions
};

struct WatchStatusOptions {
  std::string project; // --project
};

struct WatchAckOptions {
  std::string project;  // --project
  std::string incident; // its id
  std::string reason;   // who has taken care, and how
};

struct WatchMaintenanceOptions {
  std::string project; // --project
  std::string what;    // "start" or "stop"
  std::string length;  // "30m"; of start
};

struct ExplainOptions {
  std::string file;     // a log or a journal; "-": standard input
  std::string evidence; // --evidence FILE
  std::string project;  // --project FILE, for its signatures
  bool json = false;    // --json
};

struct InitOptions {
  std::string url;            // an address of the app; with --start, its path may be enough
  std::string user;           // --as: what the project calls the account
  std::string start;          // --start: the command that starts the app
  std::string directory;      // --directory; empty: this folder
  bool dry_run = false;       // --dry-run: print the files instead of writing them
  bool force = false;         // --force: replace files that are there
  bool insecure = false;      // --insecure: send the password in clear
  std::string sign_in;        // what follows is said in place of what Murphy would find; each may be empty
  std::string submit;         //
  std::string user_field;     //
  std::string password_field; //
  std::string dashboard;      //
  std::string shows;          //
  std::string sign_out;       //
  std::vector<std::string> resolve;
};

struct ReproOptions {
  std::string journal;        // of the run that it happened in
  std::string words;          // that name the case
  int times = 1;              // --times
  bool with_before = false;   // --with-before: run the earlier cases with its accounts first
  bool same_unique = false;   // --same-unique: ${unique} is what it was
  std::string project;        // --project; empty: that of the journal
  std::string target;         // --target; empty: that of the journal
  std::string journal_of_run; // --journal: of the run that is made
  VariableOptions variables;
  std::vector<std::string> resolve; // --resolve
};

struct ImportOptions {
  std::string file;                 // what was recorded
  std::string name;                 // --name: of the ticket; empty: the file's own
  std::string user;                 // --as: sign in as this account of the project
  std::string project;              // --project
  std::string directory;            // --directory; empty: scenarios/ beside the project file
  std::string values = "typed";     // --values: "typed" or "placeholder"
  std::string expect = "passing";   // --expect: "passing" or "seen"
  std::string target;               // --target: with --run
  std::vector<std::string> resolve; // --resolve: the same
  bool dry_run = false;             // --dry-run: print the file instead of writing it
  bool force = false;               // --force: replace a file that is there
  bool partial = false;             // --partial: a file that is cut short is good enough
  bool run = false;                 // --run: run the file at once
};

// Signs in: runs the scenarios against the target and reports.
ExitCode run_command(const RunOptions& options);
// Runs what a change concerns, compares it with earlier runs, and says whether the change may be merged.
ExitCode gate_command(const GateOptions& options);
// Writes down how the healthy app looks, or says what has changed since.
ExitCode snapshot_command(const SnapshotOptions& options);
// Reads every file and shows every error; sends nothing.
ExitCode check_command(const CheckOptions& options);
// Tells the forms of a page: what their fields ask for, what they would send, what is wrong with them.
ExitCode forms_command(const FormsOptions& options);
// Runs the example app that Murphy brings, once as it should be and once with a bad migration.
ExitCode demo_command();
// Looks at an app, signs in, and writes a first project that passes.
ExitCode init_command(const InitOptions& options);
// Runs a case of an earlier run again, and says whether it fails of the same cause.
ExitCode repro_command(const ReproOptions& options);
// Writes the scenario that a HAR file of a browser tells of.
ExitCode import_har_command(const ImportOptions& options);
// The same of what a recorder of a browser wrote.
ExitCode import_recording_command(const ImportOptions& options);
// Opens a browser for a person and writes the scenario of what they do. `options.file` is the address.
ExitCode record_command(const ImportOptions& options);
// Prints names of the project for the completion of shells, one a line: "targets", "users", "features" or "scenarios".
// Says nothing where there is no project, or it has errors.
ExitCode complete_command(const std::string& kind);
// Rebuilds reports from journals.
ExitCode report_command(const ReportCommandOptions& options);
// Joins the journals of the shards of one run.
ExitCode merge_command(const MergeOptions& options);
// Shows the runs that a project keeps, or adds some.
ExitCode history_command(const HistoryOptions& options);
// Runs scenarios again and again and tells of incidents, until it is interrupted.
ExitCode watch_command(const WatchOptions& options);
// Shows the incidents of a watch and what it knows.
ExitCode watch_status_command(const WatchStatusOptions& options);
// Begins or ends a time in which a watch opens no incident.
ExitCode watch_maintenance_command(const WatchMaintenanceOptions& options);
// Notes that somebody takes care of an incident.
ExitCode watch_ack_command(const WatchAckOptions& options);
// Says why sign-in broke, from evidence that was recorded before.
ExitCode explain_command(const ExplainOptions& options);

} // namespace murphy::cli
