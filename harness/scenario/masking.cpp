#include "scenario/masking.h"

#include "base/text.h"
#include "scenario/variables.h"

#include <cctype>

namespace murphy::scenario {

namespace {

// A scanner over TOML that need not be TOML: it knows keys, what their values are, and strings, and is lenient with the
// rest.
class Masker {
public:
  explicit Masker(std::string_view toml) : rest_(toml) {}

  std::string run() {
    while (!rest_.empty()) line();
    return std::move(result_);
  }

private:
  char front() const { return rest_.front(); }
  bool at_line_end() const { return rest_.empty() || front() == '\n'; }

  // Copies one code point, or hides it.
  void take(bool hide) {
    const std::string_view before = rest_;
    const char32_t c = next_code_point(rest_);
    if (hide && c != U'\n' && c != U'\r') {
      result_ += '*';
    } else {
      result_ += before.substr(0, before.size() - rest_.size());
    }
  }

  void blanks() {
    while (!rest_.empty() && (front() == ' ' || front() == '\t')) take(false);
  }

  void comment() {
    while (!at_line_end()) take(false);
  }

  // `open` says that the text may go on behind the end of its line: it stands in three quotes.
  void text(bool hide) {
    const char quote = front();
    const bool open = rest_.starts_with(std::string(3, quote));
    const std::string end(open ? 3 : 1, quote);
    for (std::size_t i = 0; i < end.size(); ++i) take(false);
    while (!rest_.empty() && !rest_.starts_with(end)) {
      if (!open && front() == '\n') return;
      if (quote == '"' && front() == '\\') take(hide);
      if (!rest_.empty()) take(hide);
    }
    for (std::size_t i = 0; i < end.size() && !rest_.empty(); ++i) take(false);
  }

  // The last part of a dotted key, without its quotes.
  std::string key() {
    const std::size_t begin = result_.size();
    while (!at_line_end() && front() != '=' && front() != ',' && front() != '}' && front() != ']') {
      if (front() == '"' || front() == '\'') {
        text(false);
      } else {
        take(false);
      }
    }
    std::string_view name = trim(std::string_view(result_).substr(begin));
    if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) name = trim(name.substr(dot + 1));
    return std::string(name);
  }

  static bool hides(const std::string& key, bool around) {
    if (key == "env" || key == "file") return false; // where a secret comes from may be seen
    return around || names_a_secret(key);
  }

  void value(bool hide) {
    blanks();
    if (rest_.empty()) return;
    if (front() == '"' || front() == '\'') {
      text(hide);
      // What follows on the line belongs to the value if it was meant to: text with its own quote inside.
      if (hide) {
        while (!at_line_end() && front() != ',' && front() != '}' && front() != ']' && front() != '#') {
          take(front() != ' ' && front() != '\t');
        }
      }
    } else if (front() == '{') {
      members('}', hide);
    } else if (front() == '[') {
      members(']', hide);
    } else {
      while (!at_line_end() && front() != ',' && front() != '}' && front() != ']' && (hide || front() != '#'))
        take(hide);
    }
  }

  // A table in braces or a list, to its end or, when a table is broken, to the end of the line.
  void members(char end, bool hide) {
    if (++depth_ > 200) {
      while (!rest_.empty()) take(true);
      return;
    }
    take(false);
    while (!rest_.empty() && front() != end) {
      if (front() == '#') {
        comment();
      } else if (front() == '\n' && end == '}') {
        break;
      } else if (front() == ',' || std::isspace(static_cast<unsigned char>(front()))) {
        take(false);
      } else if (end == '}') {
        setting(hide);
        if (!rest_.empty() && (front() == ']')) take(false);
      } else {
        if (front() == '}') {
          take(false);
        } else {
          value(hide);
        }
      }
    }
    if (!rest_.empty() && front() == end) take(false);
    --depth_;
  }

  void setting(bool around) {
    const std::string name = key();
    if (rest_.empty() || front() != '=') return;
    take(false);
    value(hides(name, around));
  }

  void line() {
    blanks();
    if (rest_.empty()) return;
    if (front() == '#' || front() == '[') {
      comment();
    } else if (front() != '\n') {
      setting(false);
      while (!at_line_end()) take(false);
    }
    if (!rest_.empty()) take(false);
  }

  std::string_view rest_;
  std::string result_;
  int depth_ = 0;
};

} // namespace

std::string mask_secrets(std::string_view toml) { return Masker(toml).run(); }

} // namespace murphy::scenario
