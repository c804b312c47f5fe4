// Files of a project by their digests.
#pragma once

#include "record/redactor.h"

#include <optional>
#include <string>

namespace murphy::cli {

// The SHA-256 of a file, in hexadecimal. None where it cannot be read, and where a secret is written in it: who knows
// the rest of the file could try passwords until the digest fits.
std::optional<std::string> sha256_of(const std::string& file, const record::Redactor& redactor);

} // namespace murphy::cli
