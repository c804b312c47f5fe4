// Where a report is written to.
#pragma once

#include "base/error.h"

#include <filesystem>
#include <string_view>

namespace murphy::reports {

// Writes the whole text to `path` or nothing: into a temporary file of the same folder that is then renamed, so that no
// reader ever sees half a report and an earlier one stays until this one is complete. Makes missing parent folders.
// Something that is no regular file (/dev/stdout, a pipe) is written to directly. Errors: internal, naming the path and
// what the system says.
Result<void> write_report(const std::filesystem::path& path, std::string_view text);

// Writes the text behind what the file holds, as the summary of a job is made by all of its steps. Errors: as above.
Result<void> append_report(const std::filesystem::path& path, std::string_view text);

} // namespace murphy::reports
