// The project and its feature files, as every command that needs them loads them.
#pragma once

#include "base/error.h"
#include "scenario/reader.h"
#include "scenario/variables.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::cli {

// What names the files of a command.
struct FileOptions {
  std::string project;            // --project; empty: murphy.toml here or in the nearest folder above
  std::vector<std::string> paths; // feature files and folders; empty: scenarios/ beside the project file
};

struct Loaded {
  std::optional<scenario::Project> project;
  std::vector<scenario::Feature> features; // those without errors
  std::size_t files = 0;                   // feature files that were read
  std::vector<std::string> inputs;         // every file that was read: the project file, feature files, their imports
  Errors warnings;                         // what is no error and yet hardly meant
  Errors errors;                           // of all files, in the order they were read
};

// Reads the project file alone.
Loaded load_project(const std::string& project, const scenario::Inputs& inputs);

// Reads everything there is to read; one bad file does not keep the others from being read.
Loaded load(const FileOptions& options, const scenario::Inputs& inputs);

// A text that is to become a file, by the name it is to have.
struct TextOfFile {
  std::string name;
  std::string text;
};

// Reads a project and one feature file before they are written.
Loaded load_texts(const TextOfFile& project, const TextOfFile& feature, const scenario::Inputs& inputs);

} // namespace murphy::cli
