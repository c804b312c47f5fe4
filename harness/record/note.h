// Why a step or a case ended as it did, beside its outcome, as data.
#pragma once

#include "base/boxed.h"
#include "record/failure.h"

#include <cstdint>
#include <string>

namespace murphy::record {

struct Note {
  enum class Kind {
    none,
    as_written,             // an old journal has it in words: `text`
    interrupted,            //
    retried,                // `number` times in all, until it held or the time was over
    other_target,           // it is meant for the target `text` alone
    condition_without_page, // its `when` looks at a page, and none is open
    condition_unmet,        // by `failure`
    condition_unjudged,     // `text` says why
    known_failure,          // by the ticket `text`, until the day `until`
    stepped,                // a person went through it step by step
    skipped_by_hand,        // a step, so that the case is not judged
    repeated_by_hand,       // the same of a step that passed only then; first, it ended by `failure` or by `text`
  };
  Kind kind = Kind::none;
  std::string text;
  std::string until;
  std::int64_t number = 0;
  Boxed<Failure> failure;
  bool operator==(const Note&) const = default;
};

} // namespace murphy::record
