#include "cli/lock_file.h"

#include "scenario/files.h"
#include "snapshot/lock.h"

#include <filesystem>

namespace murphy::cli {

std::string lock_file(const scenario::Project& project, const scenario::Target& target) {
  const bool is_first = project.targets.front().name == target.name;
  const std::string name = is_first ? "murphy.lock" : "murphy." + target.name + ".lock";
  return (std::filesystem::path(project.directory) / name).lexically_normal().string();
}

Result<std::optional<record::KnownGood>> load_lock(const std::string& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  const auto text = scenario::load(file);
  if (!text) return std::unexpected(text.error());
  auto known = snapshot::read_lock(text->view(), file);
  if (!known) return std::unexpected(std::move(known.error()));
  return std::move(*known);
}

} // namespace murphy::cli
