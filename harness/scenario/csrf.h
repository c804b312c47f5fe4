// Reads `csrf`, of [app] and of a request.
#pragma once

#include "scenario/reading.h"

#include <optional>

namespace murphy::scenario {

// A table with `header`, one of `cookie` and `meta`, and perhaps `open`. Nothing when an error was reported.
std::optional<CsrfToken> read_csrf(Reading& reading, const Entry& entry, Context& context);

// Whether the characters are those of a header's or a cookie's name (RFC 9110, section 5.6.2: token).
bool is_token(std::string_view text);

} // namespace murphy::scenario
