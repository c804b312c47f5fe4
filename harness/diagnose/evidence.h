// What is known of a sign-in that went wrong, as values. Everything may be missing.
#pragma once

#include "diagnose/step_facts.h"
#include "record/code_place.h"
#include "record/known_good.h"
#include "record/migrations.h"
#include "record/page.h"
#include "record/probes.h"
#include "record/schema.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::diagnose {

// A request and how it was answered; `path` may be unknown (empty), `status` is 0 when no answer came.
struct Exchange {
  std::string method;
  std::string path;
  int status = 0;
  std::string note;
  bool operator==(const Exchange&) const = default;
};

// What a run that went well looked like.
struct KnownGood {
  std::vector<Exchange> exchanges;
  std::vector<std::string> fields; // names of the entries the sign-in form sent
  std::string sign_in_page;        // visible text
  std::string dashboard;
  std::string refusal;              // the page after a wrong password
  std::vector<std::string> console; // what the app writes when nothing is wrong
  std::optional<record::Schema> schema;
  std::optional<record::KnownGood> record; // what a run of our own is held against
  record::KnownGood seen;                  // and what that run saw of the same
};

struct Evidence {
  std::string id; // whatever names it in the output; may be empty
  std::vector<Exchange> exchanges;
  std::vector<std::string> locations;     // of the redirects, in order
  std::vector<std::string> challenges;    // WWW-Authenticate of the last answer: RFC 9110 section 11.6.1
  std::string page;                       // visible text of the page it ended on
  std::vector<record::ShownError> errors; // that page shows
  std::vector<std::string> fields;        // names of the entries that were submitted
  std::vector<std::string> console;       // text in pieces of one or more lines
  bool is_cut = false;                    // of a long log, only what is around its errors is on the console
  std::vector<std::string> database_log;
  std::optional<record::Schema> schema;
  std::string database_note; // why there is no schema although a database is named; may be empty
  std::optional<KnownGood> known_good;
  record::Probes probes;
  std::optional<StepFacts> of_step; // of a run of our own
  std::map<std::string, std::vector<record::CodePlace>>
      code; // where the code writes a name, as far as it was looked at
  std::optional<record::MigrationsSeen> migrations;
  std::map<std::string, std::vector<std::string>> named_in; // which of them write a name, as far as they were read
};

// All that the page says: its text, and the errors it shows.
std::string words_of_page(const Evidence& evidence);

} // namespace murphy::diagnose
