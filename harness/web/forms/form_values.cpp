#include "web/forms/form_values.h"

#include "base/text.h"
#include "web/forms/date_time.h"
#include "web/forms/decimal.h"
#include "web/forms/email.h"
#include "web/forms/typed_number.h"

#include <algorithm>
#include <array>
#include <vector>

namespace murphy::web {
namespace {

// 4.10.5.1.13: not a number means the middle; beyond an end, that end; between two steps, the nearer one. Where the
// steps do not fit in, browsers leave what is in range.
std::string range_value(Element input, std::string_view text) {
  const Decimal minimum = parse_decimal(input.attribute_or_empty("min")).value_or(0);
  const Decimal maximum = std::max(minimum, parse_decimal(input.attribute_or_empty("max")).value_or(100));
  const Decimal wanted = parse_decimal(text).value_or(Decimal((minimum + maximum) / 2));
  const Decimal inside = std::clamp(wanted, minimum, maximum);
  const std::string_view step_text = input.attribute_or_empty("step");
  if (equal_ignoring_ascii_case(step_text, "any")) return decimal_text(inside);
  const auto step_read = parse_decimal(step_text);
  const Decimal step = step_read && *step_read > 0 ? *step_read : Decimal(1);
  Decimal base = 0;
  for (const std::string_view name : {"min", "value"}) {
    if (const auto read = parse_decimal(input.attribute_or_empty(name))) {
      base = *read;
      break;
    }
  }
  Decimal stepped = base + round(Decimal((inside - base) / step)) * step;
  if (stepped > maximum)
    stepped -= step;
  else if (stepped < minimum)
    stepped += step;
  return decimal_text(stepped < minimum || stepped > maximum ? inside : stepped);
}

// 4.10.5.1.14, "update a color well control color": any CSS colour that is written in hexadecimal digits, its
// transparency left out. Colours by name and function are not known here.
std::string colour(std::string_view text) {
  text = trim(text);
  if (!text.starts_with('#') || !std::ranges::all_of(text.substr(1), is_hex_digit)) return "#000000";
  const std::string digits = ascii_lower(text.substr(1));
  if (digits.size() == 6 || digits.size() == 8) return '#' + digits.substr(0, 6);
  if (digits.size() != 3 && digits.size() != 4) return "#000000";
  std::string doubled = "#";
  for (const char digit : digits.substr(0, 3)) doubled += std::string(2, digit);
  return doubled;
}

std::string without_newlines(std::string_view text) {
  std::string kept(text);
  std::erase_if(kept, [](char c) { return c == '\n' || c == '\r'; });
  return kept;
}

} // namespace

std::span<const std::string_view> input_types() {
  static constexpr std::array<std::string_view, 22> known = {
      "button", "checkbox", "color",    "date",  "datetime-local", "email", "file",   "hidden", "image",
      "month",  "number",   "password", "radio", "range",          "reset", "search", "submit", "tel",
      "text",   "time",     "url",      "week"};
  static_assert(std::ranges::is_sorted(known));
  return known;
}

std::string input_type(Element input) {
  std::string type = ascii_lower(input.attribute_or_empty("type"));
  return std::ranges::binary_search(input_types(), std::string_view(type)) ? type : "text";
}

std::string typed_text(std::string_view type, std::string_view text) {
  if (type != "number") return std::string(text);
  std::string kept;
  bool has_point = false, has_exponent = false;
  for (const char c : text) {
    const bool is_exponent = c == 'e' || c == 'E';
    if (!is_digit(c) && c != '+' && c != '-' && c != '.' && !is_exponent) continue;
    if ((is_exponent && has_exponent) || (c == '.' && (has_point || has_exponent))) continue;
    has_point = has_point || c == '.';
    has_exponent = has_exponent || is_exponent;
    kept += c;
  }
  if (kept.size() > 1 && kept.starts_with('+') && kept.find_first_not_of("0123456789.", 1) == std::string::npos)
    kept.erase(0, 1);
  if (kept.size() > 1 && kept.ends_with('.') && is_digit(kept[kept.size() - 2])) kept.pop_back();
  return kept;
}

std::string with_line_feeds(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      result += text[i];
    else if (i + 1 >= text.size() || text[i + 1] != '\n')
      result += '\n';
  }
  return result;
}

std::string sanitize_value(Element input, std::string_view type, std::string_view value) {
  if (type == "text" || type == "search" || type == "tel" || type == "password") return without_newlines(value);
  if (type == "url") return std::string(trim(without_newlines(value)));
  if (type == "email") {
    if (!input.has("multiple")) return email_with_ascii_domain(trim(without_newlines(value)));
    std::vector<std::string> addresses;
    for (const std::string_view address : split(value, ','))
      addresses.push_back(email_with_ascii_domain(trim(address)));
    return join(addresses, ",");
  }
  if (type == "range") return range_value(input, value);
  if (type == "color") return colour(value);
  if (type == "datetime-local") {
    const auto moment = parse_date_and_time(value);
    return moment ? date_and_time_text(*moment).value_or("") : std::string();
  }
  const bool has_form = type == "number" || type == "date" || type == "month" || type == "week" || type == "time";
  return has_form && !to_number(type, value) ? std::string() : std::string(value);
}

} // namespace murphy::web
