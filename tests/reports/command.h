// Other programs and scratch folders for tests.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::reports {

struct CommandResult {
  int exit_code = -1;
  std::string output; // both standard output and standard error
};

// Runs a program, found on PATH, without a shell and waits for its end.
CommandResult run_command(const std::vector<std::string>& arguments);

bool is_on_path(const std::string& program);

// A new empty folder, removed with all in it at the end of its life.
class ScratchFolder {
public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // A file in it with that text.
  std::filesystem::path file(const std::string& name, std::string_view text) const;

private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& path);

} // namespace murphy::reports
