#include "reports/plain_text.h"

#include "base/log_commands.h"
#include "base/text.h"

namespace murphy::reports {

namespace {

constexpr char escape = '\x1B';
constexpr std::size_t tab_stop = 8;

bool is_between(char c, char first, char last) { return c >= first && c <= last; }

// The length of the control sequence whose parameters start at `text`: parameter bytes, intermediate bytes, final byte.
// 0 when it is none.
std::size_t control_sequence(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && is_between(text[i], 0x30, 0x3F)) ++i;
  while (i < text.size() && is_between(text[i], 0x20, 0x2F)) ++i;
  return i < text.size() && is_between(text[i], 0x40, 0x7E) ? i + 1 : 0;
}

// The length of a command string up to and with its end, BEL or ST. 0 when it has no end on its line.
std::size_t command_string(std::string_view text) {
  for (std::size_t i = 0; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\a') return i + 1;
    if (text[i] == escape && i + 1 < text.size() && text[i + 1] == '\\') return i + 2;
  }
  return 0;
}

// The length of the escape sequence that `text` begins with; 0 when it begins with none that is whole.
std::size_t escape_sequence(std::string_view text) {
  if (text.starts_with("\xC2\x9B")) { // CSI as one C1 character
    const std::size_t rest = control_sequence(text.substr(2));
    return rest == 0 ? 0 : 2 + rest;
  }
  if (text.size() < 2 || text[0] != escape) return 0;
  std::size_t rest = 0;
  switch (text[1]) {
  case '[': rest = control_sequence(text.substr(2)); break;
  case ']':
  case 'P':
  case 'X':
  case '^':
  case '_': rest = command_string(text.substr(2)); break;
  default: {
    std::size_t i = 1;
    while (i < text.size() && is_between(text[i], 0x20, 0x2F)) ++i;
    return i < text.size() && is_between(text[i], 0x30, 0x7E) ? i + 1 : 0;
  }
  }
  return rest == 0 ? 0 : 2 + rest;
}

std::string without_escapes(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    if (const std::size_t length = escape_sequence(text)) {
      text.remove_prefix(length);
      continue;
    }
    const bool ends_line = text.starts_with("\r\n");
    if (!ends_line) kept += text.front();
    text.remove_prefix(1);
  }
  return kept;
}

// U+FFFE and U+FFFF, which XML 1.0 does not allow (https://www.w3.org/TR/xml/#NT-Char), and its surrogates are no
// UTF-8.
bool is_outside_xml(char32_t c) { return c == 0xFFFE || c == 0xFFFF; }

} // namespace

std::string plain_text(std::string_view text) {
  const std::string shown = visible(without_escapes(text));
  std::string plain;
  plain.reserve(shown.size());
  std::size_t column = 0;
  for (std::string_view rest = shown; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t c = next_code_point(rest);
    if (c == U'\t') {
      const std::size_t spaces = tab_stop - column % tab_stop;
      plain.append(spaces, ' ');
      column += spaces;
    } else if (is_outside_xml(c)) {
      append_utf8(plain, 0xFFFD);
      ++column;
    } else {
      const std::string_view bytes = before.substr(0, before.size() - rest.size());
      plain += bytes;
      column = c == U'\n' ? 0 : column + display_width(bytes);
    }
  }
  while (!plain.empty() && is_white_space(plain.back())) plain.pop_back();
  return without_commands(plain);
}

std::string plain_line(std::string_view text) { return without_commands(collapse_white_space(plain_text(text))); }

} // namespace murphy::reports
