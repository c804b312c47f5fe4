// An expectation that did not hold, for people: the one place where its words are made. Nothing may compare them.
#pragma once

#include "record/failure.h"

#include <string>

namespace murphy::words {

struct FailureText {
  std::string key; // of the expectation: "dashboard", "Email, max_length"; empty: the step as a whole
  std::string expected;
  std::string got;
  std::string hint; // what to look at, candidates, the nearest name; may be several lines; may be empty
};

FailureText failure_text(const record::Failure& failure);

// What the negative control of the dashboard found that did not hold.
struct ControlText {
  std::string headline;
  std::string fact; // may be empty
  std::string consequence;
  std::string place; // where to look, which goes on after "Look first at "
};
ControlText control_text(const record::Failure& failure);

// "200", "2xx", "[200, 302]".
std::string statuses_text(const std::vector<record::StatusRange>& statuses);

} // namespace murphy::words
