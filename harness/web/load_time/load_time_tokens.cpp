#include "web/load_time/load_time_tokens.h"

#include "base/text.h"

#include <algorithm>

namespace murphy::web {
namespace {

bool is_word_character(char c) {
  return is_alphanumeric(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

class Reader {
public:
  explicit Reader(std::string_view source) : source_(source) {}

  std::vector<ScriptToken> run() {
    while (skip_blanks()) {
      const char c = source_[position_];
      if (is_digit(c))
        word(ScriptToken::Kind::number);
      else if (is_word_character(c))
        word(ScriptToken::Kind::word);
      else if (c == '"' || c == '\'' || c == '`')
        string(c);
      else if (c == '/' && regex_may_stand_here())
        regex();
      else
        sign();
    }
    return std::move(tokens_);
  }

private:
  char at(std::size_t ahead) const { return position_ + ahead < source_.size() ? source_[position_ + ahead] : '\0'; }
  bool starts(std::string_view text) const { return source_.substr(position_, text.size()) == text; }

  void to(std::string_view end) { position_ = std::min(source_.find(end, position_), source_.size()); }
  void over(std::string_view end) {
    to(end);
    position_ = std::min(position_ + end.size(), source_.size());
  }

  // Over white space and comments, those for browsers that knew no scripts included. False at the end.
  bool skip_blanks() {
    while (position_ < source_.size()) {
      if (source_[position_] == '\n' || source_[position_] == '\r') new_line_ = true;
      if (is_white_space(source_[position_]))
        ++position_;
      else if (starts("//") || starts("<!--") || (new_line_ && starts("-->")))
        to("\n");
      else if (starts("/*"))
        over("*/");
      else
        return true;
    }
    return false;
  }

  void add(ScriptToken::Kind kind, std::string text) {
    tokens_.push_back({kind, std::move(text), new_line_});
    new_line_ = false;
  }

  void word(ScriptToken::Kind kind) {
    std::size_t length = 0;
    while (is_word_character(at(length)) || (kind == ScriptToken::Kind::number && at(length) == '.')) ++length;
    add(kind, std::string(source_.substr(position_, length)));
    position_ += length;
  }

  void string(char quote) {
    std::string text;
    ++position_;
    while (position_ < source_.size() && source_[position_] != quote) {
      if (source_[position_] == '\n' && quote != '`') break; // never closed
      if (source_[position_] == '\\') ++position_;
      if (position_ < source_.size()) text += source_[position_++];
    }
    ++position_;
    add(ScriptToken::Kind::string, std::move(text));
  }

  // A "/" divides behind a value, and begins a regular expression elsewhere.
  bool regex_may_stand_here() const {
    if (tokens_.empty()) return true;
    const ScriptToken& last = tokens_.back();
    if (last.kind == ScriptToken::Kind::sign) return last.text != ")" && last.text != "]";
    return last.is("return") || last.is("typeof") || last.is("case");
  }

  void regex() {
    bool in_class = false;
    for (++position_; position_ < source_.size() && source_[position_] != '\n'; ++position_) {
      const char c = source_[position_];
      if (c == '\\')
        ++position_;
      else if (c == '[')
        in_class = true;
      else if (c == ']')
        in_class = false;
      else if (c == '/' && !in_class)
        break;
    }
    ++position_;
    add(ScriptToken::Kind::string, {});
  }

  void sign() {
    static constexpr std::string_view pairs[] = {"=>", "&&", "||", "=="};
    for (const std::string_view pair : pairs) {
      if (!starts(pair)) continue;
      add(ScriptToken::Kind::sign, std::string(pair));
      position_ += 2;
      return;
    }
    add(ScriptToken::Kind::sign, std::string(1, source_[position_++]));
  }

  std::string_view source_;
  std::size_t position_ = 0;
  bool new_line_ = true;
  std::vector<ScriptToken> tokens_;
};

} // namespace

std::vector<ScriptToken> script_tokens(std::string_view source) { return Reader(source).run(); }

} // namespace murphy::web
