#include "base/regex_names.h"

#include <cstdint>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace murphy {

std::vector<std::pair<std::string, std::size_t>> group_names(std::string_view pattern) {
  std::vector<std::pair<std::string, std::size_t>> names;
  int code = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* compiled =
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), PCRE2_UTF, &code, &offset, nullptr);
  if (compiled == nullptr) return names;
  // Each entry of the table is the number in two bytes, most significant first, then the name and a zero
  // (pcre2api(3), "Information about a pattern").
  std::uint32_t count = 0, entry_size = 0;
  PCRE2_SPTR table = nullptr;
  pcre2_pattern_info(compiled, PCRE2_INFO_NAMECOUNT, &count);
  pcre2_pattern_info(compiled, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
  pcre2_pattern_info(compiled, PCRE2_INFO_NAMETABLE, &table);
  for (std::uint32_t i = 0; i < count; ++i, table += entry_size)
    names.emplace_back(reinterpret_cast<const char*>(table + 2), static_cast<std::size_t>(table[0] << 8 | table[1]));
  pcre2_code_free(compiled);
  return names;
}

} // namespace murphy
