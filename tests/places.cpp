#include "tests/places.h"

namespace murphy {

std::string in_project(std::string_view file) {
  std::string path = PROJECT_FOLDER;
  return file.empty() ? path : path.append("/").append(file);
}

std::string build_folder() { return BUILD_FOLDER; }

std::string murphy_program() { return MURPHY_PROGRAM; }

std::string dashboard_program() { return DASHBOARD_PROGRAM; }

} // namespace murphy
