#include "web/forms/typed_number.h"

#include "web/forms/date_time.h"
#include "web/forms/decimal.h"

#include <cstdint>
#include <fmt/format.h>

#include <cmath>

namespace murphy::web {

std::optional<double> to_number(std::string_view type, std::string_view value) {
  const auto scaled = [](std::optional<std::int64_t> read, std::int64_t unit) {
    return read ? std::optional(static_cast<double>(*read * unit)) : std::nullopt;
  };
  if (type == "number" || type == "range") {
    const auto number = parse_decimal(value);
    return number ? std::optional(number->convert_to<double>()) : std::nullopt;
  }
  if (type == "date") return scaled(parse_date(value), milliseconds_a_day);
  if (type == "week") return scaled(parse_week(value), milliseconds_a_day);
  if (type == "month") return scaled(parse_month(value), 1);
  if (type == "time") return scaled(parse_time(value), 1);
  if (type == "datetime-local") return scaled(parse_date_and_time(value), 1);
  return std::nullopt;
}

std::optional<std::string> from_number(std::string_view type, double number) {
  if (!std::isfinite(number)) return std::nullopt;
  // By way of the shortest text that reads as this double, which is the decimal number that was meant.
  if (type == "number" || type == "range") return decimal_text(Decimal(fmt::format("{}", number)));
  if (std::abs(number) > 9e15) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(std::floor(number));
  const auto days = static_cast<std::int64_t>(std::floor(number / static_cast<double>(milliseconds_a_day)));
  if (type == "date") return date_text(days);
  if (type == "week") return week_text(days);
  if (type == "month") return month_text(whole);
  if (type == "time") return time_text(whole);
  if (type == "datetime-local") return date_and_time_text(whole);
  return std::nullopt;
}

} // namespace murphy::web
