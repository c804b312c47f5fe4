// What only a run knows of the step that did not pass, beside what any evidence may hold.
#pragma once

#include "diagnose/markup.h"
#include "record/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace murphy::diagnose {

struct SentField {
  std::string name;
  std::string label; // as a person would call it
  std::string type;  // "text", "password", "hidden" …; empty where a scenario made the request up
  std::string value; // for comparing only, never for showing
  bool operator==(const SentField&) const = default;
};

// What a step submitted.
struct SentForm {
  std::string method;
  std::string path;
  std::string encoding;
  std::vector<SentField> fields;
  bool made_up = false; // a request of the scenario's own, not a form of the page
  bool operator==(const SentForm&) const = default;
};

// Whether people type into the field.
bool is_typed(const SentField& field);

// What was typed for the name of an account: into a field for an email address, else into the first that is no
// password. Empty: nothing was.
std::string account_in(const SentForm& sent);

// A form with a password in it that an earlier step of the case submitted.
struct SignInAttempt {
  std::string path;
  std::string account; // what was typed for the name of the account; for comparing only
  bool accepted = false;
  bool makes_account = false; // it holds more than a name and a password
  bool operator==(const SignInAttempt&) const = default;
};

// A cookie as an answer set it.
struct CookieSet {
  std::string name;
  std::string path;                             // below which it is sent; empty: not said
  std::string set_by;                           // the path of the answer
  std::optional<record::DroppedCookie> dropped; // why no browser keeps it; none when browsers do
  bool operator==(const CookieSet&) const = default;
};

struct StepFacts {
  std::vector<record::Failure> failures;      // the expectations that did not hold
  std::vector<record::ValidationCell> broken; // the rules of fields that do not hold
  std::size_t first_exchange = 0;             // those of the evidence before it belong to earlier steps
  std::optional<SentForm> sent;
  std::vector<SignInAttempt> attempts; // before this step, in their order
  std::vector<CookieSet> cookies;      // of the whole case, in their order
  std::vector<Tag> tags;               // of the page it ended on
  std::vector<record::PageForm> forms; // of that page
  std::string query;                   // of the step's first request; for comparing only
  bool asked_before = false;           // an earlier step asked for the same address, query and all
  bool from_a_link = false;            // the last address was read off a page or a mail
  bool own_cookie = false;             // the scenario sent a cookie of its own making
  bool tests_rules = false;            // it sends a form again and again to test its rules
};

} // namespace murphy::diagnose
