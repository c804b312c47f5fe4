// What every `murphy import` does around its reading: where the scenario goes, what it may hold, and whether it runs.
#pragma once

#include "base/error.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "imported/lifted_values.h"
#include "imported/scenario_text.h"
#include "imported/written_values.h"
#include "record/redactor.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace murphy::cli {

// The project that a scenario is written for, and the file that it becomes.
class ImportFile {
public:
  // Errors, before the recording is read: a name that is none, no project or one with errors, a file that is there.
  static std::expected<ImportFile, Errors> make(const ImportOptions& options, record::Redactor& redactor);

  const scenario::Project& project() const { return *loaded_.project; }
  // How typed values are written for it: with its accounts, or the one that the options name.
  const imported::ValueSettings& values() const { return values_; }

  // Checks the scenario as murphy check does, and writes it, or prints it. Errors: internal.
  Result<void> write(const imported::ImportedScenario& scenario) const;
  // Runs the file, and says how that differs from what was recorded.
  ExitCode run(const imported::ImportedScenario& recorded) const;

  // A line for people, with nothing in it that the redactor knows.
  void say(const std::string& line) const;
  // What became no step, by its kind; nothing where all did.
  void say_left_out(const std::map<std::string, std::size_t>& left_out) const;
  // The variables that have to be set before the scenario runs.
  void say_lifted(const std::vector<imported::LiftedValues::Lifted>& lifted) const;

private:
  ImportFile(const ImportOptions& options, const record::Redactor& redactor)
      : options_(&options), redactor_(&redactor) {}

  const ImportOptions* options_;
  const record::Redactor* redactor_;
  Loaded loaded_;
  imported::ValueSettings values_;
  std::filesystem::path path_;
};

// "press (2), scroll (1)"
std::string joined_counts(const std::map<std::string, std::size_t>& counts);

// "1 step", "2 steps".
std::string count_of(std::size_t number, const char* one);

} // namespace murphy::cli
