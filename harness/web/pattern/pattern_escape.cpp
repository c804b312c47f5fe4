// CharacterEscape, CharacterClassEscape (ECMAScript, 22.2.1).
#include "web/pattern/pattern_properties.h"
#include "web/pattern/pattern_reader.h"

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace murphy::web {
namespace {

std::optional<unsigned> hexadecimal(char c) {
  if (!is_hex_digit(c)) return std::nullopt;
  return static_cast<unsigned>(hex_digit(c));
}

} // namespace

std::optional<char32_t> PatternReader::take_hexadecimal(std::size_t digits) {
  if (source_.size() - at_ < digits) return std::nullopt;
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto digit = hexadecimal(source_[at_ + i]);
    if (!digit) return std::nullopt;
    value = value * 16 + *digit;
  }
  at_ += digits;
  return value;
}

// "0041", "{1F600}", "d83d\ude00", after the "u".
std::optional<char32_t> PatternReader::unicode_escape() {
  const std::size_t begin = at_ - 2;
  if (take("{")) {
    char32_t value = 0;
    std::size_t digits = 0;
    while (!at_end() && hexadecimal(source_[at_])) {
      value = std::min<char32_t>(value * 16 + *hexadecimal(source_[at_]), 0x110000);
      ++at_;
      ++digits;
    }
    if (digits == 0 || !take("}")) return refuse(begin, at_, "a character's number is written \"\\u{1F600}\"");
    if (value > 0x10ffff) return refuse(begin, at_, "there is no character with this number");
    return value;
  }
  const auto value = take_hexadecimal(4);
  if (!value) return refuse(begin, at_, "\"\\u\" needs four hexadecimal digits, or \"{…}\"");
  if (*value >= 0xd800 && *value <= 0xdbff && sees("\\u")) {
    const std::size_t behind = at_;
    at_ += 2;
    const auto low = take_hexadecimal(4);
    if (low && *low >= 0xdc00 && *low <= 0xdfff) return 0x10000 + ((*value - 0xd800) << 10) + (*low - 0xdc00);
    at_ = behind;
  }
  return value;
}

std::optional<char32_t> PatternReader::character_escape(Where where) {
  const std::size_t begin = at_ - 1;
  const bool in_class = where == Where::in_class;
  if (at_end()) return refuse(begin, at_, "nothing follows this \"\\\"");
  if (take("f")) return U'\f';
  if (take("n")) return U'\n';
  if (take("r")) return U'\r';
  if (take("t")) return U'\t';
  if (take("v")) return U'\v';
  if (in_class && take("b")) return U'\b';
  if (take("u")) return unicode_escape();
  if (take("x")) {
    const auto value = take_hexadecimal(2);
    return value ? value : refuse(begin, at_, "\"\\x\" needs two hexadecimal digits");
  }
  if (take("c")) {
    if (at_end() || !is_letter(source_[at_])) return refuse(begin, at_, "\"\\c\" needs a letter");
    return static_cast<char32_t>(source_[at_++] % 32);
  }
  const std::string character = character_at(at_);
  const char c = character.front();
  if (c == '0' && (at_ + 1 == source_.size() || source_[at_ + 1] < '0' || source_[at_ + 1] > '9')) {
    ++at_;
    return U'\0';
  }
  const bool is_syntax = std::string_view("^$\\.*+?()[]{}|/").contains(c);
  const bool is_punctuator = in_class && std::string_view("&-!#%,:;<=>@`~").contains(c);
  if (character.size() == 1 && (is_syntax || is_punctuator)) {
    ++at_;
    return static_cast<char32_t>(c);
  }
  std::string why = fmt::format("\"\\{}\" has no meaning in JavaScript", character);
  if (!is_letter(c) && (c < '0' || c > '9')) why += fmt::format("; it must be written \"{}\"", character);
  return refuse(begin, at_ + character.size(), std::move(why));
}

std::optional<PatternSet> PatternReader::class_escape() {
  PatternSet set;
  const char c = source_[at_++];
  switch (c) {
  case 's': return PatternSet::white_space();
  case 'S': return PatternSet::white_space().complement();
  case 'p': return property(Sense::same);
  case 'P': return property(Sense::opposite);
  default: // \d \D \w \W are those of ASCII for PCRE2 too
    set.members = fmt::format("\\{}", c);
    return set;
  }
}

std::optional<PatternSet> PatternReader::property(Sense sense) {
  const bool negated = sense == Sense::opposite;
  const std::size_t begin = at_ - 2;
  const std::size_t close = source_.find('}', at_);
  if (!sees("{") || close == std::string_view::npos) return refuse(begin, at_, "a property is written \"\\p{…}\"");
  const std::string_view name = source_.substr(at_ + 1, close - at_ - 1);
  at_ = close + 1;
  const auto property = find_property(name);
  if (!property || (negated && property->sequences)) {
    return refuse(begin, at_,
                  property ? fmt::format("\"{}\" contains sequences of characters and cannot be negated", name)
                           : fmt::format("JavaScript has no property \"{}\"", name));
  }
  out_.names_properties = true;
  out_.moving_properties = out_.moving_properties || property->moving;
  PatternSet set;
  set.may_hold_strings = property->sequences;
  if (property->unknown)
    doubt(fmt::format("PCRE2 does not know the property \"{}\"", name));
  else if (property->pcre == "Any")
    set = PatternSet::of(0, 0x10ffff);
  else if (property->pcre == "ASCII")
    set = PatternSet::of(0, 0x7f);
  else if (property->pcre == "Assigned")
    set.members = "\\P{Cn}";
  else if (!property->pcre.empty())
    set.members = fmt::format("\\p{{{}}}", property->pcre);
  return negated ? set.complement() : set;
}

} // namespace murphy::web
