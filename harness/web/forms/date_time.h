// Dates and times as HTML writes them (WHATWG HTML, 2.3.5), on the proleptic Gregorian calendar. Years go from 1 to
// where JavaScript's clock ends, in September 275760: browsers take none beyond.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

constexpr std::int64_t milliseconds_a_day = 86'400'000;

// Each gives none for what is no valid string of its kind.
std::optional<std::int64_t> parse_month(std::string_view text); // "2026-07" as months since January 1970
std::optional<std::int64_t> parse_date(std::string_view text);  // "2026-07-01" as days since 1970-01-01
std::optional<std::int64_t> parse_week(std::string_view text);  // "2026-W07": its Monday, as days since 1970-01-01
std::optional<std::int64_t> parse_time(std::string_view text);  // "23:59", "23:59:59.999": milliseconds of the day
// "2026-07-01T23:59", also with a space: milliseconds since 1970-01-01.
std::optional<std::int64_t> parse_date_and_time(std::string_view text);

// The inverse, times as short as they can be; none outside of the calendar.
std::optional<std::string> month_text(std::int64_t months);
std::optional<std::string> date_text(std::int64_t days);
std::optional<std::string> week_text(std::int64_t days); // the week that has this day
std::optional<std::string> time_text(std::int64_t milliseconds);
std::optional<std::string> date_and_time_text(std::int64_t milliseconds);

} // namespace murphy::web
