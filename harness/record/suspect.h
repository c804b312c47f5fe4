// Why a step failed, as far as the evidence says: which layer, which name, and what to do.
#pragma once

#include "record/code_place.h"
#include "record/failure.h"
#include "record/migrations.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::record {

// The layer of the app, or what stands around it. `unknown` is said when the evidence does not tell.
enum class Layer { unknown, view, controller, model, database, session, config, network, harness };

// How often a suspect of this kind is right: high in 98 of 100, medium in 90, low in 60; a guess less often, so that no
// headline names it.
enum class Confidence { guess, low, medium, high };

// "unknown", "view" …; "guess", "low", "medium", "high".
std::string_view name_of(Layer layer);
Layer layer_named(std::string_view name); // unknown for every other word
std::string_view name_of(Confidence confidence);

// Where a line of evidence stands.
enum class EvidenceSource {
  console,
  database_log,
  page,
  requests,
  form,
  schema,
  baseline,
  probes,
  validation,
  expectation, // one that did not hold
};

// What speaks for the suspect: a line, masked, or the expectation that did not hold.
struct EvidenceLine {
  EvidenceSource source = EvidenceSource::console;
  std::string text;
  std::optional<Failure> failure = {}; // instead of a text, exactly of an expectation
  bool operator==(const EvidenceLine&) const = default;
};

// Where the name that was probably meant comes from.
enum class SuggestionOrigin {
  none,
  engine_hint,
  choices_in_message,
  attributes_in_message,
  schema,
  baseline,
  statement,
  usual_spelling,
  field_id,
  field_label,
  scenario,
};

struct Suspect {
  Layer layer = Layer::unknown;
  Layer also = Layer::unknown; // the other layer it may be, where the evidence cannot tell the two apart
  std::string cause;           // half a sentence: `column "pasword_hash" does not exist; users has "password_hash"`
  std::string identifier;      // the name it is about, as the app spelled it; may be empty
  std::string suggestion;      // what was probably meant; empty when no name is near
  SuggestionOrigin origin = SuggestionOrigin::none; // of the suggestion
  std::string subject{}; // what several sentences may be about: "cookie sid Path"; may be empty
  Confidence confidence = Confidence::low;
  std::string reason; // what kind of fact speaks for it: "signature:column", "ending:rejected"; may be empty
  std::vector<EvidenceLine> evidence;
  std::string advice;            // what to do, one sentence
  std::string wrong_name;        // which of the two names is wrong, to be looked for in the code; may be empty
  std::vector<CodePlace> places; // where the code writes that, the likeliest first
  std::vector<NamedIn> named_in; // migrations that write its names
  std::string fingerprint;       // the same for the same cause in every run, on every machine: 16 hexadecimal digits
  bool operator==(const Suspect&) const = default;
};

// "the model or the database — column …"; the suspect must have a layer.
std::string described(const Suspect& suspect);

// "Likely cause: the model — column …", or, when the evidence does not tell, a sentence that says so.
std::string headline(const Suspect& suspect);

} // namespace murphy::record
