// The commands of `murphy`, one file each.
#pragma once

#include "cli/exit_code.h"
#include "cli/inputs.h"
#include "cli/load.h"

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
  std::string target; // --target; empty: the project's first
  std::string target_version;
  VariableOptions variables;
  std::vector<std::string> resolve; // --resolve HOST:PORT:ADDRESS
  std::string journal;              // --journal PATH
  std::vector<std::string> reports; // --report KIND=FILE and its short forms
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

struct ExplainOptions {
  std::string file;     // a log or a journal; "-": standard input
  std::string evidence; // --evidence FILE
  std::string project;  // --project FILE, for its signatures
  bool json = false;    // --json
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
// Rebuilds reports from journals.
ExitCode report_command(const ReportCommandOptions& options);
// Joins the journals of the shards of one run.
ExitCode merge_command(const MergeOptions& options);
// Shows the runs that a project keeps, or adds some.
ExitCode history_command(const HistoryOptions& options);
// Says why sign-in broke, from evidence that was recorded before.
ExitCode explain_command(const ExplainOptions& options);

} // namespace murphy::cli
