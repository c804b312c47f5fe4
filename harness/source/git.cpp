#include "source/git.h"

namespace murphy::source {

std::vector<std::string> git(const std::filesystem::path& folder, std::initializer_list<std::string_view> more) {
  std::vector<std::string> arguments{"git", "-C", folder.string(), "--no-pager", "-c", "core.fsmonitor=false"};
  for (const std::string_view each : more) arguments.emplace_back(each);
  return arguments;
}

} // namespace murphy::source
