#include "web/form_values.h"

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace murphy::web {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Exactly that many digits, or for a year at least four of them.
std::optional<int> number(std::string_view text, std::size_t digits, bool or_more = false) {
  if (text.size() < digits || (!or_more && text.size() > digits) || text.size() > 9) return std::nullopt;
  if (!std::ranges::all_of(text, is_digit)) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// 2.3.5.1, "valid month string": yyyy-mm.
bool is_month(std::string_view text, int& year, int& month) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  const auto first = number(text.substr(0, dash), 4, true);
  const auto second = number(text.substr(dash + 1), 2);
  if (!first || !second || *first < 1 || *second < 1 || *second > 12) return false;
  year = *first;
  month = *second;
  return true;
}

bool is_date(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos) return false;
  int year = 0, month = 0;
  const auto day = number(text.substr(dash + 1), 2);
  return day && is_month(text.substr(0, dash), year, month) && *day >= 1 && *day <= days_in_month(year, month);
}

// hh:mm, hh:mm:ss, hh:mm:ss.s to three digits.
bool is_time(std::string_view text) {
  const auto hour = number(text.substr(0, 2), 2);
  if (!hour || *hour > 23 || text.size() < 5 || text[2] != ':') return false;
  const auto minute = number(text.substr(3, 2), 2);
  if (!minute || *minute > 59) return false;
  if (text.size() == 5) return true;
  if (text[5] != ':' || text.size() < 8) return false;
  const auto second = number(text.substr(6, 2), 2);
  if (!second || *second > 59) return false;
  if (text.size() == 8) return true;
  const std::string_view fraction = text.substr(9);
  return text[8] == '.' && !fraction.empty() && fraction.size() <= 3 && std::ranges::all_of(fraction, is_digit);
}

// yyyy-Www; a year has 53 weeks when its first of January, or in a leap year its second, is a Thursday's week.
bool is_week(std::string_view text) {
  const std::size_t dash = text.find("-W");
  if (dash == std::string_view::npos) return false;
  const auto year = number(text.substr(0, dash), 4, true);
  const auto week = number(text.substr(dash + 2), 2);
  if (!year || !week || *year < 1 || *week < 1) return false;
  const int before = *year - 1;
  const int first_day = (1 + before + before / 4 - before / 100 + before / 400) % 7; // of the year; 0 is Sunday
  const int weeks = first_day == 4 || (first_day == 3 && is_leap(*year)) ? 53 : 52;
  return *week <= weeks;
}

// 2.3.5.5, "parse a local date and time string", normalised: a "T" between date and time, the time as short as it can
// be.
std::string date_and_time(std::string_view text) {
  const std::size_t separator = text.find_first_of("T ");
  if (separator == std::string_view::npos) return {};
  std::string time(text.substr(separator + 1));
  if (!is_date(text.substr(0, separator)) || !is_time(time)) return {};
  if (time.size() > 8) {
    while (time.ends_with('0')) time.pop_back();
    if (time.ends_with('.')) time.pop_back();
  }
  if (time.size() == 8 && time.ends_with(":00")) time.resize(5);
  return fmt::format("{}T{}", text.substr(0, separator), time);
}

// 2.3.4.3, "valid floating-point number".
std::optional<double> floating_point(std::string_view text) {
  std::string_view rest = text;
  const auto digits = [&] {
    const auto end = std::ranges::find_if_not(rest, is_digit);
    const auto count = static_cast<std::size_t>(end - rest.begin());
    rest.remove_prefix(count);
    return count;
  };
  if (rest.starts_with('-')) rest.remove_prefix(1);
  const std::size_t whole = digits();
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    if (digits() == 0) return std::nullopt;
  } else if (whole == 0)
    return std::nullopt;
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
    if (digits() == 0) return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!rest.empty() || error != std::errc() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// 4.10.5.1.13: not a number means the middle; beyond an end, that end. Steps are left to the page.
std::string range_value(Element input, std::string_view text) {
  const double minimum = floating_point(input.attribute_or_empty("min")).value_or(0);
  const double maximum = floating_point(input.attribute_or_empty("max")).value_or(100);
  const auto value = floating_point(text);
  if (!value) return fmt::format("{}", maximum < minimum ? minimum : minimum + (maximum - minimum) / 2);
  if (*value < minimum || maximum < minimum) return fmt::format("{}", minimum);
  if (*value > maximum) return fmt::format("{}", maximum);
  return std::string(text);
}

std::string colour(std::string_view text) {
  const auto is_hex = [](char c) { return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); };
  if (text.size() != 7 || text[0] != '#' || !std::ranges::all_of(text.substr(1), is_hex)) return "#000000";
  return ascii_lower(text);
}

std::string without_newlines(std::string_view text) {
  std::string kept(text);
  std::erase_if(kept, [](char c) { return c == '\n' || c == '\r'; });
  return kept;
}

} // namespace

std::string input_type(Element input) {
  static constexpr std::array<std::string_view, 22> known = {
      "button", "checkbox", "color",    "date",  "datetime-local", "email", "file",   "hidden", "image",
      "month",  "number",   "password", "radio", "range",          "reset", "search", "submit", "tel",
      "text",   "time",     "url",      "week"};
  static_assert(std::ranges::is_sorted(known));
  std::string type = ascii_lower(input.attribute_or_empty("type"));
  return std::ranges::binary_search(known, std::string_view(type)) ? type : "text";
}

std::string sanitize_value(Element input, std::string_view type, std::string_view value) {
  int year = 0, month = 0;
  if (type == "text" || type == "search" || type == "tel" || type == "password") return without_newlines(value);
  if (type == "url") return std::string(trim(without_newlines(value)));
  if (type == "email") {
    if (!input.has("multiple")) return std::string(trim(without_newlines(value)));
    std::vector<std::string> addresses;
    for (const std::string_view address : split(value, ',')) addresses.emplace_back(trim(address));
    return join(addresses, ",");
  }
  if (type == "number") return floating_point(value) ? std::string(value) : std::string();
  if (type == "range") return range_value(input, value);
  if (type == "color") return colour(value);
  if (type == "date") return is_date(value) ? std::string(value) : std::string();
  if (type == "month") return is_month(value, year, month) ? std::string(value) : std::string();
  if (type == "week") return is_week(value) ? std::string(value) : std::string();
  if (type == "time") return is_time(value) ? std::string(value) : std::string();
  if (type == "datetime-local") return date_and_time(value);
  return std::string(value);
}

} // namespace murphy::web
