// What a server's answer to a submission says: accepted, or refused, and for which field. Pure.
#pragma once

#include "drive/driver.h"
#include "record/validation.h"

#include <string>
#include <vector>

namespace murphy::run {

struct Verdict {
  record::SubmissionEnd kind = record::SubmissionEnd::unknown;
  std::string words; // the server's own; may be empty. Of a page that cannot be read, why
  record::AnswerSeen answer;
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
