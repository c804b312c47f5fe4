// The fields of the sign-in form: which of them does not fit.
#pragma once

#include "diagnose/evidence.h"
#include "record/suspect.h"

#include <optional>
#include <string>

namespace murphy::diagnose {

// A field that the form has under a name the app does not read.
struct MisnamedField {
  std::string name;        // as the form has it, its last part where it is nested
  std::string meant;       // may be empty
  std::string whole;       // the name as it is sent, "user[passwd]"
  std::string whole_meant; // what was sent before; empty when no record says so
  record::SuggestionOrigin origin = record::SuggestionOrigin::none; // of `meant`
  bool certain = false;                                             // the known-good record has the other name
};

// By the known-good record: a field is gone and a near one is new. Without: no field is called as passwords or accounts
// usually are, and another is nearly.
std::optional<MisnamedField> misnamed_field(const Evidence& evidence);
// The error that the page shows at this field, or null.
const record::ShownError* error_at(const std::vector<record::ShownError>& errors, const SentField& field);
// By what the app says: it finds nothing in a field that was filled in. Its meant name comes from the record, by the
// field's id, or by the words of its label.
std::optional<MisnamedField> unread_field(const Evidence& evidence);
std::string misnamed_field_cause(const MisnamedField& field);

// Which layer a refused CSRF token speaks against: the form that did not send it, or the session that
// forgot it.
struct LayerGuess {
  record::Layer layer = record::Layer::unknown;
  record::Layer also = record::Layer::unknown;
  record::Confidence confidence = record::Confidence::medium;
};
LayerGuess csrf_layer(const Evidence& evidence);
// What it is where csrf_layer() says that the scenario may be wrong.
inline constexpr const char* made_up_csrf_cause =
    "the app refuses the CSRF token of a request that the scenario makes itself";
// The name under which the known-good record sends the token that this form lacks; empty when it is not known.
std::string missing_token(const Evidence& evidence);
// The name of a hidden token that the form sent without a value; empty when it sent none.
std::string empty_token(const Evidence& evidence);

// The name of the sent field that the page's words are about: "The password field is empty." Empty when there is none.
std::string field_the_page_names(const Evidence& evidence);

} // namespace murphy::diagnose
