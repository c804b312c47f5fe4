#include "base/text.h"
#include "web/html/document.h"

#include <algorithm>
#include <cstdint>

namespace murphy::web {

// WHATWG HTML, 4.2.5.3, "shared declarative refresh steps"; the numbers are those of its steps.
std::optional<Refresh> parse_refresh(std::string_view input) {
  const auto skip_white_space = [&] {
    while (!input.empty() && is_white_space(input.front())) input.remove_prefix(1);
  };
  const auto take = [&](char lower) {
    if (input.empty() || (input.front() | 0x20) != lower) return false;
    input.remove_prefix(1);
    return true;
  };

  skip_white_space(); // 4
  // 5 to 7: digits; a fraction may follow and is ignored, and nothing but a fraction is 0.
  Refresh refresh;
  const std::size_t digits = static_cast<std::size_t>(std::ranges::find_if_not(input, is_digit) - input.begin());
  if (digits == 0 && (input.empty() || input.front() != '.')) return std::nullopt;
  constexpr std::int64_t longest = 1'000'000'000;
  std::int64_t seconds = 0;
  for (const char digit : input.substr(0, digits)) seconds = std::min(seconds * 10 + (digit - '0'), longest);
  refresh.delay = std::chrono::seconds(seconds);
  input.remove_prefix(digits);
  while (!input.empty() && (is_digit(input.front()) || input.front() == '.')) input.remove_prefix(1);
  // 8 to 10
  if (input.empty()) return refresh;
  if (input.front() != ';' && input.front() != ',' && !is_white_space(input.front())) return std::nullopt;
  skip_white_space();
  if (!input.empty() && (input.front() == ';' || input.front() == ',')) input.remove_prefix(1);
  skip_white_space();
  // 11: "url=" may stand before the address; when it breaks off, it was the beginning of the address.
  if (input.empty()) return refresh;
  const std::string_view whole = input;
  if (take('u')) {
    bool is_label = take('r') && take('l');
    if (is_label) {
      skip_white_space();
      is_label = !input.empty() && input.front() == '=';
    }
    if (!is_label) {
      refresh.url = whole;
      return refresh;
    }
    input.remove_prefix(1);
    skip_white_space();
  }
  if (!input.empty() && (input.front() == '\'' || input.front() == '"')) {
    const char quote = input.front();
    input.remove_prefix(1);
    input = input.substr(0, input.find(quote));
  }
  refresh.url = input;
  return refresh;
}

} // namespace murphy::web
