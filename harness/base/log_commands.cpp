#include "base/log_commands.h"

#include "base/text.h"

#include <algorithm>

namespace murphy {

namespace {

constexpr char escape = '\x1B';

bool is_of_name(char c) { return is_alphanumeric(c) || c == '_' || c == '-' || c == '.'; }

// A letter, digit or underscore, and every byte of a character beyond ASCII.
bool ends_word(char c) { return is_alphanumeric(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

// Of an address: "%20".
bool ends_percent_code(std::string_view text) {
  return text.size() >= 3 && text[text.size() - 3] == '%' && is_hex_digit(text[text.size() - 2]) &&
         is_hex_digit(text.back());
}

std::size_t behind_name(std::string_view text, std::size_t at) {
  while (at < text.size() && is_of_name(text[at])) ++at;
  return at;
}

std::size_t behind_run(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_not_of(text[at], at);
  return end == std::string_view::npos ? text.size() : end;
}

// A colour that Murphy put there itself: its last letter is no part of a word.
std::size_t behind_colour(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end == text.size() || text[end] != '[') return end;
  ++end;
  while (end < text.size() && (is_digit(text[end]) || text[end] == ';')) ++end;
  return end < text.size() && is_letter(text[end]) ? end + 1 : end;
}

// Whether `##` and what follows at `name` is `##vso[` or its like.
bool is_bracket_command(std::string_view text, std::size_t name) {
  const std::size_t end = behind_name(text, name);
  return end < text.size() && text[end] == '[';
}

enum class Where { begins_line, inside_line };

// Whether `::` and what follows at `name` is `::error file=x::text`.
bool is_colon_command(std::string_view text, std::size_t name, Where where) {
  if (name == text.size() || !is_letter(text[name])) return false;
  const std::string_view line = text.substr(name, text.find_first_of("\r\n", name) - name);
  const std::size_t end = behind_name(line, 0);
  const std::string_view behind = line.substr(end);
  if (behind.starts_with("::")) return true;
  if (!behind.contains("::")) return false;
  if (where == Where::begins_line) return true;
  const std::size_t property = std::min(behind.find_first_not_of(' '), behind.size());
  const std::size_t equals = behind_name(behind, property);
  return property > 0 && equals > property && behind.substr(equals).starts_with('=');
}

} // namespace

std::string without_commands(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  Where where = Where::begins_line;
  char previous = '\n';
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == escape) {
      const std::size_t end = behind_colour(text, at);
      result += text.substr(at, end - at);
      at = end;
      continue;
    }
    const std::size_t end = c == '#' || c == ':' ? behind_run(text, at) : at + 1;
    const std::string_view run = text.substr(at, end - at);
    if (c == ':' && run.size() > 1 && (!ends_word(previous) || ends_percent_code(text.substr(0, at))) &&
        is_colon_command(text, end, where)) {
      for (std::size_t i = 0; i < run.size(); ++i) result += i == 0 ? ":" : " :";
    } else {
      result += run;
      if (c == '#' && run.size() > 1 && is_bracket_command(text, end)) result += ' ';
    }
    if (c == '\n' || c == '\r')
      where = Where::begins_line;
    else if (!is_white_space(c))
      where = Where::inside_line;
    previous = c;
    at = end;
  }
  return result;
}

std::string json_without_commands(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  const auto put_escaped = [&result](char32_t unit) {
    result += "\\u";
    for (const int shift : {12, 8, 4, 0}) result += "0123456789abcdef"[(unit >> shift) & 0xFU];
  };
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c == '#' || c == ':') {
      const std::size_t end = behind_run(json, at);
      const bool is_command =
          end - at > 1 && (c == '#' ? is_bracket_command(json, end) : is_colon_command(json, end, Where::inside_line));
      result += json.substr(at, end - at - (is_command ? 1 : 0));
      if (is_command) put_escaped(static_cast<unsigned char>(c));
      at = end;
      continue;
    }
    std::string_view rest = json.substr(at);
    const char32_t character = next_code_point(rest);
    const std::size_t length = json.size() - at - rest.size();
    const bool is_shown = c == '\n' || visible(json.substr(at, length)) == json.substr(at, length);
    if (is_shown) {
      result += json.substr(at, length);
    } else if (character > 0xFFFF) {
      put_escaped(0xD800 + ((character - 0x10000) >> 10U));
      put_escaped(0xDC00 + ((character - 0x10000) & 0x3FFU));
    } else {
      put_escaped(character);
    }
    at += length;
  }
  return result;
}

} // namespace murphy
