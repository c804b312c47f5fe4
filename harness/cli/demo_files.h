// The files that `murphy demo` runs, and the folder that it runs them in.
#pragma once

#include "base/error.h"

#include <filesystem>
#include <string>

namespace murphy::cli {

struct DemoFiles {
  std::string folder; // of the project file, its scenarios, the app and the overlay
  std::string change; // what the overlay changes: each file with its lines that differ, "-" and "+" before them
};

// Looks in the folder above that of the program, as it is installed and as it is built: share/murphy/demo, and the app
// in libexec/murphy. Errors: target, a part of it is missing.
Result<DemoFiles> find_demo();
// The same above another folder.
Result<DemoFiles> find_demo(const std::filesystem::path& above);

// A new folder that only this user can read, removed with all that is in it when its owner goes.
class TemporaryDirectory {
public:
  // Below $TMPDIR, else /tmp; its path is absolute. Errors: internal, none can be made there.
  static Result<TemporaryDirectory> make();
  ~TemporaryDirectory();
  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;

  const std::filesystem::path& path() const { return path_; }

private:
  explicit TemporaryDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_; // empty: it has another owner
};

} // namespace murphy::cli
