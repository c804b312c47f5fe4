// What a step did and what came of it: the evidence kept for it and the outcome it led to.
#pragma once

#include "base/error.h"
#include "record/exchange.h"
#include "record/failure.h"
#include "record/note.h"
#include "record/page.h"
#include "record/probes.h"
#include "record/suspect.h"
#include "record/validation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::record {

// passed and failed are judgements of the app; error is what kept Murphy from judging; skipped was not meant to run;
// not_run stood behind a step that failed.
enum class Outcome { passed, failed, error, skipped, not_run };

// Whether the app, or Murphy, did not do what was expected: failed or error.
constexpr bool is_red(Outcome outcome) { return outcome == Outcome::failed || outcome == Outcome::error; }

// One line the app wrote, with the moment Murphy read it.
struct ConsoleLine {
  Instant at{};
  std::string text;
  bool operator==(const ConsoleLine&) const = default;
};

// Who has an entry sent: a field of the page's form, or the scenario, on purpose, beside or in place of one.
enum class EntryFrom { page, scenario };

// A field as it was filled. Values of secrets and of password fields are masked before they come here.
struct FilledField {
  std::string label; // as a person would call it; the name where there is no label
  std::string name;
  std::string type; // "text", "password", "hidden", "select", "textarea", "button"; empty for what the scenario adds
  std::string value;
  EntryFrom from = EntryFrom::page;
  bool operator==(const FilledField&) const = default;
};

// The form that a step submitted, with every entry it sent, in the order sent.
struct FilledForm {
  std::string name;   // the words on its button, else its id or name
  std::string method; // "GET", "POST"
  std::string action; // the address it went to
  std::string encoding;
  std::vector<FilledField> fields;
  std::optional<std::string> frame{}; // the frame that it is in: its name and address; none: the page itself
  bool operator==(const FilledForm&) const = default;
};

// Everything kept about a step, so that a person (and the diagnosis) can see why it ended as it did.
struct Evidence {
  std::vector<Exchange> exchanges;
  std::optional<FilledForm> form;
  std::optional<PageSeen> page;
  std::vector<ConsoleLine> console; // what the app wrote while the step ran
  std::optional<Validation> validation;
  std::optional<Probes> probes; // of a step that failed: how the app answered when it was asked more
  bool operator==(const Evidence&) const = default;
};

// An earlier step that a failure is about, with all of its evidence: of a step that passed, less is kept otherwise.
struct EarlierStep {
  std::int64_t index = 0; // among the steps of the attempt at the case, from 0
  std::string title;
  Evidence evidence;
  bool operator==(const EarlierStep&) const = default;
};

// What an earlier step that passed had reached, in short: its forms tell a failure what became of them.
struct EarlierPage {
  std::int64_t index = 0; // as of an earlier step
  PageSeen page;
  bool operator==(const EarlierPage&) const = default;
};

// Where an address comes from: written in the scenario, or read off an earlier answer or mail.
enum class AddressFrom { scenario, capture };

struct StepResult {
  std::string title;                                // "open /login", or the name the step was given
  AddressFrom address_from = AddressFrom::scenario; // of the address that it opens
  Place place;
  std::string source_line;
  Outcome outcome = Outcome::passed;
  Instant started{};
  Duration duration{};
  std::vector<Failure> failures; // not empty exactly when failed
  std::optional<Error> error;    // set exactly when outcome is error
  Note note;                     // why it was skipped, or how often it was tried
  Evidence evidence;
  std::vector<EarlierStep> earlier;       // of a step that did not pass: see steps_behind.h
  std::vector<EarlierPage> earlier_pages; // of a step that did not pass: of the other steps before it
  std::vector<Suspect> suspects; // why it did not pass, the likeliest first; empty when the evidence does not tell
  bool operator==(const StepResult&) const = default;
};

} // namespace murphy::record
