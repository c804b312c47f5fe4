#include "base/cookie_date.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace murphy {
namespace {

// delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E
bool is_delimiter(char c) {
  const auto value = static_cast<unsigned char>(c);
  return value == 0x09 || (value >= 0x20 && value <= 0x2F) || (value >= 0x3B && value <= 0x40) ||
         (value >= 0x5B && value <= 0x60) || (value >= 0x7B && value <= 0x7E);
}

// Takes `minimum` to `maximum` digits off the front; none, if there are fewer or more.
std::optional<int> take_number(std::string_view& text, std::size_t minimum, std::size_t maximum) {
  int value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    if (digits == maximum) return std::nullopt;
    value = value * 10 + (text[digits] - '0');
    ++digits;
  }
  if (digits < minimum) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

std::optional<int> number_at_front(std::string_view token, std::size_t minimum, std::size_t maximum) {
  return take_number(token, minimum, maximum);
}

struct Time {
  int hour = 0;
  int minute = 0;
  int second = 0;
};

// hms-time = time-field ":" time-field ":" time-field, then anything that does not begin with a digit.
std::optional<Time> read_time(std::string_view token) {
  std::array<int, 3> fields{};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) {
      if (!token.starts_with(':')) return std::nullopt;
      token.remove_prefix(1);
    }
    const auto field = take_number(token, 1, 2);
    if (!field) return std::nullopt;
    fields[i] = *field;
  }
  return Time{fields[0], fields[1], fields[2]};
}

std::optional<unsigned> read_month(std::string_view token) {
  constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string head = ascii_lower(token.substr(0, 3));
  const auto* const found = std::ranges::find(months, head);
  if (found == months.end()) return std::nullopt;
  return static_cast<unsigned>(found - months.begin()) + 1;
}

} // namespace

std::optional<std::chrono::sys_seconds> parse_cookie_date(std::string_view text) {
  // 1.-2. Divide into date-tokens; each is the first of time, day of month, month, year that it fits and that is not
  // yet found.
  std::optional<Time> time;
  std::optional<int> day;
  std::optional<unsigned> month;
  std::optional<int> year;
  while (!text.empty()) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if(text, is_delimiter) - text.begin());
    const std::string_view token = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (token.empty()) continue;
    if (!time && (time = read_time(token))) continue;
    if (!day && (day = number_at_front(token, 1, 2))) continue;
    if (!month && (month = read_month(token))) continue;
    if (!year) year = number_at_front(token, 2, 4);
  }
  // 3.-5. Two digits of a year stand for 1970 to 2069; every field must be there and in range.
  if (!time || !day || !month || !year) return std::nullopt;
  if (*year >= 70 && *year <= 99) *year += 1900;
  if (*year >= 0 && *year <= 69) *year += 2000;
  if (*year < 1601 || time->hour > 23 || time->minute > 59 || time->second > 59) return std::nullopt;
  // 6.-7. The date must exist.
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(time->hour) + std::chrono::minutes(time->minute) +
         std::chrono::seconds(time->second);
}

} // namespace murphy
