// The part of a long log that is worth reading: bounded, however long the log is.
#pragma once

#include "diagnose/signature.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace murphy::diagnose {

// Takes a log piece by piece. A short one is kept whole; of a long one, the lines that a signature may take and the
// sentences on lines that speak of an error, with those around them.
class LogFilter {
public:
  explicit LogFilter(const Signatures& signatures) : signatures_(signatures) {}
  void add(std::string_view piece);
  // What is kept, once everything was added.
  std::string finish();
  // Whether something was left out.
  bool cut() const { return cut_; }

private:
  enum class Input { follows, ended };
  void filter_lines(Input input);
  bool matters(std::string_view line);
  const Signatures& signatures_;
  std::string pending_; // not sifted yet
  std::string kept_;
  bool filtering_ = false; // it has grown too long to be kept whole
  bool cut_ = false;
  int sentences_left_ = 20'000; // so many lines are read as sentences: what repeats more often says it no better
};

} // namespace murphy::diagnose
