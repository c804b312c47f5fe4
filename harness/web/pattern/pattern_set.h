// What a character class matches (ECMAScript, 22.2.2.9), in the words of PCRE2, which knows no operations on sets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

struct PatternSet {
  std::string members;                   // single characters and ranges, as they stand between PCRE2's brackets
  std::vector<std::string> alternatives; // expressions that match one character each
  std::vector<std::string> strings;      // expressions for other than one character, from \q{…}
  bool may_hold_strings = false;

  static PatternSet of(char32_t character) { return of(character, character); }
  // Surrogates are left out: no text holds them.
  static PatternSet of(char32_t first, char32_t last);
  static PatternSet white_space(); // \s of JavaScript (22.2.2.9, WhiteSpace and LineTerminator)

  void add(PatternSet other);
  PatternSet complement() const; // of the characters
  PatternSet without(const PatternSet& other) const;
  PatternSet within(const PatternSet& other) const;
  std::string expression() const; // one PCRE2 atom

private:
  std::string one_character() const;
};

} // namespace murphy::web
