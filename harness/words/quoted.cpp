#include "words/quoted.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::words {

std::string quoted(std::string_view text, std::size_t longest, std::size_t bytes) {
  const std::size_t whole = std::max(bytes, text.size());
  if (whole <= longest) return fmt::format("\"{}\"", text);
  std::size_t head = std::min(longest * 2 / 3, text.size());
  std::size_t tail = text.size() - std::min(longest / 3, text.size());
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u; };
  while (head > 0 && head < text.size() && continues(head)) --head;
  while (tail < text.size() && continues(tail)) ++tail;
  return fmt::format("\"{} […] {}\" ({} bytes)", text.substr(0, head), text.substr(tail), whole);
}

} // namespace murphy::words
