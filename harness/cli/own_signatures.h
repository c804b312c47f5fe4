// The error formats of a project's own, for every command that says why something broke.
#pragma once

#include "base/error.h"
#include "record/project_signature.h"

#include <expected>
#include <string>
#include <vector>

namespace murphy::cli {

// Those that `[[signature]]` of the project file adds to those built in; none when the name is empty. Of the rest of
// the file nothing is read. Errors: usage.
std::expected<std::vector<record::ProjectSignature>, Errors> own_signatures(const std::string& project_file);

} // namespace murphy::cli
