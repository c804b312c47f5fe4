// Values of inputs as numbers, and back (WHATWG HTML, 4.10.5.1: "convert a string to a number" of each type).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

// number, range: the number itself. date, week, time, datetime-local: milliseconds since the beginning of 1970 (time:
// of the day). month: months since January 1970. None when the text is no value of that type, or the type has no
// numbers.
std::optional<double> to_number(std::string_view type, std::string_view value);

// The value that stands for a number: the inverse of to_number, in the shortest spelling. None when there is no such
// value (before the year 1).
std::optional<std::string> from_number(std::string_view type, double number);

} // namespace murphy::web
