// The decodings of captures. Pure.
#pragma once

#include "scenario/model.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::run {

// The name of a decoding, as scenarios write it.
std::string_view name_of(scenario::Capture::Decoding decoding);

// The text without the escapes of that kind; nothing where it is not written so, or where the result is no text.
// url: as decodeURIComponent() does it, so that a `+` stays. base64: both alphabets. html: character references. json:
// the inside of a JSON string, or one with its quotes.
std::optional<std::string> decoded(std::string_view text, scenario::Capture::Decoding decoding);

} // namespace murphy::run
