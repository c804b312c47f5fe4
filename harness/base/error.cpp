#include "base/error.h"

#include "base/text.h"

#include <algorithm>

namespace murphy {

namespace {

constexpr std::string_view source_indent = "    ";
constexpr std::string_view hint_indent = "  ";
constexpr std::size_t longest_source = 120; // code points shown of a long line, those around the place

// The source line and below it the carets. The lead of the caret line repeats the tabs of the source, so that it stands
// right whatever width a terminal gives them.
std::string underlined(std::string_view source_line, const Place& place) {
  std::u32string line;
  const std::string shown = visible(source_line);
  for (std::string_view rest = shown; !rest.empty();) {
    const char32_t c = next_code_point(rest);
    line += c == U'\n' ? U'\u240A' : c;
  }
  std::size_t begin = std::min<std::size_t>(std::max(place.column, 1U) - 1, line.size());
  std::size_t length = std::max<std::size_t>(1, std::min<std::size_t>(place.length, line.size() - begin));
  if (line.size() > longest_source) {
    const std::size_t wanted = begin > longest_source / 3 ? begin - longest_source / 3 : 0;
    const std::size_t from = std::min(wanted, line.size() - longest_source);
    const bool cut_behind = from + longest_source < line.size();
    line = line.substr(from, longest_source);
    if (from > 0) line.front() = U'…';
    if (cut_behind) line.back() = U'…';
    begin -= from;
    length = std::max<std::size_t>(1, std::min(length, line.size() - std::min(begin, line.size())));
  }

  std::string text(source_indent), carets(source_indent), under;
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::string character;
    append_utf8(character, line[i]);
    text += character;
    if (i < begin) {
      carets += line[i] == U'\t' ? "\t" : std::string(display_width(character), ' ');
    } else if (i < begin + length) {
      under += std::string(line[i] == U'\t' ? 1 : display_width(character), '~');
    }
  }
  if (under.empty()) under = "~";
  under.front() = '^';
  return text + "\n" + carets + under + "\n";
}

} // namespace

std::string render(const Error& error) {
  std::string text;
  const Place& place = error.place;
  if (!place.file.empty()) {
    text += one_line(place.file);
    if (place.line > 0) {
      text += ":" + std::to_string(place.line);
      if (place.column > 0) text += ":" + std::to_string(place.column);
    }
    text += ": ";
  }
  text += one_line(error.what) + "\n";
  if (!error.source_line.empty() && place.line > 0) text += underlined(error.source_line, place);
  if (!error.hint.empty()) {
    const std::string hint = visible(error.hint);
    for (const std::string_view line : split(hint, '\n')) {
      text += line.empty() ? "\n" : std::string(hint_indent) + std::string(line) + "\n";
    }
  }
  return text;
}

} // namespace murphy
