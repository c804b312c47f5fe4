#include "web/forms/date_time.h"

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace murphy::web {
namespace {

namespace calendar = std::chrono;

constexpr std::int64_t first_day = -719'162;       // 0001-01-01
constexpr std::int64_t last_day = 100'000'000;     // 275760-09-13, of which JavaScript's clock has the first instant
constexpr std::int64_t first_month = -1969 * 12;   // 0001-01
constexpr std::int64_t last_month = 3'285'488;     // 275760-09
constexpr std::int64_t last_week_day = 99'999'998; // Monday of 275760-W37

std::optional<int> number(std::string_view text) {
  if (!std::ranges::all_of(text, is_digit)) return std::nullopt;
  int value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) return std::nullopt;
  return value;
}

// Exactly that many digits.
std::optional<int> number(std::string_view text, std::size_t digits) {
  return text.size() == digits ? number(text) : std::nullopt;
}

// Four digits at least.
std::optional<int> year_number(std::string_view text) { return text.size() < 4 ? std::nullopt : number(text); }

std::int64_t day_number(int year, int month, int day) {
  // std::chrono::year ends at 32767; the calendar repeats every 400 years of 146 097 days.
  const int cycles = (year - 1) / 400;
  const calendar::year_month_day date{calendar::year(year - cycles * 400),
                                      calendar::month(static_cast<unsigned>(month)),
                                      calendar::day(static_cast<unsigned>(day))};
  return calendar::sys_days(date).time_since_epoch().count() + std::int64_t{cycles} * 146'097;
}

struct Date {
  int year, month, day;
};

Date date_of(std::int64_t days) {
  const std::int64_t cycles = (days - first_day) / 146'097;
  const calendar::year_month_day date{calendar::sys_days(calendar::days(days - cycles * 146'097))};
  return {static_cast<int>(date.year()) + static_cast<int>(cycles) * 400,
          static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day()))};
}

// Monday is 0; the day 0, in 1970, was a Thursday.
std::int64_t weekday(std::int64_t days) { return ((days + 3) % 7 + 7) % 7; }

// The Monday of the first week of a year, which is the week that has the fourth of January.
std::int64_t first_monday(int year) {
  const std::int64_t fourth = day_number(year, 1, 4);
  return fourth - weekday(fourth);
}

std::optional<std::pair<int, int>> year_and_month(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto year = year_number(text.substr(0, dash));
  const auto month = number(text.substr(dash + 1), 2);
  if (!year || !month || *year < 1 || *year > 275'760 || *month < 1 || *month > 12) return std::nullopt;
  return std::pair(*year, *month);
}

} // namespace

std::optional<std::int64_t> parse_month(std::string_view text) {
  const auto read = year_and_month(text);
  if (!read) return std::nullopt;
  const std::int64_t months = std::int64_t{read->first - 1970} * 12 + read->second - 1;
  return months <= last_month ? std::optional(months) : std::nullopt;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto month = year_and_month(text.substr(0, dash));
  const auto day = number(text.substr(dash + 1), 2);
  if (!month || !day || *day < 1) return std::nullopt;
  const std::int64_t days = day_number(month->first, month->second, 1) + *day - 1;
  const bool in_month = date_of(days).month == month->second;
  return in_month && days <= last_day ? std::optional(days) : std::nullopt;
}

std::optional<std::int64_t> parse_week(std::string_view text) {
  const std::size_t dash = text.find("-W");
  if (dash == std::string_view::npos) return std::nullopt;
  const auto year = year_number(text.substr(0, dash));
  const auto week = number(text.substr(dash + 2), 2);
  if (!year || !week || *year < 1 || *year > 275'760 || *week < 1) return std::nullopt;
  const std::int64_t monday = first_monday(*year) + std::int64_t{*week - 1} * 7;
  return monday < first_monday(*year + 1) && monday <= last_week_day ? std::optional(monday) : std::nullopt;
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  const auto hour = number(text.substr(0, 2), 2);
  if (!hour || *hour > 23 || text.size() < 5 || text[2] != ':') return std::nullopt;
  const auto minute = number(text.substr(3, 2), 2);
  if (!minute || *minute > 59) return std::nullopt;
  const std::int64_t minutes = std::int64_t{*hour} * 60 + *minute;
  if (text.size() == 5) return minutes * 60'000;
  if (text[5] != ':' || text.size() < 8) return std::nullopt;
  const auto second = number(text.substr(6, 2), 2);
  if (!second || *second > 59) return std::nullopt;
  const std::int64_t seconds = minutes * 60 + *second;
  if (text.size() == 8) return seconds * 1000;
  const std::string_view fraction = text.substr(9);
  if (text[8] != '.' || fraction.empty() || fraction.size() > 3) return std::nullopt;
  const auto thousandths = number(std::string(fraction) + std::string(3 - fraction.size(), '0'), 3);
  return thousandths ? std::optional(seconds * 1000 + *thousandths) : std::nullopt;
}

std::optional<std::int64_t> parse_date_and_time(std::string_view text) {
  const std::size_t separator = text.find_first_of("T ");
  if (separator == std::string_view::npos) return std::nullopt;
  const auto date = parse_date(text.substr(0, separator));
  const auto time = parse_time(text.substr(separator + 1));
  if (!date || !time || (*date == last_day && *time > 0)) return std::nullopt;
  return *date * milliseconds_a_day + *time;
}

std::optional<std::string> month_text(std::int64_t months) {
  if (months < first_month || months > last_month) return std::nullopt;
  const std::int64_t since_first = months - first_month;
  return fmt::format("{:04}-{:02}", since_first / 12 + 1, since_first % 12 + 1);
}

std::optional<std::string> date_text(std::int64_t days) {
  if (days < first_day || days > last_day) return std::nullopt;
  const Date date = date_of(days);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<std::string> week_text(std::int64_t days) {
  const std::int64_t monday = days - weekday(days);
  if (monday < first_day || monday > last_week_day) return std::nullopt;
  // A week belongs to the year of its Thursday.
  const int year = date_of(monday + 3).year;
  return fmt::format("{:04}-W{:02}", year, (monday - first_monday(year)) / 7 + 1);
}

std::optional<std::string> time_text(std::int64_t milliseconds) {
  if (milliseconds < 0 || milliseconds >= milliseconds_a_day) return std::nullopt;
  const std::int64_t seconds = milliseconds / 1000, thousandths = milliseconds % 1000;
  std::string text = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 != 0 || thousandths != 0) text += fmt::format(":{:02}", seconds % 60);
  if (thousandths != 0) text += fmt::format(".{:03}", thousandths);
  while (thousandths != 0 && text.ends_with('0')) text.pop_back();
  return text;
}

std::optional<std::string> date_and_time_text(std::int64_t milliseconds) {
  const std::int64_t of_day = (milliseconds % milliseconds_a_day + milliseconds_a_day) % milliseconds_a_day;
  const auto date = date_text((milliseconds - of_day) / milliseconds_a_day);
  if (!date || (milliseconds > last_day * milliseconds_a_day)) return std::nullopt;
  return *date + 'T' + *time_text(of_day);
}

} // namespace murphy::web
