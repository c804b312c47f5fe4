// The files that `murphy init` writes: all of them, each as a whole, or none.
#pragma once

#include "base/error.h"

#include <filesystem>
#include <string>
#include <vector>

namespace murphy::cli {

struct NewFile {
  std::filesystem::path path;
  std::string text;
};

// What to do with a file that is there already.
enum class Existing { refuse, keep_as_backup };

// That all of them can be written: their folders can be made or written to, and none of them is there already. Errors:
// usage, with every file that is.
Result<void> check_new_files(const std::vector<std::filesystem::path>& paths, Existing existing);

// Writes them in their order. A file that is there gets a ~ at the end of its name, or is an error. Errors are of kind
// internal: one has come since the check, the disk is full, and the like; none of the files is left behind then.
// Whoever ends the process in between finds whole files alone under these names, if not all of them.
Result<void> write_new_files(const std::vector<NewFile>& files, Existing existing);

} // namespace murphy::cli
