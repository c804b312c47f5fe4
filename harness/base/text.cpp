#include "base/text.h"

#include "base/cut_mask.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utf8proc.h>

namespace murphy {

namespace {

constexpr char32_t replacement = U'\uFFFD';

struct Decoded {
  char32_t code_point = replacement;
  std::size_t length = 1;
  bool valid = false;
};

// The UTF-8 decoder of the Encoding standard: a broken sequence ends before the byte that cannot continue it.
Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  std::size_t needed = 0;
  char32_t code_point = 0;
  unsigned char lower = 0x80, upper = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    needed = 1;
    code_point = first & 0x1F;
  } else if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0) lower = 0xA0;
    if (first == 0xED) upper = 0x9F;
    needed = 2;
    code_point = first & 0x0F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0) lower = 0x90;
    if (first == 0xF4) upper = 0x8F;
    needed = 3;
    code_point = first & 0x07;
  } else {
    return {};
  }
  for (std::size_t i = 1; i <= needed; ++i) {
    if (i == text.size() || byte(i) < lower || byte(i) > upper) return {replacement, i, false};
    lower = 0x80;
    upper = 0xBF;
    code_point = (code_point << 6) | (byte(i) & 0x3F);
  }
  return {code_point, needed + 1, true};
}

// How many bytes of it are UTF-8 as it should be. Pages are nearly all ASCII, which is looked at eight bytes at a time.
std::size_t well_formed_prefix(std::string_view text) {
  constexpr std::uint64_t beyond_ascii = 0x8080808080808080;
  std::size_t i = 0;
  while (i < text.size()) {
    std::uint64_t eight = 0;
    if (text.size() - i >= sizeof eight) {
      std::memcpy(&eight, text.data() + i, sizeof eight);
      if ((eight & beyond_ascii) == 0) {
        i += sizeof eight;
        continue;
      }
    }
    const Decoded decoded = decode(text.substr(i));
    if (!decoded.valid) return i;
    i += decoded.length;
  }
  return i;
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t width_of(char32_t code_point) {
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
  return width > 0 ? static_cast<std::size_t>(width) : 0;
}

bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }

// What takes no room and is no part of a letter: it hides in a text, or turns its direction.
bool is_hidden(char32_t c) {
  const bool bidirectional =
      c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  const bool zero_width = c == 0x034F || c == 0x180E || c == 0x200B || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
                          (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
  return bidirectional || zero_width;
}

char32_t made_visible(char32_t c) {
  if (c == U'\n' || c == U'\t') return c;
  if (c < 0x20) return 0x2400 + c;
  if (c == 0x7F) return 0x2421;
  if (c == 0xAD) return U'-'; // a soft hyphen
  const bool c1 = c >= 0x80 && c <= 0x9F;
  const bool line_break = c == 0x2028 || c == 0x2029;
  return c1 || line_break || is_hidden(c) ? replacement : c;
}

// Joiners shape the letters of many scripts, and pictures made of several: there they stay.
bool can_be_joined(char32_t c) { return c > 0x2FF && !is_joiner(c) && !is_hidden(c); }

} // namespace

char32_t next_code_point(std::string_view& text) {
  const Decoded decoded = decode(text);
  text.remove_prefix(decoded.length);
  return decoded.code_point;
}

void append_utf8(std::string& text, char32_t c) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | (c >> 6));
    add(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    add(0xE0 | (c >> 12));
    add(0x80 | ((c >> 6) & 0x3F));
    add(0x80 | (c & 0x3F));
  } else {
    add(0xF0 | (c >> 18));
    add(0x80 | ((c >> 12) & 0x3F));
    add(0x80 | ((c >> 6) & 0x3F));
    add(0x80 | (c & 0x3F));
  }
}

bool is_utf8(std::string_view text) { return well_formed_prefix(text) == text.size(); }

std::string repair_utf8(std::string_view text) {
  const std::size_t well_formed = well_formed_prefix(text);
  std::string repaired(text.substr(0, well_formed));
  repaired.reserve(text.size());
  text.remove_prefix(well_formed);
  while (!text.empty()) append_utf8(repaired, next_code_point(text));
  return repaired;
}

std::string_view utf8_prefix(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  while (most_bytes > 0 && continues_character(text[most_bytes])) --most_bytes;
  return text.substr(0, most_bytes);
}

std::string_view utf8_suffix(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  text.remove_prefix(text.size() - most_bytes);
  while (!text.empty() && continues_character(text.front())) text.remove_prefix(1);
  return text;
}

std::string with_middle_cut(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return std::string(text);
  const std::string_view beginning = without_mask_cut_at_end(utf8_prefix(text, most_bytes * 2 / 3));
  return std::string(beginning) + " […] " + std::string(without_mask_cut_at_start(utf8_suffix(text, most_bytes / 3)));
}

std::size_t utf16_length(std::string_view text) {
  std::size_t length = 0;
  while (!text.empty()) length += next_code_point(text) > 0xFFFF ? 2 : 1;
  return length;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) next_code_point(text);
  return count;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += width_of(next_code_point(text));
  return width;
}

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  char32_t previous = 0;
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    std::string_view behind = text;
    const bool joins =
        is_joiner(c) && can_be_joined(previous) && !behind.empty() && can_be_joined(next_code_point(behind));
    append_utf8(shown, is_joiner(c) && !joins ? replacement : made_visible(c));
    previous = c;
  }
  return shown;
}

std::string one_line(std::string_view text) { return visible(collapse_white_space(text)); }

std::string ellipsize(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t fits = 0; // bytes of the longest beginning that leaves room for the ellipsis
  for (std::string_view rest = text; !rest.empty();) {
    used += width_of(next_code_point(rest));
    if (used > width)
      return width == 0 ? std::string() : std::string(without_mask_cut_at_end(text.substr(0, fits))) + "…";
    if (used < width) fits = text.size() - rest.size();
  }
  return std::string(text);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string collapse_white_space(std::string_view text) {
  std::string collapsed;
  collapsed.reserve(text.size());
  bool pending = false;
  for (const char c : text) {
    if (is_white_space(c)) {
      pending = !collapsed.empty();
      continue;
    }
    if (pending) collapsed += ' ';
    pending = false;
    collapsed += c;
  }
  return collapsed;
}

Looks looks_like(char32_t code_point) {
  switch (code_point) {
  case U'\t':
  case U'\n':
  case U'\v':
  case U'\f':
  case U'\r':
  case U' ':
  case 0xa0:   // no-break space
  case 0x1680: // ogham space mark
  case 0x2028: // line separator
  case 0x2029: // paragraph separator
  case 0x202f: // narrow no-break space
  case 0x205f: // medium mathematical space
  case 0x3000: // ideographic space
    return Looks::space;
  case 0xad:   // soft hyphen
  case 0x200b: // zero-width space
  case 0x2060: // word joiner
  case 0xfeff: // zero-width no-break space
    return Looks::nothing;
  default: return code_point >= 0x2000 && code_point <= 0x200a ? Looks::space : Looks::itself;
  }
}

std::string plain_words(std::string_view text) {
  std::string words;
  bool space = false;
  while (!text.empty()) {
    const std::string_view before = text;
    switch (looks_like(next_code_point(text))) {
    case Looks::nothing: break;
    case Looks::space: space = true; break;
    case Looks::itself:
      if (space && !words.empty()) words += ' ';
      space = false;
      words += before.substr(0, before.size() - text.size());
    }
  }
  return words;
}

std::string fold_case(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return ascii_lower(text);
  const std::string repaired = repair_utf8(text);
  utf8proc_uint8_t* folded = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(repaired.data()), static_cast<utf8proc_ssize_t>(repaired.size()),
      &folded, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(folded, &std::free);
  if (length < 0) return repaired;
  return std::string(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length));
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string ascii_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

bool is_http_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) { return is_alphanumeric(c) || marks.contains(c); });
}

bool equal_ignoring_ascii_case(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(left, right, {}, lower, lower);
}

namespace {

constexpr std::array<std::string_view, 38> names_of_days_and_months = {
    "January",  "February", "March", "April",  "June",    "July",      "August",   "September", "October",  "November",
    "December", "Jan",      "Feb",   "Mar",    "Apr",     "May",       "Jun",      "Jul",       "Aug",      "Sep",
    "Oct",      "Nov",      "Dec",   "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",    "Saturday", "Sunday",
    "Mon",      "Tue",      "Wed",   "Thu",    "Fri",     "Sat",       "Sun",      "Sept"};

bool is_letter(std::string_view text, std::size_t at) {
  return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
}

// Whether the part of a date stands next to it: "Nov 0", "Sat, 0", "0-Nov".
bool is_beside_number(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view between = " ,.-/";
  while (end < text.size() && between.contains(text[end])) ++end;
  if (end < text.size() && text[end] == '0') return true;
  while (begin > 0 && between.contains(text[begin - 1])) --begin;
  return begin > 0 && text[begin - 1] == '0';
}

// Days stand beside months, and months beside numbers: the months are folded first.
std::string without_dates(std::string text) {
  for (int pass = 0; pass < 2; ++pass)
    for (const std::string_view name : names_of_days_and_months)
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if ((at > 0 && is_letter(text, at - 1)) || is_letter(text, end) || !is_beside_number(text, at, end)) continue;
        text.replace(at, name.size(), "0");
      }
  return text;
}

} // namespace

std::string folded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t end = i;
    bool digit = false;
    while (end < text.size() && std::isxdigit(static_cast<unsigned char>(text[end])) != 0)
      digit = std::isdigit(static_cast<unsigned char>(text[end++])) != 0 || digit;
    if (digit) {
      result += '0';
      i = end - 1;
    } else {
      result += text[i];
    }
  }
  return without_dates(std::move(result));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

std::string in_quotes(std::string_view text) { return std::string("\"").append(text).append("\""); }

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string joined;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) joined += separator;
    joined += part;
  }
  return joined;
}

} // namespace murphy
