#include "diagnose/sentence_tokens.h"

#include "base/text.h"

#include <algorithm>
#include <cctype>

namespace murphy::diagnose {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// What joins the parts of one name: `users.email`, `app/login`, `App\User`, `new-host`.
bool joins(char c) { return c == '.' || c == '/' || c == '\\' || c == ':' || c == '-' || c == '@' || c == '\''; }

// The closing mark of a quotation that begins at `at`, and how many bytes open it; 0 for none.
struct Quotation {
  std::string_view close;
  std::size_t opens = 0;
};

Quotation quotation_at(std::string_view line, std::size_t at) {
  using std::string_view_literals::operator""sv;
  const std::string_view rest = line.substr(at);
  if (rest.starts_with("\\\"")) return {"\\\""sv, 2};
  if (rest.starts_with('"')) return {"\""sv, 1};
  if (rest.starts_with('`')) return {"`'"sv, 1}; // Ruby and GNU close with an apostrophe
  if (rest.starts_with('\'')) return {"'"sv, 1};
  if (rest.starts_with("“")) return {"”"sv, std::string_view("“").size()};
  if (rest.starts_with("‘")) return {"’"sv, std::string_view("‘").size()};
  if (rest.starts_with("«")) return {"»"sv, std::string_view("«").size()};
  return {};
}

constexpr std::size_t longest_name = 120;

// Where the quotation that opens at `begin` ends; npos when it does not.
std::size_t end_of_quotation(std::string_view line, std::size_t begin, std::string_view close) {
  if (close == "`'") return line.find_first_of("`'", begin);
  for (std::size_t end = line.find(close, begin); end != std::string_view::npos; end = line.find(close, end + 1)) {
    // An apostrophe inside a word ends nothing, nor does an escaped mark.
    if (close == "\"" && end > begin && line[end - 1] == '\\') continue;
    if (close != "'" || end + 1 >= line.size() || !is_word(line[end + 1])) return end;
  }
  return std::string_view::npos;
}

bool holds_sentence(std::string_view quoted) { return std::ranges::count(quoted, ' ') > 1 || quoted.ends_with(' '); }

} // namespace

std::vector<Token> tokens_of(std::string_view line) {
  std::vector<Token> tokens;
  const auto add = [&](std::string_view text, Token::Mark mark) { tokens.push_back({text, ascii_lower(text), mark}); };
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == '\\' && at + 1 < line.size() && line[at + 1] == '\\') {
      at += 2;
      continue;
    }
    const bool inside_word = at > 0 && is_word(line[at - 1]);
    if (const Quotation quotation = quotation_at(line, at); quotation.opens > 0 && !(c == '\'' && inside_word)) {
      const std::size_t begin = at + quotation.opens;
      const std::size_t end = end_of_quotation(line, begin, quotation.close);
      // What is a sentence itself is read word by word.
      if (end != std::string_view::npos && end > begin && end - begin <= longest_name &&
          !holds_sentence(line.substr(begin, end - begin))) {
        add(line.substr(begin, end - begin), Token::Mark::quoted);
        at = end + (quotation.close == "`'" ? 1 : quotation.close.size());
        continue;
      }
      at += quotation.opens;
      continue;
    }
    if (c == '[') {
      const std::size_t end = line.find(']', at);
      if (end != std::string_view::npos && end > at + 1 && end - at <= longest_name &&
          line.substr(at, end - at).find(' ') == std::string_view::npos) {
        std::string_view inner = line.substr(at + 1, end - at - 1);
        add(inner, Token::Mark::bracketed);
        at = end + 1;
        continue;
      }
    }
    if (is_word(c) ||
        ((c == '/' || c == '@' || c == '*' || c == '.') && at + 1 < line.size() && is_word(line[at + 1]))) {
      std::size_t end = at + 1;
      while (end < line.size() &&
             (is_word(line[end]) || (joins(line[end]) && end + 1 < line.size() &&
                                     (is_word(line[end + 1]) || line[end + 1] == ':' || line[end + 1] == '\\') &&
                                     !(line[end] == '\'' && !is_word(line[end - 1])))))
        ++end;
      add(line.substr(at, end - at), Token::Mark::word);
      at = end;
      continue;
    }
    if (c == ';' || c == ',' || c == ':' || c == '.' || c == '?' || c == '(' || c == ')' || c == '=' || c == '!')
      add(line.substr(at, 1), Token::Mark::punctuation);
    ++at;
  }
  return tokens;
}

bool can_be_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && text.find(' ') == std::string_view::npos &&
         std::ranges::any_of(text, [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

bool has_inner_capital(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i)
    if (std::isupper(static_cast<unsigned char>(text[i])) != 0 &&
        std::islower(static_cast<unsigned char>(text[i - 1])) != 0)
      return true;
  return false;
}

bool is_shouted(std::string_view text) {
  return text.size() > 3 && text.find('_') != std::string_view::npos &&
         std::ranges::none_of(text, [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; });
}

bool looks_like_name(std::string_view text) {
  return can_be_name(text) &&
         (text.find_first_of("_$./\\") != std::string_view::npos || has_inner_capital(text) || text.starts_with('@'));
}

std::size_t words_at(const std::vector<Token>& tokens, std::size_t at, std::string_view words) {
  // Asked for each token with each of many words: nothing is made.
  for (std::size_t count = 1;; ++count, ++at) {
    const std::size_t end = words.find(' ');
    if (at >= tokens.size() || tokens[at].mark != Token::Mark::word || tokens[at].lower != words.substr(0, end))
      return 0;
    if (end == std::string_view::npos) return count;
    words.remove_prefix(end + 1);
  }
}

std::string bare_name(std::string_view text) {
  while (!text.empty() && (text.front() == '$' || text.front() == '*' || text.front() == '<' || text.front() == '.' ||
                           text.front() == ':' || text.front() == '\\' || text.front() == '@' || text.front() == '-'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == '(' || text.back() == ')' || text.back() == '.' || text.back() == ',' ||
                           text.back() == ':' || text.back() == '\\' || text.back() == '>' || text.back() == '='))
    text.remove_suffix(1);
  return std::string(text);
}

} // namespace murphy::diagnose
