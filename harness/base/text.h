// Text as people read it: UTF-8, its width on a terminal, white space, case. Pure functions; no locale is consulted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace murphy {

// The first code point of `text`, which is shortened by the bytes it took. Bytes that are not UTF-8 give U+FFFD, one
// for each maximal subpart, as browsers decode (https://encoding.spec.whatwg.org/#utf-8-decoder). `text` must not be
// empty.
char32_t next_code_point(std::string_view& text);

// Adds a code point as UTF-8; what is not a scalar value (surrogates, above U+10FFFF) becomes U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

bool is_utf8(std::string_view text);
// The text with every byte sequence that is not UTF-8 replaced by U+FFFD.
std::string repair_utf8(std::string_view text);
// The beginning and the end of a text, at most so many bytes, never cut within a character. They look into `text`.
std::string_view utf8_prefix(std::string_view text, std::size_t most_bytes);
std::string_view utf8_suffix(std::string_view text, std::size_t most_bytes);
// A text longer than so many bytes as its first two thirds of them, " […] " and its end.
std::string with_middle_cut(std::string_view text, std::size_t most_bytes);
std::size_t count_code_points(std::string_view text);
// How long a text is to HTML and to JavaScript: in UTF-16 code units.
std::size_t utf16_length(std::string_view text);
// Columns on a terminal: wide characters take two, combining and other invisible ones none. A tab counts none: where it
// leads depends on where it stands.
std::size_t display_width(std::string_view text);

// The text with everything that could steer a terminal made visible: control characters become their pictures (ESC is
// ␛), C1 controls, bidirectional and zero-width controls and broken UTF-8 become U+FFFD, a soft hyphen a hyphen.
// Joiners stay between characters beyond Latin. One code point stays one code point. Line feeds and tabs stay.
std::string visible(std::string_view text);
// The text on one line: white space collapsed, the rest made visible.
std::string one_line(std::string_view text);
// At most `width` terminal columns of the text, the last of them `…` when something was left out.
std::string ellipsize(std::string_view text, std::size_t width);

// HTML's ASCII white space: tab, line feed, form feed, carriage return, space.
constexpr bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
// ASCII alone.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
// The value of a hexadecimal digit; -1 for every other character.
constexpr int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
constexpr bool is_hex_digit(char c) { return hex_digit(c) >= 0; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
// Without white space at both ends.
std::string_view trim(std::string_view text);
// HTML's "strip and collapse": none at the ends, runs of white space as one space. No-break spaces stay.
std::string collapse_white_space(std::string_view text);

// Text as people read it, for comparing: whatever looks like a space is one, runs of them are one and those at the ends
// none; what nobody sees (zero-width spaces, soft hyphens) is gone.
std::string plain_words(std::string_view text);
// What a code point looks like on a page: a space, nothing, or itself.
enum class Looks { itself, space, nothing };
Looks looks_like(char32_t code_point);

// Full Unicode case folding ("Straße" and "STRASSE" fold to the same). For comparing, not for showing.
std::string fold_case(std::string_view text);
// ASCII letters to lower case, everything else as it is: for header names, schemes, tag names.
std::string ascii_lower(std::string_view text);
std::string ascii_upper(std::string_view text);
bool equal_ignoring_ascii_case(std::string_view left, std::string_view right);
// Whether the text can be the name of a header or a method of HTTP (RFC 9110, 5.6.2, "token").
bool is_http_token(std::string_view text);

// The text with everything folded that differs from run to run: runs of digits and hexadecimal ids become 0.
std::string folded(std::string_view text);

// The parts between separators: always one more than there are separators. They look into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);
bool contains(const std::vector<std::string>& texts, std::string_view text);
// "text", in double quotes.
std::string in_quotes(std::string_view text);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

} // namespace murphy
