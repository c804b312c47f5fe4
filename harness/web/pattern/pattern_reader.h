// Reads a pattern by the grammar of ECMAScript (22.2.1, with UnicodeMode and UnicodeSetsMode) and writes what it means
// for PCRE2 compiled with PCRE2_UTF and PCRE2_MATCH_UNSET_BACKREF.
#pragma once

#include "web/pattern/pattern.h"
#include "web/pattern/pattern_set.h"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::web {

struct PatternTranslation {
  std::string pcre;
  std::string doubt;              // why `pcre` may not mean the same; empty when it does
  bool names_properties = false;  // \p{…}: means the same for characters that PCRE2's Unicode has
  bool moving_properties = false; // … and only below U+0180 (see pattern_properties.h)
};

class PatternReader {
public:
  explicit PatternReader(std::string_view source) : source_(source) {}
  std::expected<PatternTranslation, PatternRefusal> read();

private:
  struct Span {
    std::size_t begin = 0, end = 0;
    bool contains(const Span& inner) const { return begin <= inner.begin && inner.end <= end; }
  };
  struct Group {
    Span span;
    std::string name;
    std::vector<std::pair<std::size_t, std::size_t>> path; // the alternatives it stands in: disjunction, alternative
  };
  struct Reference {
    Span span;
    std::size_t number = 0; // 0: by name
    std::string name;
    std::size_t place = 0; // where in the output it goes
  };
  struct Flags {
    bool multiline = false, dot_all = false;
  };

  enum class Sense { same, opposite }; // \p and \P
  enum class Where { in_class, outside };
  enum class Ranges { taken, refused }; // a-z

  // Each of these reads one production from the front of what is left, and is false, or none, once the pattern is
  // refused.
  bool disjunction();
  bool term();
  bool group();
  bool modifiers();
  bool quantifier(std::size_t atom);
  bool atom_escape();
  bool reference();
  std::optional<std::string> group_name();
  std::optional<PatternSet> class_escape(); // \d, \p{L}, after the backslash
  std::optional<PatternSet> property(Sense sense);
  std::optional<char32_t> character_escape(Where where); // after the backslash
  std::optional<char32_t> unicode_escape();
  std::optional<PatternSet> bracketed_class();
  std::optional<PatternSet> class_contents();
  std::optional<PatternSet> class_operation(PatternSet first, std::string_view sign);
  std::optional<PatternSet> class_operand(Ranges ranges);
  std::optional<PatternSet> class_range(char32_t first, std::size_t begin);
  std::optional<PatternSet> class_strings(); // \q{…}
  std::optional<char32_t> class_character();
  bool resolve_references();
  void doubt_references(const Reference& reference, const Group& group);

  bool at_end() const { return at_ == source_.size(); }
  bool sees(std::string_view text) const { return source_.substr(at_).starts_with(text); }
  bool take(std::string_view text);
  char32_t take_code_point();
  std::optional<std::size_t> take_number();
  std::optional<char32_t> take_hexadecimal(std::size_t digits);
  std::string character_at(std::size_t offset) const; // the whole code point
  std::nullopt_t refuse(std::size_t from, std::size_t to, std::string why);
  void doubt(std::string_view why);
  bool goes_deeper(); // one more level of brackets; else gives up

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool gave_up_ = false;        // nested too deep: what follows is not read
  bool range_was_read_ = false; // by the last class_operand
  Flags flags_;
  std::vector<Group> groups_; // in the order of their opening brackets
  std::vector<Span> loops_;   // what may be repeated more than once
  std::vector<Span> lookbehinds_;
  std::vector<Reference> references_;
  std::vector<std::pair<std::size_t, std::size_t>> path_;
  std::size_t disjunctions_ = 0;
  PatternTranslation out_;
  std::optional<PatternRefusal> refusal_;
};

} // namespace murphy::web
