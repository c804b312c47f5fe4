#include "cli/load.h"

#include "base/make_error.h"
#include "scenario/files.h"
#include "scenario/masking.h"
#include "scenario/slips.h"
#include "web/selector/selector.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace murphy::cli {
namespace {

std::optional<scenario::Problem> check_selector(std::string_view css) {
  const auto selector = web::Selector::parse(css);
  if (selector) return std::nullopt;
  return scenario::Problem{.what = selector.error().what, .hint = selector.error().hint, .offset = 0};
}

Result<ClearText> load_into(Loaded& loaded, const std::string& file) {
  loaded.inputs.push_back(file);
  return scenario::load(file);
}

scenario::Checks checks(Loaded& loaded, const scenario::Inputs& inputs) {
  scenario::Checks result;
  result.check_selector = check_selector;
  result.check_upload = scenario::check_upload;
  result.load = [&loaded](const std::string& file) { return load_into(loaded, file); };
  result.is_given = [&inputs](std::string_view name) {
    const std::string key(name);
    return inputs.variables.contains(key) || inputs.secrets.contains(key) ||
           inputs.environment(scenario::variable_in_environment(name)).has_value();
  };
  for (const auto& [name, value] : inputs.variables) result.inputs.push_back(name);
  for (const auto& [name, value] : inputs.secrets) result.inputs.push_back(name);
  return result;
}

Error no_project() {
  return usage_error("no murphy.toml here or in any folder above",
                     "change to your project's folder, or name the project file with --project. For a first one, run "
                     "murphy init with the address of your app's sign-in page");
}

// False when there is no text of a project to read.
bool read_project(Loaded& loaded, const std::string& name, scenario::Checks& check) {
  const std::optional<std::string> file = name.empty() ? scenario::find_project(".") : name;
  if (!file) {
    loaded.errors.push_back(no_project());
    return false;
  }
  const auto text = load_into(loaded, *file);
  if (!text) {
    loaded.errors.push_back(text.error());
    return false;
  }
  auto read = scenario::read_project(*file, text->view(), check);
  check.project_is_whole = read.errors.empty();
  loaded.project = std::move(read.project);
  loaded.errors = std::move(read.errors);
  if (loaded.project) loaded.warnings = scenario::slips(*file, scenario::mask_secrets(text->view()), *loaded.project);
  return true;
}

} // namespace

Loaded load_project(const std::string& name, const scenario::Inputs& inputs) {
  Loaded loaded;
  scenario::Checks check = checks(loaded, inputs);
  read_project(loaded, name, check);
  return loaded;
}

Loaded load(const FileOptions& options, const scenario::Inputs& inputs) {
  Loaded loaded;
  scenario::Checks check = checks(loaded, inputs);
  if (!read_project(loaded, options.project, check)) return loaded;
  const auto add = [&loaded](Errors errors) {
    loaded.errors.insert(loaded.errors.end(), std::make_move_iterator(errors.begin()),
                         std::make_move_iterator(errors.end()));
  };

  const scenario::Project nothing;
  const scenario::Project& known = loaded.project ? *loaded.project : nothing;
  const std::filesystem::path beside = std::filesystem::path(loaded.inputs.front()).parent_path();
  auto found = scenario::find_features(options.paths, beside.empty() ? "." : beside.string());
  add(std::move(found.errors));
  std::ranges::move(found.warnings, std::back_inserter(loaded.warnings));
  scenario::FeatureReader reader(known, check);
  for (const std::string& file : found.files) {
    ++loaded.files;
    const auto text = load_into(loaded, file);
    if (!text) {
      loaded.errors.push_back(text.error());
      continue;
    }
    Errors slips = scenario::slips(file, text->view(), known);
    std::ranges::move(slips, std::back_inserter(loaded.warnings));
    auto read = reader.read(file, text->view());
    add(std::move(read.errors));
    if (read.feature) loaded.features.push_back(std::move(*read.feature));
  }
  return loaded;
}

Loaded load_texts(const TextOfFile& project, const TextOfFile& feature, const scenario::Inputs& inputs) {
  Loaded loaded;
  loaded.inputs = {project.name, feature.name};
  const scenario::Checks check = checks(loaded, inputs);
  auto read_project = scenario::read_project(project.name, project.text, check);
  loaded.project = std::move(read_project.project);
  loaded.errors = std::move(read_project.errors);
  if (!loaded.project || !loaded.errors.empty()) return loaded;
  auto read = scenario::FeatureReader(*loaded.project, check).read(feature.name, feature.text);
  loaded.files = 1;
  loaded.errors = std::move(read.errors);
  if (read.feature) loaded.features.push_back(std::move(*read.feature));
  return loaded;
}

} // namespace murphy::cli
