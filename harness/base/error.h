// What can go wrong: a value that says what, where, and what to do instead.
#pragma once

#include "base/shared_text.h"

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace murphy {

// A place in a file a user wrote. Lines and columns count from 1 (columns in code points); line 0 means the file as a
// whole.
struct Place {
  SharedText file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1; // code points to underline
  bool operator==(const Place&) const = default;
};

// Which exit code an error leads to; decided from this in harness/cli and nowhere else.
enum class ErrorKind {
  usage,       // command line, project file or scenario file: nothing was sent
  target,      // the app under test could not be reached, started, or understood
  unseen,      // what only scripts show, which Murphy does not run: nothing is wrong with the app
  internal,    // Murphy's own: a report that cannot be written, a broken journal
  interrupted, // Ctrl-C
};

// An expected failure. `what` is one sentence without a full stop, `hint` says what to do instead (may be empty),
// `source_line` is the text of the line at `place` (may be empty).
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string what;
  std::string hint;
  Place place;
  std::string source_line;
  bool operator==(const Error&) const = default;
};

using Errors = std::vector<Error>;

template <class T> using Result = std::expected<T, Error>;

// The one rendering of an error for people: `file:line:column: what`, the source line, a caret line, the hint.
// Ends with a newline. Carets stand under the place also behind tabs and wide characters.
std::string render(const Error& error);

} // namespace murphy
