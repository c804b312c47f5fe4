#include "record/spelling.h"

#include "base/html_entities.h"
#include "base/text.h"

#include <algorithm>
#include <bit>
#include <cstring>
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

// A number below 256 may be a byte of UTF-8, or a character of Latin-1 or windows-1252.
void add_byte(char32_t byte, std::size_t length, Readings& into) {
  const char raw = static_cast<char>(static_cast<unsigned char>(byte));
  add_bytes({&raw, 1}, length, into);
  if (byte >= 0x80) add_character(byte, length, into);
  if (byte >= 0x80 && byte <= 0x9F) add_character(windows_1252(static_cast<unsigned char>(byte)), length, into);
}

} // namespace

char32_t windows_1252(unsigned char byte) {
  static constexpr std::array<char16_t, 32> from_80_to_9f = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return byte >= 0x80 && byte <= 0x9F ? from_80_to_9f[byte - 0x80U] : byte;
}

void Readings::add(const DecodedReading& reading) {
  const auto end = readings_.begin() + static_cast<std::ptrdiff_t>(count_);
  if (count_ == readings_.size() || std::find(readings_.begin(), end, reading) != end) return;
  if (reading.bytes != readings_[0].bytes && count_ > 0) are_alike_ = false;
  readings_[count_++] = reading;
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

// By the characters that stand there: what repeats meets what it left behind.
SpellingReader::Known& SpellingReader::place_of(std::size_t at, int layers) {
  constexpr std::size_t most = 512, fewest = 16, looked_at = 8;
  if (known_.empty()) known_.resize(std::bit_ceil(std::clamp(text_.size(), fewest, most)));
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text_.data() + at, std::min(looked_at, text_.size() - at));
  const std::uint64_t hash = (bytes ^ static_cast<std::uint64_t>(layers)) * 0x9E3779B97F4A7C15U; // Fibonacci hashing
  return known_[(hash >> 40U) & (known_.size() - 1)];
}

bool SpellingReader::holds(const Known& known, std::size_t at, int layers) const {
  if (known.layers != layers || known.at == Known::nowhere) return false;
  return known.at == at || (at + known.reach <= text_.size() && known.at + known.reach <= text_.size() &&
                            text_.substr(at, known.reach) == text_.substr(known.at, known.reach));
}

const Readings& SpellingReader::read(std::size_t at, int layers) {
  look_at(at);
  if (at >= text_.size() || layers == 0 || !begins_spelling(text_[at])) {
    itself_.clear();
    if (at < text_.size()) add_bytes(text_.substr(at, 1), 1, itself_);
    return itself_;
  }
  if (const Known& known = place_of(at, layers); holds(known, at, layers)) {
    look_at(at + known.reach - 1);
    return known.readings;
  }
  ++work_;
  const std::size_t looked_at_before = farthest_;
  farthest_ = at + 1;
  Readings all = read(at, layers - 1);
  const std::size_t openers = all.size();
  for (std::size_t i = 0; i < openers; ++i) {
    const DecodedReading opener = all[i];
    if (opener.size == 1) undo(opener.bytes[0], {.begin = at, .at = at + opener.length, .layers = layers - 1}, all);
  }
  Known& known = place_of(at, layers);
  known = {.at = at, .reach = farthest_ - at, .layers = layers, .readings = all};
  farthest_ = std::max(farthest_, looked_at_before);
  return known.readings;
}

std::optional<char> SpellingReader::plain(std::size_t at) {
  if (at >= text_.size()) return std::nullopt;
  const char c = text_[at];
  if (!begins_spelling(c)) return c;
  // A quote means more only with another, a line feed or an escape behind it.
  const bool is_quote = c == '"' || c == '\'' || c == '`' || c == '$';
  if (!is_quote || at + 1 >= text_.size()) return std::nullopt;
  look_at(at + 1);
  if (text_[at + 1] != '\n' && !begins_spelling(text_[at + 1])) return c;
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
  const Readings escaped = read(cursor.at, cursor.layers);
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
  look_at(cursor.at);
  if (cursor.at < text_.size() && accepts(text_[cursor.at])) return text_[cursor.at++];
  if (plain(cursor.at)) return std::nullopt;
  const Readings& readings = read(cursor.at, cursor.layers);
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
  look_at(cursor.at);
  if (const auto c = plain(cursor.at)) {
    Cursor behind = cursor;
    ++behind.at;
    if (*c != characters[0] || !take_exactly(behind, characters.substr(1))) return false;
    cursor = behind;
    return true;
  }
  std::array<std::uint32_t, Readings::most> lengths{}; // copied: what follows reads on
  std::size_t count = 0;
  const Readings& readings = read(cursor.at, cursor.layers);
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (readings[i].view() == characters.substr(0, 1)) lengths[count++] = readings[i].length;
  Cursor farthest = cursor;
  for (std::size_t i = 0; i < count; ++i) {
    Cursor behind = cursor;
    behind.at += lengths[i];
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
