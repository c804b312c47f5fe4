// Finds and loads the files of the language.
#pragma once

#include "base/clear_text.h"
#include "base/error.h"
#include "scenario/reader.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

inline constexpr std::string_view project_file_name = "murphy.toml";

// murphy.toml in the folder `start` or the nearest folder above it that has one, named as seen
// from where `start` is seen: "murphy.toml", "../murphy.toml".
std::optional<std::string> find_project(const std::string& start);

struct FoundFeatures {
  std::vector<std::string> files; // sorted, each once, named as the paths given name them
  Errors warnings;                // files in those folders that look like scenarios of another tool
  Errors errors;                  // paths that do not exist, cannot be read or hold no feature file
};

// The feature files that `paths` name: files as they are, folders with every *.toml below them (but not murphy.toml and
// nothing in hidden folders; links are followed, loops are not). With no paths, the folder `scenarios` beside the
// project file, `project_directory` being that file's folder.
FoundFeatures find_features(const std::vector<std::string>& paths, const std::string& project_directory);

// The text of a feature or project file, or of one that holds a secret; passwords may be written out in any of them.
// Errors: usage, when it cannot be read, is no file, or holds more than 1 MiB.
Result<ClearText> load(const std::string& file_name);

// The contents of a file that a step uploads. Errors: usage, when it cannot be read, is no file, or holds more than 32
// MiB.
Result<std::string> load_upload(const std::string& file_name);

// Why load_upload() would fail; the file is not read.
std::optional<Problem> check_upload(const std::string& file_name);

} // namespace murphy::scenario
