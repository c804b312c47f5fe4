#include "web/pattern/pattern_reader.h"

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace murphy::web {
namespace {

// Deeper nesting than anybody writes; PCRE2 ends at 250.
constexpr std::size_t max_depth = 200;
constexpr std::size_t max_repetitions = 65535; // of PCRE2

constexpr std::string_view line_breaks = "\\n\\r\\x{2028}\\x{2029}";

} // namespace

std::expected<PatternTranslation, PatternRefusal> PatternReader::read() {
  const bool read = disjunction();
  if (read && !at_end()) refuse(at_, at_ + 1, "there is no \"(\" for this \")\"");
  if (!refusal_ && !gave_up_) resolve_references();
  if (refusal_) return std::unexpected(std::move(*refusal_));
  return std::move(out_);
}

// Disjunction :: Alternative | Alternative "|" Disjunction
bool PatternReader::disjunction() {
  if (!goes_deeper()) return true;
  const Flags flags = flags_;
  path_.emplace_back(disjunctions_++, 0);
  while (!at_end() && !sees(")")) {
    if (take("|")) {
      out_.pcre += '|';
      ++path_.back().second;
    } else if (!term())
      return false;
  }
  path_.pop_back();
  flags_ = flags;
  --depth_;
  return true;
}

// Term :: Assertion | Atom | Atom Quantifier
bool PatternReader::term() {
  const std::size_t begin = at_;
  const char c = source_[at_];
  if (c == '(') return group();
  if (take("^")) {
    out_.pcre += flags_.multiline ? fmt::format("(?:\\A|(?<=[{}]))", line_breaks) : "\\A";
    return true;
  }
  if (take("$")) {
    out_.pcre += flags_.multiline ? fmt::format("(?:\\z|(?=[{}]))", line_breaks) : "\\z";
    return true;
  }
  if (c == '*' || c == '+' || c == '?') {
    refuse(at_, at_ + 1, fmt::format("nothing before \"{}\" can repeat", c));
    return false;
  }
  if (c == '{' || c == '}' || c == ']') {
    refuse(at_, at_ + 1, fmt::format("\"{0}\" must be written \"\\{0}\"", c));
    return false;
  }
  if (take(".")) {
    out_.pcre += flags_.dot_all ? "(?s:.)" : fmt::format("[^{}]", line_breaks);
  } else if (take("[")) {
    const auto set = bracketed_class();
    if (!set) return false;
    out_.pcre += set->expression();
  } else if (c == '\\') {
    if (sees("\\b") || sees("\\B")) {
      out_.pcre += source_.substr(at_, 2);
      at_ += 2;
      return true;
    }
    if (!atom_escape()) return false;
  } else {
    out_.pcre += PatternSet::of(take_code_point()).expression();
  }
  return quantifier(begin);
}

// Quantifier, if there is one, for what began at `atom`.
bool PatternReader::quantifier(std::size_t atom) {
  if (at_end()) return true;
  const std::size_t begin = at_;
  std::size_t least = 0, most = 1;
  constexpr std::size_t endless = std::numeric_limits<std::size_t>::max();
  if (take("*"))
    most = endless;
  else if (take("+"))
    least = 1, most = endless;
  else if (take("{")) {
    const auto first = take_number();
    if (!first) {
      refuse(begin, begin + 1, "\"{\" must be written \"\\{\", or to say how often: \"{2,5}\"");
      return false;
    }
    least = most = *first;
    if (take(",")) most = take_number().value_or(endless);
    if (!take("}")) {
      refuse(begin, at_, "this repetition is not closed by \"}\"");
      return false;
    }
    if (most < least) {
      refuse(begin, at_, "the numbers of this repetition are out of order");
      return false;
    }
  } else if (!take("?"))
    return true;

  if (least > max_repetitions || (most != endless && most > max_repetitions)) {
    doubt(fmt::format("it repeats more than {} times", max_repetitions));
    least = std::min(least, max_repetitions);
    most = endless;
  }
  out_.pcre += most == endless ? fmt::format("{{{},}}", least) : fmt::format("{{{},{}}}", least, most);
  if (take("?")) out_.pcre += '?';
  if (most > 1) loops_.push_back({atom, at_});
  return true;
}

// Assertion :: (?= (?! (?<= (?<!; Atom :: ( (?: (?flags: (?<name>
bool PatternReader::group() {
  const std::size_t begin = at_;
  const Flags flags = flags_;
  bool repeatable = true, behind = false;
  std::optional<std::size_t> captured;
  take("(");
  if (take("?=") || take("?!")) {
    repeatable = false;
    out_.pcre += source_.substr(begin, 3);
  } else if (take("?<=") || take("?<!")) {
    repeatable = false;
    behind = true;
    out_.pcre += source_.substr(begin, 4);
  } else if (take("?:")) {
    out_.pcre += "(?:";
  } else if (sees("?") && !sees("?<")) {
    take("?");
    if (!modifiers()) return false;
    out_.pcre += "(?:";
  } else {
    captured = groups_.size();
    groups_.push_back({.span = {begin, begin}, .name = {}, .path = path_});
    if (take("?")) {
      const std::size_t name_at = at_;
      auto name = group_name();
      if (!name) return false;
      // Two groups share a name only in different alternatives, so that one of them alone takes part.
      for (const Group& other : groups_) {
        if (other.name != *name) continue;
        const auto apart = [&](const auto& step) {
          return std::ranges::any_of(path_, [&](const auto& own) { return own.first == step.first && own != step; });
        };
        if (std::ranges::none_of(other.path, apart)) {
          refuse(name_at, at_, fmt::format("there is another group called \"{}\"", *name));
          return false;
        }
      }
      groups_[*captured].name = std::move(*name);
    }
    out_.pcre += '(';
  }
  if (!disjunction()) return false;
  flags_ = flags;
  if (!take(")") && !gave_up_) {
    refuse(begin, begin + 1, "this \"(\" is not closed");
    return false;
  }
  out_.pcre += ')';
  if (captured) groups_[*captured].span = {begin, at_};
  if (behind) lookbehinds_.push_back({begin, at_});
  return !repeatable || quantifier(begin);
}

// "i-m:" of (?i-m:…), after the question mark.
bool PatternReader::modifiers() {
  const std::size_t begin = at_ - 2;
  std::string seen;
  bool removing = false;
  while (!at_end() && !sees(":")) {
    const char c = source_[at_];
    if (c == '-' && !removing)
      removing = true;
    else if ((c == 'i' || c == 'm' || c == 's') && !seen.contains(c)) {
      seen += c;
      if (c == 'i' && !removing) doubt("it ignores case in a part");
      if (c == 'm') flags_.multiline = !removing;
      if (c == 's') flags_.dot_all = !removing;
    } else
      break;
    ++at_;
  }
  if (take(":") && !seen.empty()) return true;
  refuse(begin, std::min(at_ + 1, source_.size()),
         fmt::format("JavaScript has no group that begins with \"{}\"",
                     source_.substr(begin, std::min<std::size_t>(4, source_.size() - begin))));
  return false;
}

// "<name>"
std::optional<std::string> PatternReader::group_name() {
  const std::size_t begin = at_;
  std::string name;
  if (!take("<")) return refuse(begin, begin + 1, "a group's name is written \"<name>\"");
  while (!at_end() && !sees(">")) {
    const std::size_t character = at_;
    char32_t c = 0;
    if (take("\\")) {
      if (!take("u")) return refuse(character, at_, "a name cannot contain this character");
      const auto escaped = unicode_escape();
      if (!escaped) return std::nullopt;
      c = *escaped;
    } else
      c = take_code_point();
    const bool starts = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' || c == '_';
    if (c > 0x7f)
      doubt("a group has a name beyond ASCII");
    else if (!starts && (name.empty() || c < '0' || c > '9'))
      return refuse(character, at_, "a group's name has letters and digits only, and no digit first");
    append_utf8(name, c);
  }
  if (!take(">") || name.empty()) return refuse(begin, at_, "a group's name is written \"<name>\"");
  return name;
}

bool PatternReader::atom_escape() {
  const std::size_t begin = at_;
  take("\\");
  if (at_end()) {
    refuse(begin, at_, "nothing follows this \"\\\"");
    return false;
  }
  const char c = source_[at_];
  if ((c >= '1' && c <= '9') || c == 'k') return reference();
  if (std::string_view("dDsSwWpP").contains(c)) {
    const auto set = class_escape();
    if (!set) return false;
    out_.pcre += set->expression();
    return true;
  }
  const auto character = character_escape(Where::outside);
  if (!character) return false;
  out_.pcre += PatternSet::of(*character).expression();
  return true;
}

// "1" or "k<name>", after the backslash.
bool PatternReader::reference() {
  Reference reference;
  reference.span.begin = at_ - 1;
  reference.place = out_.pcre.size();
  if (take("k")) {
    auto name = group_name();
    if (!name) return false;
    reference.name = std::move(*name);
  } else
    reference.number = take_number().value_or(0);
  reference.span.end = at_;
  references_.push_back(std::move(reference));
  return true;
}

bool PatternReader::resolve_references() {
  for (const Reference& reference : references_) {
    if (reference.number > groups_.size()) {
      refuse(reference.span.begin, reference.span.end, fmt::format("there is no group {}", reference.number));
      return false;
    }
    if (!reference.name.empty() && std::ranges::find(groups_, reference.name, &Group::name) == groups_.end()) {
      refuse(reference.span.begin, reference.span.end, fmt::format("there is no group called \"{}\"", reference.name));
      return false;
    }
  }
  // From the back, so that the places hold.
  for (auto reference = references_.rbegin(); reference != references_.rend(); ++reference) {
    std::size_t number = reference->number;
    if (number == 0) {
      const auto named = std::ranges::find(groups_, reference->name, &Group::name);
      number = static_cast<std::size_t>(named - groups_.begin()) + 1;
      if (std::ranges::count(groups_, reference->name, &Group::name) > 1)
        doubt("it refers to a name that several groups have");
    }
    doubt_references(*reference, groups_[number - 1]);
    out_.pcre.insert(reference->place, fmt::format("\\g{{{}}}", number));
  }
  return true;
}

// JavaScript forgets what a group held with each new turn of a loop around it, and looks behind from right to left;
// PCRE2 does neither.
void PatternReader::doubt_references(const Reference& reference, const Group& group) {
  for (const Span& loop : loops_) {
    if (loop.contains(group.span)) doubt("it refers back to a group that is repeated");
  }
  for (const Span& behind : lookbehinds_) {
    if (behind.contains(group.span) || behind.contains(reference.span))
      doubt("it refers back to a group while looking behind");
  }
}

bool PatternReader::goes_deeper() {
  if (++depth_ <= max_depth) return true;
  doubt("it is nested too deep");
  gave_up_ = true;
  at_ = source_.size();
  return false;
}

bool PatternReader::take(std::string_view text) {
  if (!sees(text)) return false;
  at_ += text.size();
  return true;
}

char32_t PatternReader::take_code_point() {
  std::string_view rest = source_.substr(at_);
  const char32_t c = next_code_point(rest);
  at_ = source_.size() - rest.size();
  return c;
}

// As many digits as there are; more than fit mean more than anybody counts.
std::optional<std::size_t> PatternReader::take_number() {
  if (at_end() || !is_digit(source_[at_])) return std::nullopt;
  std::size_t number = 0;
  for (; !at_end() && is_digit(source_[at_]); ++at_) {
    if (number < 1'000'000'000'000) number = number * 10 + static_cast<std::size_t>(source_[at_] - '0');
  }
  return number;
}

std::string PatternReader::character_at(std::size_t offset) const {
  std::string_view rest = source_.substr(offset);
  const std::size_t size = rest.size();
  if (rest.empty()) return {};
  next_code_point(rest);
  return std::string(source_.substr(offset, size - rest.size()));
}

std::nullopt_t PatternReader::refuse(std::size_t from, std::size_t to, std::string why) {
  if (!refusal_) refusal_ = PatternRefusal{from, std::min(to, source_.size()) - from, std::move(why)};
  return std::nullopt;
}

void PatternReader::doubt(std::string_view why) {
  if (out_.doubt.empty()) out_.doubt = why;
}

} // namespace murphy::web
