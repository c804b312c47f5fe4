// Standard output and standard error, as commands write to them.
#pragma once

#include "base/error.h"
#include "record/redactor.h"
#include "reports/console_style.h"

#include <string_view>

namespace murphy::cli {

enum class Stream { output, error };

// Writes everything, or gives back false when the other end is closed (then and ever after).
bool write_to(Stream stream, std::string_view text);
bool write_out(std::string_view text);
bool write_error(std::string_view text);

// The errors, each as base renders it, on standard error.
void show(const Errors& errors);

// The same with everything taken out that the redactor knows.
void show(Errors errors, const record::Redactor& redactor);

// How the console report looks there.
reports::ConsoleStyle style_of(Stream stream);

} // namespace murphy::cli
