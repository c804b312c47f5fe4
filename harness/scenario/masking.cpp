#include "scenario/masking.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "scenario/variables.h"

#include <algorithm>
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

  enum class Secrecy { open, secret };

  // Each takes one code point.
  void copy() {
    const std::string_view before = rest_;
    next_code_point(rest_);
    result_ += before.substr(0, before.size() - rest_.size());
  }
  void hide() {
    if (front() == '\n' || front() == '\r') return copy();
    next_code_point(rest_);
    result_ += '*';
  }
  void take(Secrecy secrecy) { secrecy == Secrecy::secret ? hide() : copy(); }

  void blanks() {
    while (!rest_.empty() && (front() == ' ' || front() == '\t')) copy();
  }

  void comment() {
    while (!at_line_end()) copy();
  }

  // `open` says that the text may go on behind the end of its line: it stands in three quotes.
  void text(Secrecy secrecy) {
    const char quote = front();
    const bool open = rest_.starts_with(std::string(3, quote));
    const std::string end(open ? 3 : 1, quote);
    for (std::size_t i = 0; i < end.size(); ++i) copy();
    while (!rest_.empty() && !rest_.starts_with(end)) {
      if (!open && front() == '\n') return;
      if (quote == '"' && front() == '\\') take(secrecy);
      if (!rest_.empty()) take(secrecy);
    }
    for (std::size_t i = 0; i < end.size() && !rest_.empty(); ++i) copy();
  }

  // The last part of a dotted key, without its quotes.
  std::string key() {
    const std::size_t begin = result_.size();
    while (!at_line_end() && front() != '=' && front() != ',' && front() != '}' && front() != ']') {
      if (front() == '"' || front() == '\'') {
        text(Secrecy::open);
      } else {
        copy();
      }
    }
    std::string_view name = trim(std::string_view(result_).substr(begin));
    if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) name = trim(name.substr(dot + 1));
    return std::string(name);
  }

  // Whether a key or the header of a table is of [watch], or below it.
  static bool is_of_watch(std::string_view text) {
    text = text.substr(std::min(text.find_first_not_of("[ \t\"'"), text.size()));
    constexpr std::string_view watch = "watch";
    if (!text.starts_with(watch)) return false;
    text.remove_prefix(watch.size());
    return text.empty() || std::string_view(".]=\"' \t\r").contains(text.front());
  }

  // Of the value of a key, by that of the table around it.
  Secrecy secrecy_of(const std::string& key, Secrecy around) const {
    if (key == "env" || key == "file") return Secrecy::open; // where a secret comes from may be seen
    // Who knows the address of a channel can speak in the watch's name.
    if (in_watch_ && (key == "url" || key == "heartbeat" || key == "key")) return Secrecy::secret;
    if (key == "authorize" || key == "basic" || key == "digest") return Secrecy::secret;
    return names_a_secret(key) ? Secrecy::secret : around;
  }

  void value(Secrecy secrecy) {
    blanks();
    if (rest_.empty()) return;
    if (front() == '"' || front() == '\'') {
      text(secrecy);
      // What follows on the line belongs to the value if it was meant to: text with its own quote inside.
      if (secrecy == Secrecy::secret) {
        while (!at_line_end() && front() != ',' && front() != '}' && front() != ']' && front() != '#') {
          take(front() == ' ' || front() == '\t' ? Secrecy::open : Secrecy::secret);
        }
      }
    } else if (front() == '{') {
      members('}', secrecy);
    } else if (front() == '[') {
      members(']', secrecy);
    } else {
      while (!at_line_end() && front() != ',' && front() != '}' && front() != ']' &&
             (secrecy == Secrecy::secret || front() != '#'))
        take(secrecy);
    }
  }

  // A table in braces or a list, to its end or, when a table is broken, to the end of the line.
  void members(char end, Secrecy secrecy) {
    if (++depth_ > 200) {
      while (!rest_.empty()) hide();
      return;
    }
    copy();
    while (!rest_.empty() && front() != end) {
      if (front() == '#') {
        comment();
      } else if (front() == '\n' && end == '}') {
        break;
      } else if (front() == ',' || std::isspace(static_cast<unsigned char>(front()))) {
        copy();
      } else if (end == '}') {
        setting(secrecy);
        if (!rest_.empty() && (front() == ']')) copy();
      } else {
        if (front() == '}') {
          copy();
        } else {
          value(secrecy);
        }
      }
    }
    if (!rest_.empty() && front() == end) copy();
    --depth_;
  }

  void setting(Secrecy around) {
    const std::size_t begin = result_.size();
    const std::string name = key();
    if (rest_.empty() || front() != '=') return;
    const bool before = in_watch_;
    if (depth_ == 0 && is_of_watch(std::string_view(result_).substr(begin))) in_watch_ = true;
    copy();
    value(secrecy_of(name, around));
    in_watch_ = before;
  }

  void line() {
    blanks();
    if (rest_.empty()) return;
    if (front() == '#' || front() == '[') {
      const bool is_header = front() == '[';
      const std::size_t begin = result_.size();
      comment();
      if (is_header) in_watch_ = is_of_watch(std::string_view(result_).substr(begin));
    } else if (front() != '\n') {
      setting(Secrecy::open);
      while (!at_line_end()) copy();
    }
    if (!rest_.empty()) copy();
  }

  std::string_view rest_;
  std::string result_;
  int depth_ = 0;
  bool in_watch_ = false;
};

} // namespace

std::string mask_secrets(std::string_view toml) { return Masker(toml).run(); }

} // namespace murphy::scenario
