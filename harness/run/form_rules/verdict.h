// What a server's answer to a submission says: accepted, or refused, and for which field. Pure.
#pragma once

#include "drive/driver.h"
#include "record/validation.h"
#include "run/form_rules/answer.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

struct Verdict {
  record::SubmissionEnd kind = record::SubmissionEnd::unknown;
  std::string words; // the server's own; may be empty. Of a page that cannot be read, why
  record::AnswerSeen answer;
  std::string field;            // refused: the field that the error stands at
  bool might_be_a_lock = false; // its words, or its status, could be those of an app that takes no more submissions
};

// Where an accepted submission leads, as the valid one has shown it.
struct Arrival {
  AnswerText answer;
  std::vector<Line> news;   // beyond the page as it was loaded
  std::vector<Line> errors; // that it shows although all is well
  std::string json;         // its body, where that is JSON
};

// What the answer is read against.
struct Question {
  std::string form;                             // its words
  std::vector<std::string> names;               // every way the probed field could be named; empty: none was probed
  std::vector<std::vector<std::string>> fields; // the same of every field of the form
  std::string error;                            // CSS selector of the app's own errors; may be empty
  std::string sign_in_path;                     // may be empty
  const AnswerText* loaded = nullptr;           // the page that the form was filled in on
  const Arrival* arrival = nullptr;             // null for the first valid submission
  const SentTexts* sent = nullptr;
};

// `loaded` and `sent` are to be given.
Verdict read_verdict(const drive::Visit& visit, const Question& question);

Arrival arrival_of(const drive::Visit& visit, const Question& question);

} // namespace murphy::run
