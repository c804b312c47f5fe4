#include "record/set_cookie.h"

#include "base/cookie_date.h"
#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace murphy::record {
namespace {

constexpr std::size_t longest_name_and_value = 4096;
constexpr std::size_t longest_attribute = 1024;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Takes off what stands before the next separator, and the separator.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return head;
}

bool is_control(char c) {
  const auto value = static_cast<unsigned char>(c);
  return (value < 0x20 && value != '\t') || value == 0x7F;
}

// 5.6.2: digits with an optional minus; anything else is ignored. Beyond what fits it stays at the largest value.
std::optional<std::chrono::seconds> parse_max_age(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  constexpr std::int64_t largest = 1'000'000'000'000;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = std::min(value * 10 + (c - '0'), largest);
  }
  return std::chrono::seconds(negative ? -value : value);
}

DroppedCookie dropped(std::string name, CookieDrop why, std::size_t bytes = 0) {
  return {.name = std::move(name), .why = why, .domain = {}, .host = {}, .bytes = bytes};
}

void apply_attribute(SetCookie& cookie, std::string_view name_text, std::string_view value) {
  const std::string name = ascii_lower(name_text);
  if (name == "expires") {
    if (const auto date = parse_cookie_date(value)) cookie.expires = date;
  } else if (name == "max-age") {
    if (const auto max_age = parse_max_age(value)) cookie.max_age = max_age;
  } else if (name == "domain") {
    if (value.starts_with('.')) value.remove_prefix(1);
    cookie.domain = ascii_lower(value);
  } else if (name == "path") {
    cookie.path = value.starts_with('/') ? value : std::string_view();
  } else if (name == "secure") {
    cookie.secure = true;
  } else if (name == "httponly") {
    cookie.http_only = true;
  } else if (name == "samesite") {
    cookie.same_site = same_site_of(value);
  }
}

} // namespace

SameSite same_site_of(std::string_view value) {
  for (const SameSite each : {SameSite::none, SameSite::lax, SameSite::strict})
    if (equal_ignoring_ascii_case(value, name_of(each))) return each;
  return SameSite::unspecified;
}

std::string_view name_of(SameSite same_site) {
  switch (same_site) {
  case SameSite::unspecified: return "";
  case SameSite::none: return "None";
  case SameSite::lax: return "Lax";
  case SameSite::strict: return "Strict";
  }
  return "";
}

bool cookie_path_matches(std::string_view request_path, std::string_view cookie_path) {
  if (!request_path.starts_with(cookie_path)) return false;
  return request_path.size() == cookie_path.size() || cookie_path.ends_with('/') ||
         request_path[cookie_path.size()] == '/';
}

std::expected<SetCookie, DroppedCookie> parse_set_cookie(std::string_view line) {
  std::string_view rest = line;
  // 2.-4. The name-value pair stands before the first semicolon; without "=", all of it is the value.
  std::string_view pair = take_until(rest, ';');
  SetCookie cookie;
  if (pair.find('=') != std::string_view::npos) cookie.name = trimmed(take_until(pair, '='));
  cookie.value = trimmed(pair);
  // 1. Control characters other than the tab spoil the whole line.
  if (std::ranges::any_of(line, is_control)) {
    std::erase_if(cookie.name, is_control);
    return std::unexpected(dropped(std::move(cookie.name), CookieDrop::control_character));
  }
  // 5. "If the sum of the lengths of the name string and the value string is more than 4096 octets, abort".
  if (cookie.name.size() + cookie.value.size() > longest_name_and_value) {
    const std::size_t bytes = cookie.name.size() + cookie.value.size();
    return std::unexpected(dropped(std::move(cookie.name), CookieDrop::too_long, bytes));
  }
  if (cookie.name.empty() && cookie.value.empty()) {
    return std::unexpected(dropped({}, CookieDrop::empty));
  }
  // The attributes; one with an overlong value is ignored.
  while (!rest.empty()) {
    std::string_view value = take_until(rest, ';');
    const std::string_view name = trimmed(take_until(value, '='));
    value = trimmed(value);
    if (value.size() <= longest_attribute) apply_attribute(cookie, name, value);
  }
  return cookie;
}

} // namespace murphy::record
