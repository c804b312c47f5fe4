// Reads feature files and project files. Nothing is sent, started or looked up outside the text and what the caller
// gives.
#pragma once

#include "scenario/model.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// What is wrong with a text in another language, such as a CSS selector. `offset` counts bytes from its start.
struct Problem {
  std::string what;
  std::string hint;
  std::size_t offset = 0;
};

// What the reader has to ask its caller.
struct Checks {
  // Nothing when the selector is fine. Left empty, selectors are not looked at.
  std::function<std::optional<Problem>(std::string_view css)> check_selector;
  // Whether `${name}` is given from outside: by --var, --secret or MURPHY_VAR_name.
  std::function<bool(std::string_view name)> is_given;
  // The text of a file that a feature file imports. Left empty, every file is empty.
  std::function<Result<ClearText>(const std::string& file_name)> load;
  // Why a file that a step uploads cannot be read; nothing when it can. Left empty, files are not looked at.
  std::function<std::optional<Problem>(const std::string& file_name)> check_upload;
  // The names that --var and --secret give, as candidates for a misspelled one.
  std::vector<std::string> inputs;
  // False when the project file could not be read: names that it would define are then taken for granted.
  bool project_is_whole = true;
};

struct ReadFeature {
  // Not set when there are errors, in the file or in one that it imports. Without scenarios when the file holds flows
  // only.
  std::optional<Feature> feature;
  Errors errors; // in the order of the file; then those of the files it imports, unless they were reported before
};

// Reads feature files. A file is imported once, however many files need its flows. Project and checks must outlive the
// reader.
class FeatureReader {
public:
  FeatureReader(const Project& project, const Checks& checks);
  ~FeatureReader();

  // Reads one feature file. `file_name` is shown, and what the file imports is looked for beside it. References are
  // checked against the project's users and app. Errors: kind usage, each with its place, all of the file in one go,
  // but TOML that cannot be parsed is a single error.
  ReadFeature read(std::string file_name, std::string_view text);

private:
  class Files;
  std::unique_ptr<Files> files_;
};

// Reads a single feature file.
ReadFeature read_feature(std::string file_name, std::string_view text, const Project& project, const Checks& checks);

struct ReadProject {
  // As much as could be read, so that feature files can still be checked against it; none when the text is not TOML.
  std::optional<Project> project;
  Errors errors; // a project with errors must not be run
};

// Reads murphy.toml. Relative paths in it become paths below the folder of `file_name`. Source lines of errors have the
// values of passwords, totps, secrets and tokens blacked out.
ReadProject read_project(std::string file_name, std::string_view text, const Checks& checks = {});

} // namespace murphy::scenario
