// Numbers as HTML writes them (WHATWG HTML, 2.3.4.3), kept in decimal: 0.3 is exactly three steps of 0.1, which it is
// not as a double.
#pragma once

#include <boost/multiprecision/cpp_dec_float.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

using Decimal = boost::multiprecision::cpp_dec_float_50;

// A valid floating-point number that a double can hold: "-1", ".5", "1e3", and nothing around it. The standard's rules
// for parsing min, max and step would overlook what surrounds a number; browsers do not, and neither does this.
std::optional<Decimal> parse_decimal(std::string_view text);

// The shortest spelling, as JavaScript would have it: "0.1", "1e+21".
std::string decimal_text(const Decimal& number);

} // namespace murphy::web
