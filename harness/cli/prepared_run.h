// What a command that runs scenarios has ready before anything is sent.
#pragma once

#include "cli/commands.h"
#include "cli/history_store.h"
#include "cli/target_setup.h"
#include "record/redactor.h"
#include "run/plan/plan.h"
#include "run/runner.h"
#include "source/code.h"
#include "target/app_migrations.h"

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace murphy::cli {

// What stands in a command line and its files, read and checked. It stays where it was made: its parts know each other.
struct PreparedRun {
  record::Redactor redactor;
  scenario::Inputs inputs;
  Loaded loaded;
  run::Plan plan;
  std::optional<record::Shard> shard; // the plan is a part of a larger one
  const scenario::Target* target = nullptr;
  std::optional<TargetSetup> setup;
  std::vector<record::ProjectSignature> signatures; // of the project's own
  std::optional<record::KnownGood> known_good;      // of murphy.lock, where there is one
  std::optional<HistoryPlace> history;              // that the run goes into
  std::unique_ptr<source::Code> code;               // of the app; null: it is not known
  std::optional<target::AppMigrations> migrations;  // of the app, once the project is read

  // The files that say what runs and what is healthy: its own, the baseline, the certificates of its target.
  std::vector<std::string> defining_files() const;
  // The files that the run reads and must not write to: these, and what the app writes while it runs.
  std::vector<std::string> input_files() const;
  // What is kept in the journal of what the run is given.
  record::RunConditions conditions(const RunOptions& options) const;
  // Settings that run the plan on the target. They look into this, which has to outlive the run.
  run::RunSettings settings(const RunOptions& options, std::stop_token stop);
};

// Takes what a command runs of what the options select. Errors: of any kind, and nothing is run.
using Narrow = std::function<Result<run::Plan>(const Loaded& loaded, run::Plan selected)>;

// Reads and checks everything. What is wrong has been shown, and gives the exit code; so has --list been answered. A
// plan that `narrow` leaves empty is one like any other.
std::expected<std::unique_ptr<PreparedRun>, ExitCode> prepare(const RunOptions& options, const Narrow& narrow = {});

} // namespace murphy::cli
