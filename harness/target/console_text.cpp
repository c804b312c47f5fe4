#include "target/console_text.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::target {
namespace {

constexpr char escape = '\x1b';

// The length of the escape sequence at the start of the text (ECMA-48, section 5.4; xterm's OSC strings).
std::size_t escape_length(std::string_view text) {
  if (text.size() < 2) return text.size();
  std::size_t at = 2;
  const auto while_between = [&](char low, char high) {
    while (at < text.size() && text[at] >= low && text[at] <= high) ++at;
  };
  switch (text[1]) {
  case '[': // a control sequence: parameters, intermediates, one final character
    while_between('0', '?');
    while_between(' ', '/');
    break;
  case ']': // strings end with BEL or ESC backslash
  case 'P':
  case 'X':
  case '^':
  case '_':
    while (at < text.size() && text[at] != '\a' && text[at] != escape) ++at;
    if (at < text.size() && text[at] == escape) ++at;
    break;
  default: // intermediates, one final character
    at = 1;
    while_between(' ', '/');
    break;
  }
  return std::min(at + 1, text.size());
}

bool is_plain(char character) { return (character >= ' ' && character < '\x7f') || character == '\t'; }

} // namespace

std::string clean_line(std::string_view bytes) {
  if (std::ranges::all_of(bytes, is_plain)) return std::string(bytes);
  std::string clean;
  clean.reserve(bytes.size());
  while (!bytes.empty()) {
    if (bytes[0] == escape) {
      bytes.remove_prefix(escape_length(bytes));
      continue;
    }
    const char32_t point = next_code_point(bytes);
    const bool control = point < U' ' || (point >= 0x7F && point < 0xA0);
    if (!control || point == U'\t') append_utf8(clean, point);
  }
  return clean;
}

void LineSplitter::append(std::string_view bytes) {
  const std::size_t kept = std::min(bytes.size(), longest - std::min(longest, pending_.size()));
  pending_ += bytes.substr(0, kept);
  cut_ += bytes.size() - kept;
}

void LineSplitter::feed(std::string_view bytes, const std::function<void(std::string)>& line) {
  while (!bytes.empty()) {
    if (returned_ && bytes[0] != '\r' && bytes[0] != '\n') clear();
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    append(bytes.substr(0, end));
    if (end == bytes.size()) return;
    if (bytes[end] == '\n') {
      line(unfinished());
      clear();
    } else {
      returned_ = true;
    }
    bytes.remove_prefix(end + 1);
  }
}

std::string LineSplitter::unfinished() const {
  std::string text = clean_line(pending_);
  if (cut_ > 0) text += fmt::format(" … ({} more bytes)", cut_);
  return text;
}

void LineSplitter::clear() {
  pending_.clear();
  cut_ = 0;
  returned_ = false;
}

} // namespace murphy::target
