#include "record/spelling.h"

#include "base/text.h"
#include "record/html_entities.h"

#include <algorithm>
#include <string>

namespace murphy::record {

namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }

char32_t digit_value(char c) {
  if (is_digit(c)) return static_cast<char32_t>(c - '0');
  return static_cast<char32_t>((c | 0x20) - 'a' + 10);
}

void add_bytes(std::string_view bytes, std::size_t length, Readings& into) {
  DecodedReading reading;
  reading.size = static_cast<std::uint32_t>(std::min(bytes.size(), reading.bytes.size()));
  std::copy_n(bytes.begin(), reading.size, reading.bytes.begin());
  reading.length = static_cast<std::uint32_t>(length);
  into.add(reading);
}

void add_character(char32_t character, std::size_t length, Readings& into) {
  std::string bytes;
  append_utf8(bytes, character);
  add_bytes(bytes, length, into);
}

// A number below 256 may be a byte of UTF-8, or a character of Latin-1 or windows-1252
// (https://encoding.spec.whatwg.org/#windows-1252).
void add_byte(char32_t byte, std::size_t length, Readings& into) {
  static constexpr std::array<char16_t, 32> windows_1252 = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  const char raw = static_cast<char>(static_cast<unsigned char>(byte));
  add_bytes({&raw, 1}, length, into);
  if (byte >= 0x80) add_character(byte, length, into);
  if (byte >= 0x80 && byte <= 0x9F) add_character(windows_1252[byte - 0x80], length, into);
}

} // namespace

void Readings::add(const DecodedReading& reading) {
  const auto end = readings_.begin() + static_cast<std::ptrdiff_t>(count_);
  if (count_ < readings_.size() && std::find(readings_.begin(), end, reading) == end) readings_[count_++] = reading;
}

bool begins_spelling(char c) {
  switch (c) {
  case '%':
  case '&':
  case '\\':
  case '+':
  case '\'':
  case '"':
  case '`':
  case '$':
  case '\r': return true;
  default: return false;
  }
}

void SpellingReader::read(std::size_t at, int layers, Readings& into) {
  into.clear();
  if (at >= text_.size()) {
    ran_out_ = true;
    return;
  }
  add_bytes(text_.substr(at, 1), 1, into);
  if (!begins_spelling(text_[at])) return;
  for (int layer = 0; layer < layers; ++layer) {
    const std::size_t known = into.size();
    for (std::size_t i = 0; i < known; ++i) {
      const DecodedReading opener = into[i];
      if (opener.size == 1) undo(opener.bytes[0], {.begin = at, .at = at + opener.length, .layers = layer}, into);
    }
  }
}

std::optional<char> SpellingReader::plain(std::size_t at) const {
  if (at >= text_.size()) return std::nullopt;
  const char c = text_[at];
  if (!begins_spelling(c)) return c;
  // A quote means more only with another, a line feed or an escape behind it.
  const bool is_quote = c == '"' || c == '\'' || c == '`' || c == '$';
  if (is_quote && at + 1 < text_.size() && text_[at + 1] != '\n' && !begins_spelling(text_[at + 1])) return c;
  return std::nullopt;
}

void SpellingReader::undo(char opener, const Cursor& behind, Readings& into) {
  switch (opener) {
  case '+': add_bytes(" ", behind.at - behind.begin, into); break; // application/x-www-form-urlencoded
  case '%':
    percent(behind, into);
    quote(opener, behind, into);
    break;
  case '&': entity(behind, into); break;
  case '\\': backslash(behind, into); break;
  case '\r': { // forms and mails turn LF into CRLF
    Cursor cursor = behind;
    if (take_exactly(cursor, "\n")) add_bytes("\n", cursor.at - cursor.begin, into);
    break;
  }
  case '\'':
  case '"':
  case '`':
  case '$': quote(opener, behind, into); break;
  default: break;
  }
}

// %E9 and the %u00E9 of JavaScript's escape().
void SpellingReader::percent(Cursor cursor, Readings& into) {
  Cursor unicode = cursor;
  if (const auto byte = take_hex(cursor, 2, 2)) add_byte(*byte, cursor.at - cursor.begin, into);
  if (take_exactly(unicode, "u")) {
    if (const auto unit = take_hex(unicode, 4, 4)) add_character(*unit, unicode.at - unicode.begin, into);
  }
}

// &quot; &#34; &#x22; where the semicolon of a number may be missing.
void SpellingReader::entity(Cursor cursor, Readings& into) {
  Cursor number = cursor;
  if (take_exactly(number, "#")) {
    std::optional<char32_t> character;
    Cursor hex = number;
    if (take(hex, [](char c) { return c == 'x' || c == 'X'; })) {
      number = hex;
      character = take_hex(number, 1, 8);
    } else {
      char32_t value = 0;
      int digits = 0;
      for (; digits < 9; ++digits) {
        const auto digit = take(number, is_digit);
        if (!digit) break;
        value = value * 10 + digit_value(*digit);
      }
      if (digits > 0) character = value;
    }
    if (!character) return;
    take_exactly(number, ";");
    add_character(*character, number.at - number.begin, into);
    return;
  }
  std::string name;
  while (name.size() < 16) {
    const auto letter = take(cursor, is_alphanumeric);
    if (!letter) break;
    name += *letter;
  }
  if (name.empty() || !take_exactly(cursor, ";")) return;
  if (const auto character = html_entity(name)) add_character(*character, cursor.at - cursor.begin, into);
}

// What JSON, JavaScript, Python, Ruby, PHP, C, SQL and the shell write behind a backslash.
void SpellingReader::backslash(const Cursor& cursor, Readings& into) {
  Readings escaped;
  read(cursor.at, cursor.layers, escaped);
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    const DecodedReading& next = escaped[i];
    const char c = next.bytes[0];
    Cursor behind = cursor;
    behind.at += next.length;
    const std::size_t length = behind.at - behind.begin;
    if (next.size > 1 || !is_alphanumeric(c)) {
      add_bytes(next.view(), length, into);
      continue;
    }
    switch (c) {
    case 'n': add_bytes("\n", length, into); break;
    case 'r': add_bytes("\r", length, into); break;
    case 't': add_bytes("\t", length, into); break;
    case 'b': add_bytes("\b", length, into); break;
    case 'f': add_bytes("\f", length, into); break;
    case 'v': add_bytes("\v", length, into); break;
    case 'a': add_bytes("\a", length, into); break;
    case 'e': add_bytes("\x1B", length, into); break;
    case 'u': unicode_escape(behind, into); break;
    case 'U':
      if (const auto character = take_hex(behind, 8, 8)) add_character(*character, behind.at - behind.begin, into);
      break;
    case 'x':
      if (take_exactly(behind, "{")) {
        const auto character = take_hex(behind, 1, 8);
        if (character && take_exactly(behind, "}")) add_character(*character, behind.at - behind.begin, into);
      } else if (const auto byte = take_hex(behind, 2, 2)) {
        add_byte(*byte, behind.at - behind.begin, into);
      }
      break;
    default:
      if (is_octal(c)) {
        char32_t value = digit_value(c);
        for (int digits = 1; digits < 3; ++digits) {
          const auto digit = take(behind, is_octal);
          if (!digit) break;
          value = value * 8 + digit_value(*digit);
        }
        if (value < 256) add_byte(value, behind.at - behind.begin, into);
      }
      break;
    }
  }
}

// \u00e9, \u{e9}, and the pair \ud83d\ude00 for what is above U+FFFF.
void SpellingReader::unicode_escape(Cursor cursor, Readings& into) {
  if (take_exactly(cursor, "{")) {
    const auto character = take_hex(cursor, 1, 8);
    if (character && take_exactly(cursor, "}")) add_character(*character, cursor.at - cursor.begin, into);
    return;
  }
  const auto unit = take_hex(cursor, 4, 4);
  if (!unit) return;
  const bool leads = *unit >= 0xD800 && *unit <= 0xDBFF;
  if (!leads) {
    add_character(*unit, cursor.at - cursor.begin, into);
    return;
  }
  if (!take_exactly(cursor, "\\u")) return;
  const auto trail = take_hex(cursor, 4, 4);
  if (!trail || *trail < 0xDC00 || *trail > 0xDFFF) return;
  add_character(0x10000 + ((*unit - 0xD800) << 10) + (*trail - 0xDC00), cursor.at - cursor.begin, into);
}

// A quote, percent or dollar sign written twice; and how a shell gets a quote or a line feed into single quotes.
void SpellingReader::quote(char opener, const Cursor& behind, Readings& into) {
  Cursor twice = behind;
  if (take_exactly(twice, {&opener, 1})) add_bytes({&opener, 1}, twice.at - twice.begin, into);
  if (opener != '\'') return;
  for (const std::string_view rest : {R"(\'')", R"("'"')"}) {
    Cursor cursor = behind;
    if (take_exactly(cursor, rest)) add_bytes("'", cursor.at - cursor.begin, into);
  }
  Cursor line_feed = behind;
  if (take_exactly(line_feed, "\n'")) add_bytes("\n", line_feed.at - line_feed.begin, into);
}

std::optional<char> SpellingReader::take(Cursor& cursor, bool (*accepts)(char)) {
  if (cursor.at < text_.size() && accepts(text_[cursor.at])) return text_[cursor.at++];
  if (plain(cursor.at)) return std::nullopt;
  Readings readings;
  read(cursor.at, cursor.layers, readings);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings[i].size != 1 || !accepts(readings[i].bytes[0])) continue;
    cursor.at += readings[i].length;
    return readings[i].bytes[0];
  }
  return std::nullopt;
}

// Of several readings the longest that leads on is taken: what is escaped deeper is escaped everywhere.
bool SpellingReader::take_exactly(Cursor& cursor, std::string_view characters) {
  if (characters.empty()) return true;
  if (const auto c = plain(cursor.at)) {
    Cursor behind = cursor;
    ++behind.at;
    if (*c != characters[0] || !take_exactly(behind, characters.substr(1))) return false;
    cursor = behind;
    return true;
  }
  Readings readings;
  read(cursor.at, cursor.layers, readings);
  Cursor farthest = cursor;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings[i].view() != characters.substr(0, 1)) continue;
    Cursor behind = cursor;
    behind.at += readings[i].length;
    if (take_exactly(behind, characters.substr(1)) && behind.at > farthest.at) farthest = behind;
  }
  const bool taken = farthest.at > cursor.at;
  cursor = farthest;
  return taken;
}

std::optional<char32_t> SpellingReader::take_hex(Cursor& cursor, int at_least, int at_most) {
  Cursor ahead = cursor;
  char32_t value = 0;
  int digits = 0;
  for (; digits < at_most; ++digits) {
    const auto digit = take(ahead, is_hex_digit);
    if (!digit) break;
    value = value * 16 + digit_value(*digit);
  }
  if (digits < at_least) return std::nullopt;
  cursor = ahead;
  return value;
}

} // namespace murphy::record
