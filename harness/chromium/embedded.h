// The script of this folder, as text of the program.
#pragma once

#include <string_view>

namespace murphy::chromium {

extern const std::string_view embedded_page_script; // page_script.js

} // namespace murphy::chromium
