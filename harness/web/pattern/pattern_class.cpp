// CharacterClass with UnicodeSetsMode (ECMAScript, 22.2.1).
#include "web/pattern/pattern_reader.h"

#include <fmt/format.h>

#include <utility>

namespace murphy::web {

// After the opening bracket.
std::optional<PatternSet> PatternReader::bracketed_class() {
  const std::size_t begin = at_ - 1;
  if (!goes_deeper()) return PatternSet();
  const bool negated = take("^");
  auto set = class_contents();
  if (!set) return std::nullopt;
  if (!take("]") && !gave_up_) return refuse(begin, begin + 1, "this \"[\" is not closed");
  --depth_;
  range_was_read_ = false; // whatever stands inside
  if (!negated) return set;
  if (set->may_hold_strings) return refuse(begin, at_, "a class of whole strings cannot be negated");
  return set->complement();
}

std::optional<PatternSet> PatternReader::class_contents() {
  PatternSet all;
  bool first = true;
  while (!at_end() && !sees("]")) {
    const std::size_t begin = at_;
    auto operand = class_operand(Ranges::taken);
    if (!operand) return std::nullopt;
    for (const std::string_view sign : {"--", "&&"}) {
      if (!sees(sign)) continue;
      // A range is no operand.
      if (!first || range_was_read_)
        return refuse(begin, at_, fmt::format("next to \"{}\" this needs brackets of its own", sign));
      return class_operation(std::move(*operand), sign);
    }
    all.add(std::move(*operand));
    first = false;
  }
  return all;
}

// ClassIntersection, ClassSubtraction: from their first sign on.
std::optional<PatternSet> PatternReader::class_operation(PatternSet first, std::string_view sign) {
  const bool subtracts = sign == "--";
  while (!at_end() && !sees("]")) {
    const std::size_t begin = at_;
    if (!take(sign)) return refuse(begin, begin + 1, fmt::format("\"{}\" or \"]\" must follow here", sign));
    if (sees("&")) return refuse(at_, at_ + 1, "\"&\" must be written \"\\&\"");
    if (at_end() || sees("]")) return refuse(begin, at_, fmt::format("nothing follows \"{}\"", sign));
    const auto next = class_operand(Ranges::refused);
    if (!next) return std::nullopt;
    if (!first.strings.empty() || !next->strings.empty()) doubt("it computes with sets of whole strings");
    const bool strings = first.may_hold_strings && (subtracts || next->may_hold_strings);
    first = subtracts ? first.without(*next) : first.within(*next);
    first.may_hold_strings = strings;
  }
  return first;
}

std::optional<PatternSet> PatternReader::class_operand(Ranges ranges) {
  const std::size_t begin = at_;
  range_was_read_ = false;
  if (take("[")) return bracketed_class();
  if (sees("\\") && at_ + 1 < source_.size()) {
    const char c = source_[at_ + 1];
    if (std::string_view("dDsSwWpP").contains(c)) {
      ++at_;
      return class_escape();
    }
    if (c == 'q') return class_strings();
  }
  const auto character = class_character();
  if (!character) return std::nullopt;
  if (!sees("-") || sees("--")) return PatternSet::of(*character);
  if (ranges == Ranges::refused) return refuse(begin, at_ + 1, "a range needs brackets of its own here");
  return class_range(*character, begin);
}

std::optional<PatternSet> PatternReader::class_range(char32_t first, std::size_t begin) {
  const std::size_t hyphen = at_;
  take("-");
  const bool ends = at_end() || sees("]") || sees("[");
  const bool is_class =
      sees("\\") && at_ + 1 < source_.size() && std::string_view("dDsSwWpPq").contains(source_[at_ + 1]);
  if (ends || is_class) return refuse(hyphen, hyphen + 1, "in a class, \"-\" must be written \"\\-\"");
  const auto last = class_character();
  if (!last) return std::nullopt;
  if (*last < first) return refuse(begin, at_, "the ends of this range are out of order");
  range_was_read_ = true;
  return PatternSet::of(first, *last);
}

// ClassSetCharacter
std::optional<char32_t> PatternReader::class_character() {
  const std::size_t begin = at_;
  if (at_end()) return refuse(begin, begin, "the class is not closed");
  if (take("\\")) return character_escape(Where::in_class);
  const char c = source_[at_];
  if (std::string_view("()[]{}/-|").contains(c))
    return refuse(begin, begin + 1, fmt::format("in a class, \"{0}\" must be written \"\\{0}\"", c));
  if (std::string_view("&!#$%*+,.:;<=>?@^`~").contains(c) && begin + 1 < source_.size() && source_[begin + 1] == c)
    return refuse(begin, begin + 2, fmt::format("in a class, \"{0}{0}\" is reserved: it must be written \"\\{0}\"", c));
  return take_code_point();
}

// ClassStringDisjunction: "\q{abc|d}"
std::optional<PatternSet> PatternReader::class_strings() {
  const std::size_t begin = at_;
  at_ += 2;
  if (!take("{")) return refuse(begin, at_, "strings are written \"\\q{abc|def}\"");
  PatternSet set;
  std::string text;
  PatternSet character;
  std::size_t length = 0;
  const auto finish = [&] {
    if (length == 1)
      set.add(character);
    else {
      set.strings.push_back("(?:" + text + ')');
      set.may_hold_strings = true;
    }
    text.clear();
    length = 0;
  };
  while (!at_end() && !sees("}")) {
    if (take("|")) {
      finish();
      continue;
    }
    const auto next = class_character();
    if (!next) return std::nullopt;
    character = PatternSet::of(*next);
    text += character.expression();
    ++length;
  }
  finish();
  if (!take("}")) return refuse(begin, begin + 2, "this \"\\q{\" is not closed");
  return set;
}

} // namespace murphy::web
