// The tokens of a script, as far as reading what it submits needs them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

struct ScriptToken {
  enum class Kind { word, number, string, sign };
  Kind kind = Kind::sign;
  std::string text; // of a string: what it says; of a sign: one character, or "=>", "&&", "||", "=="
  bool on_new_line = false;
  bool is(std::string_view sign_or_word) const {
    return (kind == Kind::word || kind == Kind::sign) && text == sign_or_word;
  }
};

// Comments and white space are left out. Template literals are strings; regular expressions are strings that say
// nothing.
std::vector<ScriptToken> script_tokens(std::string_view source);

} // namespace murphy::web
