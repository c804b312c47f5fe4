// Standard output and standard error, as commands write to them.
#pragma once

#include "base/error.h"
#include "reports/console_style.h"

#include <string_view>

namespace murphy::cli {

// Writes everything, or gives back false when the other end is closed (then and ever after).
bool write_out(std::string_view text);
bool write_error(std::string_view text);

// The errors, each as base renders it, on standard error.
void show(const Errors& errors);

// How the console report looks on standard output.
reports::ConsoleStyle style_of_output();

} // namespace murphy::cli
