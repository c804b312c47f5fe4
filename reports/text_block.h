// Lines for people, laid out for a width and painted for a terminal: what every part of the console report writes into,
// and the details in JUnit too.
#pragma once

#include "reports/console_style.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::reports {

enum class Tone { plain, strong, dim, good, bad, doubtful };

// Text in one tone. `text` is one line that plain_text() or Murphy itself made.
struct TextSpan {
  Tone tone = Tone::plain;
  std::string text;
  bool is_whole = false; // never broken at its spaces
};

using Spans = std::vector<TextSpan>;

inline TextSpan whole(Tone tone, std::string text) { return {.tone = tone, .text = std::move(text), .is_whole = true}; }

// The signs of a report, and what stands for them without UTF-8.
struct Symbols {
  std::string_view passed, failed, error, skipped;
  std::string_view arrow, dot, bar, ellipsis;
};

const Symbols& symbols(const ConsoleStyle& style);

// The text in its tone, as it goes to the terminal.
std::string paint(const ConsoleStyle& style, Tone tone, std::string_view text);

// At most `width` columns of the text, ending with the style's ellipsis when something was left out.
std::string cut(const ConsoleStyle& style, std::string_view text, std::size_t width);

class TextBlock {
public:
  explicit TextBlock(const ConsoleStyle& style) : style_(style) {}

  const ConsoleStyle& style() const { return style_; }
  // Narrow terminals get their labels above the text instead of beside it.
  bool is_narrow() const { return style_.width > 0 && style_.width < 60; }
  // Columns left for text behind `indent`; a very large number when nothing is wrapped.
  std::size_t room(std::size_t indent) const;

  // Every line that follows is moved right by so many columns more, or fewer.
  void indent(std::size_t columns) { indent_ += columns; }
  void outdent(std::size_t columns) { indent_ -= columns; }

  // One line, wrapped at spaces; what does not fit continues `hang` columns further right than it began.
  void line(const Spans& spans, std::size_t hang = 0);
  // A line behind a dim bar that stands before its continuations too.
  void barred(Tone tone, std::string_view text);
  // `label` and beside it the lines of `text` (one at least), each wrapped; on narrow terminals below it.
  void labelled(Tone tone, std::string_view label, std::string_view text);
  // The same for a label whose text is written by the calls that follow, up to end_label().
  void begin_label(Tone tone, std::string_view label);
  void end_label();
  void blank() { text_ += '\n'; }
  // Lines that another block of the same style laid out.
  void add(std::string_view lines) { text_ += lines; }

  const std::string& text() const { return text_; }

private:
  void wrapped(std::string_view first, std::string_view rest, const Spans& spans);
  void put_lead(std::string_view lead);

  ConsoleStyle style_;
  std::size_t indent_ = 0;
  std::string label_; // a label not written yet: the next line begins with it
  Tone label_tone_ = Tone::plain;
  std::string text_;
};

} // namespace murphy::reports
