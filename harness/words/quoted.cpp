#include "words/quoted.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::words {

std::string quoted(std::string_view text, std::size_t longest, std::size_t bytes) {
  const std::size_t whole = std::max(bytes, text.size());
  if (whole <= longest) return fmt::format("\"{}\"", text);
  return fmt::format("\"{} […] {}\" ({} bytes)", utf8_prefix(text, longest * 2 / 3), utf8_suffix(text, longest / 3),
                     whole);
}

} // namespace murphy::words
