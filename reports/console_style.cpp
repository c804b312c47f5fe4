#include "reports/console_style.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace murphy::reports {

namespace {

constexpr int usual_width = 80;
constexpr int narrowest = 20;
constexpr int widest = 1000;

std::string_view read(const Variable& variable, const char* name) {
  const char* value = variable(name);
  return value ? std::string_view(value) : std::string_view();
}

bool is_on(std::string_view value) { return !value.empty() && value != "0" && value != "false"; }

std::string_view locale_of(const Variable& variable) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const std::string_view locale = read(variable, name); !locale.empty()) return locale;
  return {};
}

bool names_utf8(std::string_view locale) {
  const std::string lower = ascii_lower(locale);
  return lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
}

// The columns that COLUMNS names, or 0.
int columns(const Variable& variable) {
  const std::string_view text = read(variable, "COLUMNS");
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value > 0 && value <= widest ? std::max(value, narrowest) : 0;
}

bool wants_colour(bool is_live, const Variable& variable) {
  if (!read(variable, "NO_COLOR").empty()) return false;
  if (is_on(read(variable, "CLICOLOR_FORCE"))) return true;
  return is_live && read(variable, "CLICOLOR") != "0";
}

} // namespace

ConsoleStyle console_style(bool is_terminal, int width, const Variable& variable) {
  ConsoleStyle style;
  style.live = is_terminal && read(variable, "TERM") != "dumb" && !is_on(read(variable, "CI"));
  style.colour = wants_colour(style.live, variable);
  const std::string_view locale = locale_of(variable);
  style.unicode = names_utf8(locale);
  style.ascii = !style.unicode && !locale.empty();
  style.width = columns(variable);
  if (style.width == 0 && is_terminal) style.width = width > 0 ? std::clamp(width, narrowest, widest) : usual_width;
  return style;
}

} // namespace murphy::reports
