// The folder of someone who follows docs/first-scenario.md: the files it asks for, beside a tiny app of their own.
#pragma once

#include "command.h"

#include <filesystem>
#include <string>

namespace murphy::docs {

class Newcomer {
public:
  // With what that page says to write into murphy.toml and scenarios/sign-in.toml, and bin/server.
  Newcomer();

  // Runs lines in bash, in the folder, with `murphy` on the path; ends at the first that fails.
  end_to_end::Finished bash(const std::string& lines) const;

  // The same for a folder of one's own.
  static end_to_end::Finished bash_in(const std::filesystem::path& folder, const std::string& lines);

  const std::filesystem::path& folder() const { return folder_.path(); }

private:
  end_to_end::TemporaryFolder folder_;
};

} // namespace murphy::docs
