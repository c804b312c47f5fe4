#include "base/size_text.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace murphy {

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t step = 1000;
  constexpr std::array<std::string_view, 4> units = {"kB", "MB", "GB", "TB"};
  if (bytes < step) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  std::size_t unit = 0;
  for (; bytes >= step * step && unit + 1 < units.size(); bytes /= step) ++unit;
  const std::uint64_t tenths = bytes * 10 / step;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " + std::string(units[unit]);
}

} // namespace murphy
