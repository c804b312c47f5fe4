// JSON as a step writes it: a TOML value whose texts may hold references.
#pragma once

#include "scenario/reading.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::scenario {

// The value as JSON text. References inside its strings stay references, to be escaped when they are replaced.
// Nothing when JSON has no such value (infinity, not a number).
std::optional<Text> json_text(Reading& reading, const Node& value, Context& context);

// The text as it stands between the quotes of a JSON string (RFC 8259, section 7).
std::string json_escaped(std::string_view text);

} // namespace murphy::scenario
