// What murphy explain is given: evidence, a journal, or a log.
#pragma once

#include "base/error.h"
#include "diagnose/evidence.h"
#include "diagnose/signature.h"

#include <functional>
#include <string>

namespace murphy::cli {

// Takes evidence, and the error formats to judge it with.
using TakeEvidence = std::function<void(const diagnose::Evidence&, const diagnose::Signatures&)>;

// The error formats to explain with: of the project that the user named, else of the one around. A journal brings those
// of its run, which count before a project that nobody named.
struct ExplainSignatures {
  const diagnose::Signatures& known;
  bool named = false;
};

// Hands over the evidence of a file of JSON or JSON lines, one at a time, as far as it can be read. Errors: usage, with
// the line.
Result<void> read_evidence(const std::string& path, const diagnose::Signatures& signatures, const TakeEvidence& take);

// A journal is recognised by its first line: the evidence of each of its steps that failed. Everything else is a log:
// one piece of evidence, with at most some megabytes kept of it. UTF-16 with a byte order mark is read as such. Errors:
// usage, when it cannot be read or is no text.
struct LogRead {
  bool journal = false;
  bool cut = false; // only the parts around error messages were kept
};
Result<LogRead> read_log_or_journal(const std::string& path, const ExplainSignatures& signatures,
                                    const TakeEvidence& take);

} // namespace murphy::cli
