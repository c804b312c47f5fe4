// Keeps what a project file holds in clear out of the source lines that errors show.
#pragma once

#include <string>
#include <string_view>

namespace murphy::scenario {

// The TOML text with every character of the values of keys that name a secret replaced by `*`; lines and columns stay.
// Works on text that is not quite TOML too: what a key's value is, is then decided in favour of hiding.
std::string mask_secrets(std::string_view toml);

} // namespace murphy::scenario
