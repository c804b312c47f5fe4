#include "cli/source.h"

#include "cli/load.h"
#include "scenario/files.h"

namespace murphy::cli {

std::unique_ptr<source::Code> code_of_app(const scenario::Project& project, const std::vector<std::string>& left_out) {
  if (project.app.source) return std::make_unique<source::Code>(*project.app.source, left_out);
  if (!source::is_checkout(project.directory)) return nullptr;
  return std::make_unique<source::Code>(project.directory, left_out);
}

std::unique_ptr<source::Code> code_of_app(const std::string& project_file) {
  if (project_file.empty()) return nullptr;
  const Loaded loaded = load_project(project_file, {});
  if (!loaded.project) return nullptr;
  std::vector<std::string> left_out = loaded.inputs;
  const auto found = scenario::find_features({}, loaded.project->directory);
  left_out.insert(left_out.end(), found.files.begin(), found.files.end());
  return code_of_app(*loaded.project, left_out);
}

} // namespace murphy::cli
