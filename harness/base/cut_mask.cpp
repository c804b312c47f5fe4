#include "base/cut_mask.h"

#include <algorithm>
#include <cstddef>

namespace murphy {

namespace {

constexpr std::string_view opening = "‹", closing = "›";
constexpr std::size_t longest_mask = 200; // bytes of a mask; what is farther away belongs to a quotation

} // namespace

std::string_view without_mask_cut_at_end(std::string_view beginning) {
  const std::size_t from = beginning.size() - std::min(beginning.size(), longest_mask);
  const std::size_t open = beginning.rfind(opening);
  if (open == std::string_view::npos || open < from) return beginning;
  return beginning.find(closing, open) == std::string_view::npos ? beginning.substr(0, open) : beginning;
}

std::string_view without_mask_cut_at_start(std::string_view end) {
  const std::size_t close = end.substr(0, longest_mask).find(closing);
  if (close == std::string_view::npos || end.substr(0, close).contains(opening)) return end;
  return end.substr(close + closing.size());
}

} // namespace murphy
