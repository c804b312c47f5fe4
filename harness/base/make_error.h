// Errors as most are made: what, and what to do instead; of no place in a file.
#pragma once

#include "base/error.h"

#include <cstdint>
#include <string>
#include <utility>

namespace murphy {

inline Error usage_error(std::string what, std::string hint = {}) {
  return {.kind = ErrorKind::usage, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

inline Error target_error(std::string what, std::string hint = {}) {
  return {.kind = ErrorKind::target, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

inline Error unseen_error(std::string what, std::string hint = {}) {
  return {.kind = ErrorKind::unseen, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

inline Error internal_error(std::string what, std::string hint = {}) {
  return {
      .kind = ErrorKind::internal, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

// The same error, of a line of a file; line 0 means the file as a whole.
inline Error in_file(Error error, std::string file, std::uint32_t line = 0) {
  error.place.file = std::move(file);
  error.place.line = line;
  return error;
}

// The same error, where the user wrote what it is about: anything with a `place` and its `source_line`.
template <class Written> Error at_place_of(const Written& written, Error error) {
  error.place = written.place;
  error.source_line = written.source_line;
  return error;
}

} // namespace murphy
