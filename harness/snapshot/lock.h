// murphy.lock: the known-good record as a file, which is committed and reviewed like code.
#pragma once

#include "base/error.h"
#include "record/known_good.h"

#include <string>
#include <string_view>

namespace murphy::snapshot {

// What this version writes and reads.
inline constexpr int lock_version = 1;

// The file as text (TOML). Whatever is as it usually is, is left out.
std::string write_lock(const record::KnownGood& known);

// Reads what write_lock wrote; `file` names it in errors. Errors: usage, with the place: no TOML, another version, a
// key or a value that such a file does not have.
Result<record::KnownGood> read_lock(std::string_view text, const std::string& file);

} // namespace murphy::snapshot
