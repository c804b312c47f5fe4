// Where the tests find the project and what was built of it, and how. Compiled once: an absolute path in the flags of
// every test would be another test in every clone to the compiler cache.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

// The absolute path of a file of the project, named from its top ("docs/language.md"); of the top itself without a
// name.
std::string in_project(std::string_view file = {});

// The absolute path of the build folder, of Murphy and of the example app.
std::string build_folder();
std::string murphy_program();
std::string dashboard_program();

// Whether the address sanitizer is in the program, though not in its tests (preset `asan`): it keeps what was freed.
bool is_sanitized();

} // namespace murphy
