#include "reports/ascii_text.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::reports {

namespace {

struct Replacement {
  char32_t sign;
  std::string_view ascii;
};

// In the order of the signs.
constexpr auto replacements = std::to_array<Replacement>({
    {U'\u00A0', " "},  {U'\u00AB', "<<"}, {U'\u00B7', "-"},  {U'\u00BB', ">>"}, {U'\u00D7', "x"}, {U'\u2010', "-"},
    {U'\u2011', "-"},  {U'\u2012', "-"},  {U'\u2013', "-"},  {U'\u2014', "-"},  {U'\u2018', "'"}, {U'\u2019', "'"},
    {U'\u201A', "'"},  {U'\u201C', "\""}, {U'\u201D', "\""}, {U'\u201E', "\""}, {U'\u2022', "*"}, {U'\u2026', "..."},
    {U'\u2039', "<"},  {U'\u203A', ">"},  {U'\u2190', "<-"}, {U'\u2192', "->"}, {U'\u2212', "-"}, {U'\u2260', "!="},
    {U'\u2264', "<="}, {U'\u2265', ">="}, {U'\u2502', "|"},  {U'\u2713', "ok"}, {U'\u2717', "x"}, {U'\uFFFD', "?"},
});
static_assert(std::ranges::is_sorted(replacements, {}, &Replacement::sign));

} // namespace

std::string ascii_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_code_point(text);
    const auto found = std::ranges::lower_bound(replacements, c, {}, &Replacement::sign);
    const bool is_sign = found != replacements.end() && found->sign == c;
    result += is_sign ? found->ascii : before.substr(0, before.size() - text.size());
  }
  return result;
}

} // namespace murphy::reports
