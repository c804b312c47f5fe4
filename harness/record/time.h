// Moments as text: ISO 8601 in UTC, to the microsecond, so that they sort as they happened.
#pragma once

#include "record/exchange.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::record {

// "2026-11-22T17:56:06.123456Z"; what is finer than a microsecond is cut off.
std::string to_iso_8601(Instant at);
// Reads exactly what to_iso_8601 writes; none for anything else.
std::optional<Instant> from_iso_8601(std::string_view text);

} // namespace murphy::record
