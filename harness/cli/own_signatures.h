// The error formats of a project's own, for every command that says why something broke.
#pragma once

#include "base/error.h"
#include "diagnose/signature.h"

#include <expected>
#include <optional>
#include <string>

namespace murphy::cli {

// Those that `[[signature]]` of the project file adds, before those built in; none when it adds none, or when the name
// is empty: then those built in will do. Of the rest of the file nothing is read. Errors: usage.
std::expected<std::optional<diagnose::Signatures>, Errors> own_signatures(const std::string& project_file);

} // namespace murphy::cli
