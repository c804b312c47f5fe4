#include "record/retry_after.h"

#include "base/http_date.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace murphy::record {
namespace {

using std::chrono::seconds;

// So that nothing overflows where it is added to a time.
constexpr seconds longest_wait = std::chrono::years(100);

// The whole text is digits; more than fit are as good as infinitely many.
std::optional<seconds> read_seconds(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() ? std::min(seconds(number), longest_wait) : longest_wait;
}

// 0 or less: it is past.
std::optional<seconds> said_wait(const std::vector<Header>& headers, Instant now) {
  const std::string* header = find_header(headers, "Retry-After");
  if (header == nullptr) return std::nullopt;
  const std::string_view text = trim(*header);
  if (const auto wait = read_seconds(text)) return wait;
  auto from = std::chrono::floor<seconds>(now);
  const auto until = read_http_date(text, from);
  if (!until) return std::nullopt;
  if (const std::string* date = find_header(headers, "Date")) from = read_http_date(trim(*date), from).value_or(from);
  return std::min<seconds>(*until - from, longest_wait);
}

} // namespace

std::optional<seconds> asked_wait(const std::vector<Header>& headers, Instant now) {
  const auto wait = said_wait(headers, now);
  return wait && wait->count() > 0 ? wait : std::nullopt;
}

} // namespace murphy::record
