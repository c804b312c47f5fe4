#include "words/note_text.h"

#include "words/failure_text.h"

#include <fmt/format.h>

namespace murphy::words {

namespace {

std::string judged(const record::Failure& of) {
  const FailureText failure = failure_text(of);
  return fmt::format("{}: expected {}; got {}", failure.key, failure.expected, failure.got);
}

std::string first_try(const record::Note& note) { return note.failure ? judged(*note.failure) : note.text; }

} // namespace

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
    return "`when` does not hold: " + judged(*note.failure);
  }
  case condition_unjudged: return "`when` could not be judged: " + note.text;
  case known_failure: return fmt::format("known failure {}, until {}", note.text, note.until);
  case stepped: return "stepped by hand";
  case skipped_by_hand: return "not judged: a step was skipped by hand";
  case repeated_by_hand:
    return "not judged: a step passed only when it was repeated by hand; first, " + first_try(note);
  }
  return {};
}

} // namespace murphy::words
