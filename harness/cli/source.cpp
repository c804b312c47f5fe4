#include "cli/source.h"

#include "cli/load.h"
#include "scenario/files.h"
#include "scenario/watch_reader.h"

#include <filesystem>

namespace murphy::cli {

std::unique_ptr<source::Code> code_of_app(const scenario::Project& project, const std::vector<std::string>& left_out) {
  const auto folder = source_of_app(project);
  return folder ? std::make_unique<source::Code>(*folder, left_out) : nullptr;
}

std::optional<std::string> source_of_app(const scenario::Project& project) {
  if (project.app.source) return project.app.source;
  if (!source::is_checkout(project.directory)) return std::nullopt;
  return project.directory;
}

std::string migrations_of_watch(const scenario::Project& project) {
  const auto text = scenario::load(project.file);
  if (!text) return {};
  const auto settings = scenario::read_watch(project.file, text->view()).settings;
  if (!settings || !settings->migrations || settings->migrations->folder.empty()) return {};
  return (std::filesystem::path(project.directory) / settings->migrations->folder).lexically_normal().string();
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
