#include "tests/places.h"

// Of its runtime library: without it, this has no address.
extern "C" [[gnu::weak]] void __asan_init();

namespace murphy {

std::string in_project(std::string_view file) {
  std::string path = PROJECT_FOLDER;
  return file.empty() ? path : path.append("/").append(file);
}

std::string build_folder() { return BUILD_FOLDER; }

std::string murphy_program() { return MURPHY_PROGRAM; }

std::string dashboard_program() { return DASHBOARD_PROGRAM; }

bool is_sanitized() { return __asan_init != nullptr; }

} // namespace murphy
