#include "reports/text_block.h"

#include "base/text.h"

#include <algorithm>
#include <limits>

namespace murphy::reports {

namespace {

constexpr Symbols unicode_symbols{
    .passed = "✓", .failed = "✗", .error = "!", .skipped = "–", .arrow = "→", .dot = "·", .bar = "│", .ellipsis = "…"};
constexpr Symbols ascii_symbols{.passed = "ok",
                                .failed = "FAILED",
                                .error = "! ERROR",
                                .skipped = "- skipped",
                                .arrow = "->",
                                .dot = "-",
                                .bar = "|",
                                .ellipsis = "..."};

constexpr std::size_t label_width = 10;
constexpr std::size_t narrow_label_indent = 2;
constexpr std::size_t least_room = 8; // columns a deep indent leaves to text all the same

std::string_view sgr(Tone tone) {
  switch (tone) {
  case Tone::plain: return "";
  case Tone::strong: return "\x1B[1m";
  case Tone::dim: return "\x1B[2m";
  case Tone::good: return "\x1B[32m";
  case Tone::bad: return "\x1B[1;31m";
  case Tone::doubtful: return "\x1B[1;33m";
  }
  return "";
}

// One code point on its way to a line.
struct Cell {
  std::string_view bytes;
  std::size_t width;
  Tone tone;
  bool is_whole;
  bool is_space() const { return !is_whole && bytes == " "; }
};

std::vector<Cell> cells_of(const Spans& spans) {
  std::vector<Cell> cells;
  for (const TextSpan& span : spans) {
    for (std::string_view rest = span.text; !rest.empty();) {
      const std::string_view before = rest;
      next_code_point(rest);
      const std::string_view bytes = before.substr(0, before.size() - rest.size());
      cells.push_back({.bytes = bytes, .width = display_width(bytes), .tone = span.tone, .is_whole = span.is_whole});
    }
  }
  return cells;
}

// Where the row that starts at `begin` ends: behind its last word that fits in `room`, or within a word too long for
// any.
std::size_t end_of_row(const std::vector<Cell>& cells, std::size_t begin, std::size_t room) {
  std::size_t end = begin;
  for (std::size_t used = 0; end < cells.size() && used + cells[end].width <= room; ++end) used += cells[end].width;
  if (end == cells.size() || cells[end].is_space()) return end;
  bool has_word = false;
  std::size_t last_space = begin;
  for (std::size_t i = begin; i < end; ++i) {
    if (!cells[i].is_space()) {
      has_word = true;
    } else if (has_word) {
      last_space = i;
    }
  }
  return last_space > begin ? last_space : std::max(end, begin + 1);
}

} // namespace

const Symbols& symbols(const ConsoleStyle& style) { return style.unicode ? unicode_symbols : ascii_symbols; }

std::string paint(const ConsoleStyle& style, Tone tone, std::string_view text) {
  const bool is_blank = text.find_first_not_of(' ') == std::string_view::npos;
  if (!style.colour || tone == Tone::plain || is_blank) return std::string(text);
  return std::string(sgr(tone)).append(text).append("\x1B[0m");
}

std::string cut(const ConsoleStyle& style, std::string_view text, std::size_t width) {
  if (style.unicode || display_width(text) <= width) return ellipsize(text, width);
  const std::string_view mark = symbols(style).ellipsis;
  if (width <= mark.size()) return std::string(mark.substr(0, width));
  std::string shortened = ellipsize(text, width - mark.size() + 1);
  shortened.resize(shortened.size() - unicode_symbols.ellipsis.size());
  return shortened.append(mark);
}

std::size_t TextBlock::room(std::size_t indent) const {
  if (style_.width <= 0) return std::numeric_limits<std::size_t>::max();
  const std::size_t width = static_cast<std::size_t>(style_.width);
  return width > indent_ + indent + least_room ? width - indent_ - indent : least_room;
}

void TextBlock::put_lead(std::string_view lead) {
  const std::size_t label = std::min(display_width(label_), indent_);
  if (!label_.empty()) {
    text_.append(indent_ - std::max(label, label_width), ' ');
    text_ += paint(style_, label_tone_, label_);
    if (label < label_width) text_.append(label_width - label, ' ');
    label_.clear();
  } else {
    text_.append(indent_, ' ');
  }
  text_ += paint(style_, Tone::dim, lead);
}

void TextBlock::wrapped(std::string_view first, std::string_view rest, const Spans& spans) {
  const std::vector<Cell> cells = cells_of(spans);
  std::size_t begin = 0;
  bool is_first = true;
  do {
    const std::string_view lead = is_first ? first : rest;
    const std::size_t end = end_of_row(cells, begin, room(display_width(lead)));
    put_lead(lead);
    for (std::size_t i = begin; i < end;) {
      std::string run;
      const Tone tone = cells[i].tone;
      for (; i < end && cells[i].tone == tone; ++i) run += cells[i].bytes;
      text_ += paint(style_, tone, run);
    }
    while (text_.ends_with(' ')) text_.pop_back();
    text_ += '\n';
    begin = end;
    while (begin < cells.size() && cells[begin].is_space()) ++begin;
    is_first = false;
  } while (begin < cells.size());
}

void TextBlock::line(const Spans& spans, std::size_t hang) {
  // A deep hang would leave no room on a narrow terminal.
  wrapped("", std::string(std::min(hang, room(0) / 3), ' '), spans);
}

void TextBlock::barred(Tone tone, std::string_view text) {
  const std::string bar = std::string(symbols(style_).bar) + " ";
  wrapped(bar, bar, {{tone, std::string(text)}});
}

void TextBlock::begin_label(Tone tone, std::string_view label) {
  if (is_narrow()) {
    line({{tone, std::string(label)}});
    indent(narrow_label_indent);
    return;
  }
  indent(label_width);
  label_ = label;
  label_tone_ = tone;
}

void TextBlock::end_label() { outdent(is_narrow() ? narrow_label_indent : label_width); }

void TextBlock::labelled(Tone tone, std::string_view label, std::string_view text) {
  begin_label(tone, label);
  for (const std::string_view part : split(text, '\n')) {
    const std::size_t leading = std::min(part.find_first_not_of(' '), part.size());
    line({{Tone::plain, std::string(part)}}, leading);
  }
  end_label();
}

} // namespace murphy::reports
