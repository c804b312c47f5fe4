// murphy.lock beside the project file.
#pragma once

#include "base/error.h"
#include "record/known_good.h"
#include "scenario/model.h"

#include <optional>
#include <string>

namespace murphy::cli {

// Where the known-good record of a target lies: murphy.lock for the project's first, murphy.NAME.lock for any other.
std::string lock_file(const scenario::Project& project, const scenario::Target& target);

// The record; none when there is no such file. Errors: usage, when it is there and cannot be read.
Result<std::optional<record::KnownGood>> load_lock(const std::string& file);

} // namespace murphy::cli
