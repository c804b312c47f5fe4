// Evidence recorded elsewhere, as JSON.
#pragma once

#include "base/error.h"
#include "diagnose/evidence.h"

#include <cstdint>
#include <string_view>

namespace murphy::diagnose {

// One object with `id, step, exchanges, locations, body, errors, console, database_log, fields, schema, healthy,
// probes`, all of them optional; members that are not known are passed over. Errors: usage, naming the member that has
// another form than it should; the place names `line`.
Result<Evidence> evidence_from_json(std::string_view text, const std::string& file, std::uint32_t line);

} // namespace murphy::diagnose
