// What a server's answer to a submission says: accepted, or refused, and for which field. Pure.
#pragma once

#include "drive/driver.h"

#include <string>
#include <vector>

namespace murphy::run {

struct Verdict {
  enum class Kind {
    accepted,
    refused_here,      // with an error at the field
    refused_elsewhere, // with errors at other fields only
    refused_unplaced,  // with words that belong to no field
    refused_silently,  // without a word
    server_error,
    throttled, // 429
    locked,    // the app takes the probes for an attack
    signed_out,
    unknown,
  };
  Kind kind = Kind::unknown;
  std::string words; // the server's own; may be empty
  std::string where; // "200 /dashboard “Your beds”"
  std::string field; // refused_elsewhere: the field that the error stands at
};

// Where an accepted submission leads, as the valid one has shown it.
struct Arrival {
  std::string path;
  bool redirected = false;
  bool shows_form = false;
  std::vector<std::string> errors; // words that it shows although all is well
};

// What the answer is read against.
struct Question {
  std::string form;                 // its words
  std::vector<std::string> names;   // every way the field that was probed could be named; empty: none was
  std::string error;                // CSS selector of the app's own errors; may be empty
  std::string sign_in_path;         // may be empty
  const Arrival* arrival = nullptr; // null for the first valid submission
};

Verdict read_verdict(const drive::Visit& visit, const Question& question);

Arrival arrival_of(const drive::Visit& visit, const Question& question);

// Whether the words say that another record has the value already, which is no rule of the value itself.
bool says_taken(std::string_view words);

} // namespace murphy::run
