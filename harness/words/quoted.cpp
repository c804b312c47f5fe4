#include "words/quoted.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::words {

std::string quoted(std::string_view text, std::size_t longest, std::size_t bytes) {
  const std::size_t whole = std::max(bytes, text.size());
  if (whole <= longest) return fmt::format("\"{}\"", text);
  return fmt::format("\"{}\" ({} bytes)", with_middle_cut(text, longest), whole);
}

} // namespace murphy::words
