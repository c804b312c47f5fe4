// Errors as most are made: what, and what to do instead; of no place in a file.
#pragma once

#include "base/error.h"

#include <string>
#include <utility>

namespace murphy {

inline Error usage_error(std::string what, std::string hint = {}) {
  return {.kind = ErrorKind::usage, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

inline Error target_error(std::string what, std::string hint = {}) {
  return {.kind = ErrorKind::target, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

inline Error internal_error(std::string what, std::string hint = {}) {
  return {
      .kind = ErrorKind::internal, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

} // namespace murphy
