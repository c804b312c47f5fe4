#include "newcomer.h"

#include "markdown.h"
#include "tests/places.h"

#include <cstdlib>

namespace murphy::docs {

Newcomer::Newcomer() {
  for (const Block& block : blocks("docs/first-scenario.md"))
    if (block.tag == "toml") folder_.write(block.name, block.text);
  std::filesystem::create_directory(folder_ / "bin");
  std::filesystem::copy_file(in_project("tests/docs/app/server"), folder_ / "bin/server");
}

end_to_end::Finished Newcomer::bash(const std::string& lines) const { return bash_in(folder(), lines); }

end_to_end::Finished Newcomer::bash_in(const std::filesystem::path& folder, const std::string& lines) {
  const char* path = std::getenv("PATH");
  // In a file, for they may hold a password: other tests look for it in the process list.
  const end_to_end::TemporaryFolder script;
  end_to_end::Invocation invocation;
  invocation.binary = "/bin/bash";
  invocation.arguments = {"-euo", "pipefail", script.write("lines", lines)};
  invocation.directory = folder;
  invocation.environment["PATH"] =
      std::filesystem::path(murphy_program()).parent_path().string() + ":" + (path == nullptr ? "/usr/bin:/bin" : path);
  invocation.environment["MURPHY_BIN"] = murphy_program();
  invocation.environment["DASHBOARD_BIN"] = dashboard_program();
  return end_to_end::run(invocation);
}

} // namespace murphy::docs
