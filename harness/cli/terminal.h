// Standard output and standard error, as commands write to them.
#pragma once

#include "base/error.h"
#include "record/redactor.h"
#include "reports/console_style.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::cli {

enum class Stream { output, error };

// Writes everything, or gives back false when the other end is closed (then and ever after). No part of it is a command
// to a CI system that keeps the log (base/log_commands.h).
bool write_to(Stream stream, std::string_view text);
// Why standard output could not be written to at some time; nothing when it could, or when its reader had read enough.
std::optional<Error> trouble_with_output();
// What was closed when Murphy started leads to nowhere from now on: otherwise a file opened later would take its place.
void open_standard_streams();
bool write_out(std::string_view text);
// The same for a report that is made of such commands.
bool write_commands_out(std::string_view text);
bool write_error(std::string_view text);
// The same for what people read: in ASCII where the stream wants that (style_of).
bool print_to(Stream stream, std::string_view text);
bool print_out(std::string_view text);
bool print_error(std::string_view text);

// One line on standard error, with everything taken out that the redactor knows: "murphy: …".
void remark(const std::string& words, const record::Redactor& redactor);

// The errors, each as base renders it, on standard error.
void show(const Errors& errors);

// The same with everything taken out that the redactor knows.
void show(Errors errors, const record::Redactor& redactor);

// How the console report looks there.
reports::ConsoleStyle style_of(Stream stream);

} // namespace murphy::cli
