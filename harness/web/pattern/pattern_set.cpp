#include "web/pattern/pattern_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace murphy::web {
namespace {

constexpr std::string_view nothing = "(?:(?!)x)";

} // namespace

PatternSet PatternSet::of(char32_t first, char32_t last) {
  if (first >= 0xd800 && first <= 0xdfff) first = 0xe000;
  if (last >= 0xd800 && last <= 0xdfff) last = 0xd7ff;
  PatternSet set;
  if (first > last) return set;
  set.members = fmt::format("\\x{{{:x}}}", static_cast<std::uint32_t>(first));
  if (last != first) set.members += fmt::format("-\\x{{{:x}}}", static_cast<std::uint32_t>(last));
  return set;
}

PatternSet PatternSet::white_space() {
  PatternSet set;
  set.members = "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}"
                "\\x{feff}";
  return set;
}

void PatternSet::add(PatternSet other) {
  members += other.members;
  std::ranges::move(other.alternatives, std::back_inserter(alternatives));
  std::ranges::move(other.strings, std::back_inserter(strings));
  may_hold_strings = may_hold_strings || other.may_hold_strings;
}

std::string PatternSet::one_character() const {
  if (alternatives.empty()) return members.empty() ? std::string(nothing) : '[' + members + ']';
  std::string either = members.empty() ? std::string() : '[' + members + ']';
  for (const std::string& alternative : alternatives) either += (either.empty() ? "" : "|") + alternative;
  return "(?:" + either + ')';
}

PatternSet PatternSet::complement() const {
  PatternSet set;
  if (!alternatives.empty())
    set.alternatives.push_back(fmt::format("(?:(?!{})(?s:.))", one_character()));
  else if (members.empty())
    set.members = "\\x{0}-\\x{10ffff}";
  else
    set.alternatives.push_back("[^" + members + ']');
  return set;
}

PatternSet PatternSet::without(const PatternSet& other) const {
  PatternSet set;
  set.alternatives.push_back(fmt::format("(?:(?!{}){})", other.one_character(), one_character()));
  return set;
}

PatternSet PatternSet::within(const PatternSet& other) const {
  PatternSet set;
  set.alternatives.push_back(fmt::format("(?:(?={}){})", other.one_character(), one_character()));
  return set;
}

std::string PatternSet::expression() const {
  if (strings.empty()) return one_character();
  std::string either;
  for (const std::string& text : strings) either += text + '|';
  return "(?:" + either + one_character() + ')';
}

} // namespace murphy::web
