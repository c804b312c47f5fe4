// An event as it may be written down and shown.
#pragma once

#include "record/event.h"
#include "record/redactor.h"

#include <string>
#include <string_view>

namespace murphy::record {

// The event with everything masked that the redactor knows, and everything that opens doors by its place: values of
// cookies and of authorization headers, of hidden fields, form entries, query parameters and JSON members whose name
// says that they are a token or a password. Names of cases, features and files stay; those that the app gives to
// headers, cookies and fields stay unless they spell what is masked. What was got is cut to its bound afterwards. First
// teaches the redactor the tokens that the event carries, so that they are masked wherever they turn up from now on;
// when a case ends, the redactor may forget those of it.
Event redact(Event event, Redactor& redactor);

// A text of the app, with the same masked in it.
std::string redact_text(std::string_view text, const Redactor& redactor);

} // namespace murphy::record
