// A line of a log as the words of a sentence: what is a word, what is quoted, and what looks like the name of
// something.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// A word of a line as written, or what is in quotes.
struct Token {
  std::string_view text;
  std::string lower;
  enum class Mark { word, quoted, bracketed, punctuation } mark = Mark::word;
};

inline bool is_punctuation(const Token& token) { return token.mark == Token::Mark::punctuation; }
inline bool is_quoted(const Token& token) { return token.mark == Token::Mark::quoted; }

// The words of a line, which they look into.
std::vector<Token> tokens_of(std::string_view line);

// How many tokens from `at` on are these words; 0 when they are not.
std::size_t words_at(const std::vector<Token>& tokens, std::size_t at, std::string_view words);

// Whether something in quotes can be a name: no sentence, no value with spaces.
bool can_be_name(std::string_view text);
// "userName"
bool has_inner_capital(std::string_view text);
// "SESSION_KEY"
bool is_shouted(std::string_view text);
// A bare word that no sentence of English holds: `user_name`, `userName`, `$user`, `users.email`, `login.html`.
bool looks_like_name(std::string_view text);
// A name as the app spells it: without a sign in front, without the call's parentheses or the end of a sentence.
std::string bare_name(std::string_view text);

} // namespace murphy::diagnose
