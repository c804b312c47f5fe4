#include "words/note_text.h"

#include "words/failure_text.h"

#include <fmt/format.h>

namespace murphy::words {

std::string note_text(const record::Note& note) {
  using enum record::Note::Kind;
  switch (note.kind) {
  case none: return {};
  case as_written: return note.text;
  case interrupted: return "interrupted";
  case retried: return fmt::format("tried {} times", note.number);
  case other_target: return "only for the target " + note.text;
  case condition_without_page: return "`when` looks at the page at hand, and there is none yet";
  case condition_unmet: {
    if (!note.failure) return "`when` does not hold";
    const FailureText failure = failure_text(*note.failure);
    return fmt::format("`when` does not hold: {}: expected {}; got {}", failure.key, failure.expected, failure.got);
  }
  case condition_unjudged: return "`when` could not be judged: " + note.text;
  case known_failure: return fmt::format("known failure {}, until {}", note.text, note.until);
  }
  return {};
}

} // namespace murphy::words
