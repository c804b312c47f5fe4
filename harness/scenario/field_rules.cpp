#include "scenario/field_rules.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace murphy::scenario {

namespace {

using namespace std::chrono;

// "2026-12-31"; nothing else is a date (WHATWG HTML, 2.3.5.2).
std::optional<sys_days> to_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t begin, std::size_t length) {
    int value = -1;
    const char* const end = text.data() + begin + length;
    const auto [stopped, error] = std::from_chars(text.data() + begin, end, value);
    return error == std::errc() && stopped == end ? value : -1;
  };
  const int year_number = number(0, 4), month_number = number(5, 2), day_number = number(8, 2);
  if (year_number < 1 || month_number < 1 || day_number < 1) return std::nullopt;
  const year_month_day date{year(year_number), month(static_cast<unsigned>(month_number)),
                            day(static_cast<unsigned>(day_number))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

std::optional<double> to_minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int hours = 0, minutes = 0;
  const auto [first, hour_error] = std::from_chars(text.data(), text.data() + 2, hours);
  const auto [second, minute_error] = std::from_chars(text.data() + 3, text.data() + 5, minutes);
  if (hour_error != std::errc() || minute_error != std::errc() || first != text.data() + 2 ||
      second != text.data() + 5 || hours > 23 || minutes > 59 || hours < 0 || minutes < 0)
    return std::nullopt;
  return hours * 60 + minutes;
}

// The address as an input of type email takes it (WHATWG HTML, 4.10.5.1.5).
bool is_email(std::string_view value) {
  static const auto regex = Regex::compile(
      R"(\A[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z)");
  const auto found = (*regex)->search(value);
  return found && !found->empty();
}

int whole_number(std::string_view text) {
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

// "2026-12"; months since 1970.
std::optional<double> to_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const int year_number = whole_number(text.substr(0, 4)), month_number = whole_number(text.substr(5));
  if (year_number < 1 || month_number < 1 || month_number > 12) return std::nullopt;
  return (year_number - 1970) * 12 + month_number - 1;
}

// The Monday of a year's first week: the week that its fourth of January is in.
sys_days first_week(int year_number) {
  const sys_days fourth = year(year_number) / January / day(4);
  return fourth - (weekday(fourth) - Monday);
}

// "2026-W52"; weeks since that of the first of January 1970.
std::optional<double> to_week(std::string_view text) {
  if (text.size() != 8 || text.substr(4, 2) != "-W") return std::nullopt;
  const int year_number = whole_number(text.substr(0, 4)), week_number = whole_number(text.substr(6));
  if (year_number < 1 || week_number < 1) return std::nullopt;
  const sys_days monday = first_week(year_number) + days(7 * (week_number - 1));
  if (monday >= first_week(year_number + 1)) return std::nullopt;
  const auto whole_weeks = (monday - first_week(1970)).count() / 7;
  return static_cast<double>(whole_weeks);
}

// "2026-12-31T23:59"; minutes since 1970.
std::optional<double> to_moment(std::string_view text) {
  if (text.size() != 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
  const auto date = to_date(text.substr(0, 10));
  const auto minutes_of_day = to_minutes(text.substr(11));
  if (!date || !minutes_of_day) return std::nullopt;
  return static_cast<double>(date->time_since_epoch().count()) * 24 * 60 + *minutes_of_day;
}

bool is_color(std::string_view value) {
  return value.size() == 7 && value.front() == '#' &&
         std::ranges::all_of(value.substr(1), [](char c) { return hex_digit(c) >= 0; });
}

bool has_scheme(std::string_view value) {
  const std::size_t colon = value.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < value.size() &&
         std::ranges::all_of(value.substr(0, colon),
                             [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; });
}

bool is_of_type(std::string_view type, std::string_view value) {
  if (type == "email") return is_email(value);
  if (type == "url") return has_scheme(value);
  if (type == "color") return is_color(value);
  if (has_range(type)) return to_number(type, value).has_value();
  return true;
}

} // namespace

const std::vector<std::string>& value_types() {
  static const std::vector<std::string> types{"email", "url",   "number", "range",          "date",
                                              "time",  "month", "week",   "datetime-local", "color"};
  return types;
}

bool has_range(std::string_view type) {
  return type == "number" || type == "range" || type == "date" || type == "time" || type == "month" || type == "week" ||
         type == "datetime-local";
}

bool has_lengths(std::string_view type) { return !has_range(type) && type != "color"; }

std::string meant_type(const FieldRules& rules) {
  if (!rules.type.empty()) return rules.type;
  for (const std::string* bound : {&rules.min, &rules.max}) {
    if (bound->empty()) continue;
    return to_date(*bound)      ? "date"
           : to_minutes(*bound) ? "time"
           : to_month(*bound)   ? "month"
           : to_week(*bound)    ? "week"
           : to_moment(*bound)  ? "datetime-local"
                                : "number";
  }
  return rules.step.empty() ? "" : "number";
}

std::optional<double> to_number(std::string_view type, std::string_view value) {
  if (type == "date") {
    const auto date = to_date(value);
    if (!date) return std::nullopt;
    return static_cast<double>(date->time_since_epoch().count());
  }
  if (type == "time") return to_minutes(value);
  if (type == "month") return to_month(value);
  if (type == "week") return to_week(value);
  if (type == "datetime-local") return to_moment(value);
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<double> to_step(std::string_view type, std::string_view step) {
  const auto number = to_number("number", step);
  const bool is_in_seconds = type == "time" || type == "datetime-local";
  return number && is_in_seconds ? *number / 60 : number;
}

std::string from_number(std::string_view type, double number) {
  if (type == "date") {
    const year_month_day date{sys_days(days(std::llround(number)))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
  }
  if (type == "time") {
    const long long minutes = std::clamp<long long>(std::llround(number), 0, 24 * 60 - 1);
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  }
  const long long whole = std::llround(number);
  if (type == "month") {
    const long long months_of_year = (whole % 12 + 12) % 12;
    return fmt::format("{:04}-{:02}", 1970 + (whole - months_of_year) / 12, months_of_year + 1);
  }
  if (type == "week") {
    const sys_days monday = first_week(1970) + days(7 * whole);
    // The year of a week is that of its Thursday.
    const int year_number = static_cast<int>(year_month_day(monday + days(3)).year());
    return fmt::format("{:04}-W{:02}", year_number, (monday - first_week(year_number)).count() / 7 + 1);
  }
  if (type == "datetime-local") {
    const long long minutes_of_day = (whole % 1440 + 1440) % 1440;
    const long long whole_days = (whole - minutes_of_day) / 1440;
    return from_number("date", static_cast<double>(whole_days)) + "T" +
           from_number("time", static_cast<double>(minutes_of_day));
  }
  // Sums such as 0.1 + 0.2 leave dust behind, which twelve digits brush away.
  return fmt::format("{:.12g}", number);
}

std::string broken_rule(const FieldRules& rules, std::string_view value) {
  if (value.empty()) return rules.required.value_or(false) ? "required" : "";
  if (trim(value).empty() && rules.required.value_or(false)) return "required";
  const std::string type = meant_type(rules);
  if (!is_of_type(type, value)) return "type";
  const std::size_t length = utf16_length(value);
  if (rules.min_length && length < *rules.min_length) return "min_length";
  if (rules.max_length && length > *rules.max_length) return "max_length";
  if (rules.whole_pattern) {
    const auto found = rules.whole_pattern->search(value);
    if (found && found->empty()) return "pattern";
  }
  const auto number = to_number(type, value);
  const auto min = to_number(type, rules.min), max = to_number(type, rules.max), step = to_step(type, rules.step);
  if (!number || !has_range(type)) return "";
  if (min && *number < *min) return "min";
  if (max && *number > *max) return "max";
  if (step && *step > 0) {
    const double steps = (*number - min.value_or(0)) / *step;
    if (std::abs(steps - std::round(steps)) > 1e-6) return "step";
  }
  return "";
}

} // namespace murphy::scenario
