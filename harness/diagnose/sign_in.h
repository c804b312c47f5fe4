// How far a sign-in came, by its requests and the words of the page it ended on.
#pragma once

#include "diagnose/evidence.h"

#include <string_view>

namespace murphy::diagnose {

enum class Ending {
  undetermined,    // there are no requests and nothing else that would tell
  unreachable,     // the app gave no answer from the start
  moved_to_https,  // it sent the browser to an address where nothing answers
  page_failed,     // the first pages ended in a server error
  page_refused,    // 400, 401, 403 before anything was submitted
  page_missing,    // 404 before anything was submitted
  no_form,         // a page came, and nothing on it was submitted
  set_up,          // the app offers to install itself
  form_astray,     // the form went to an address or by a method that the app does not know
  submit_failed,   // a server error in answer to the form
  submit_refused,  // 403, 419, 422: not about the password
  submit_lost,     // no answer to the form
  form_unread,     // 400: the app cannot read the form
  field_missing,   // the app says that a field that was sent is empty
  rejected,        // the credentials are wrong, says the app
  denied,          // the form once more: access is denied, says the app, and nothing of credentials
  form_again,      // the form once more, and not a word
  sent_back,       // a redirect to the form, and not a word: what would say one is kept in the session
  bounced,         // accepted, then not known any more
  landing_failed,  // accepted, then a server error
  landing_missing, // accepted, then 404
  landing_denied,  // accepted, then no right to the page
  signed_in,       // nothing is wrong with it
};

// "rejected", "form_again" …
std::string_view name_of(Ending ending);

struct SignInCourse {
  Ending ending = Ending::undetermined;
  const Exchange* at = nullptr; // the exchange that shows it; looks into the evidence
};

// Whether words, in lower case, say that credentials are wrong.
bool refuses(std::string_view words);

SignInCourse how_it_ended(const Evidence& evidence);

} // namespace murphy::diagnose
