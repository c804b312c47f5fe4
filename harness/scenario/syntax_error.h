// What toml++ says of a file that is not TOML, in words for the person who wrote the file.
#pragma once

#include "base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// `message` and the position are toml++'s; `lines` are the lines of the file and `shown` the same lines as they may be
// shown. Kind usage.
Error syntax_error(const std::string& file, std::string_view message, std::uint32_t line, std::uint32_t column,
                   const std::vector<std::string_view>& lines, const std::vector<std::string_view>& shown);

// The first byte that is not UTF-8.
Error not_utf8(const std::string& file, const std::vector<std::string_view>& lines);

} // namespace murphy::scenario
