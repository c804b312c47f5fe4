// How the console report looks, decided once from where it goes.
#pragma once

#include <functional>

namespace murphy::reports {

struct ConsoleStyle {
  bool colour = false;  // ANSI colours
  bool live = false;    // one status line at the bottom, rewritten in place
  bool unicode = false; // ✓ → ·; without it every mark is ASCII and stands beside a word
  bool ascii = false;   // quotes and dashes are ASCII, too: see ascii_text.h
  int width = 0;        // columns to wrap at; 0 wraps nothing
  bool operator==(const ConsoleStyle&) const = default;
};

// Of texts that are part of a page or file.
inline constexpr ConsoleStyle page_style{.unicode = true};

// Reads one variable; null when it is not set. std::getenv fits.
using Variable = std::function<const char*(const char* name)>;

// The style for a terminal of `width` columns (0: unknown) or, where `is_terminal` is false, for a pipe or a file.
// - colour: NO_COLOR (https://no-color.org) forbids it, CLICOLOR_FORCE asks for it anywhere, CLICOLOR=0 declines it;
//   else a terminal gets it, unless TERM=dumb or CI is set.
// - live: a terminal, unless TERM=dumb or CI is set.
// - unicode: the first of LC_ALL, LC_CTYPE and LANG that is set names UTF-8; ascii: it names something else, as C does.
// - width: COLUMNS, else the terminal's (80 when unknown, never below 20), else none.
ConsoleStyle console_style(bool is_terminal, int width, const Variable& variable);

} // namespace murphy::reports
