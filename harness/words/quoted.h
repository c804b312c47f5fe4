// Text of the app, for people.
#pragma once

#include <string>
#include <string_view>

namespace murphy::words {

// `text` in double quotes, its middle left out where it is longer than `longest` bytes. `bytes` is the size of the text
// that it is the beginning and end of, when it is not the whole.
std::string quoted(std::string_view text, std::size_t longest, std::size_t bytes);

} // namespace murphy::words
