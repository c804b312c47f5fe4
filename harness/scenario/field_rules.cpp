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

bool has_scheme(std::string_view value) {
  const std::size_t colon = value.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < value.size() &&
         std::ranges::all_of(value.substr(0, colon),
                             [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; });
}

bool is_of_type(std::string_view type, std::string_view value) {
  if (type == "email") return is_email(value);
  if (type == "url") return has_scheme(value);
  if (has_range(type)) return to_number(type, value).has_value();
  return true;
}

} // namespace

const std::vector<std::string>& value_types() {
  static const std::vector<std::string> types{"email", "url", "number", "range", "date", "time"};
  return types;
}

bool has_range(std::string_view type) {
  return type == "number" || type == "range" || type == "date" || type == "time";
}

bool has_lengths(std::string_view type) { return !has_range(type); }

std::string meant_type(const FieldRules& rules) {
  if (!rules.type.empty()) return rules.type;
  for (const std::string* bound : {&rules.min, &rules.max}) {
    if (bound->empty()) continue;
    return to_date(*bound) ? "date" : to_minutes(*bound) ? "time" : "number";
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
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number)) return std::nullopt;
  return number;
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
  const auto min = to_number(type, rules.min), max = to_number(type, rules.max), step = to_number("number", rules.step);
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
