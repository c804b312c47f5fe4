#include "web/forms/decimal.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace murphy::web {

std::optional<Decimal> parse_decimal(std::string_view text) {
  std::string_view rest = text;
  const auto digits = [&] {
    std::size_t count = 0;
    while (count < rest.size() && is_digit(rest[count])) ++count;
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
  if (!rest.empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc()) return Decimal(std::string(text));
  if (std::isinf(std::strtod(std::string(text).c_str(), nullptr))) return std::nullopt;
  // Less than a double can hold is still more than nothing, as far as a Decimal can tell.
  const bool countable = text.size() - std::min(text.find_first_of("eE"), text.size()) < 8;
  return countable ? Decimal(std::string(text)) : Decimal(0);
}

std::string decimal_text(const Decimal& number) {
  if (number == 0) return "0";
  // JavaScript's rule (ECMAScript, 6.1.6.1.20), with up to eighteen digits.
  std::string digits = Decimal(abs(number)).str(17, std::ios_base::scientific); // "1.50000000000000000e+00"
  const std::size_t exponent_at = digits.find('e');
  const int exponent = std::stoi(digits.substr(exponent_at + 1));
  digits.resize(exponent_at);
  std::erase(digits, '.');
  while (digits.size() > 1 && digits.ends_with('0')) digits.pop_back();
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1; // where the point stands, counted from the first digit
  std::string text;
  if (point > 21 || point <= -6) {
    text = digits.substr(0, 1);
    if (count > 1) text += '.' + digits.substr(1);
    text += (exponent < 0 ? "e" : "e+") + std::to_string(exponent);
  } else if (point <= 0)
    text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  else if (count <= point)
    text = digits + std::string(static_cast<std::size_t>(point - count), '0');
  else
    text = digits.substr(0, static_cast<std::size_t>(point)) + '.' + digits.substr(static_cast<std::size_t>(point));
  return number < 0 ? '-' + text : text;
}

} // namespace murphy::web
