// Pages that go on by themselves: forms that a script submits at load (SAML, OIDC form_post), and meta refresh.
#pragma once

#include "web/forms/form.h"
#include "web/html/document.h"
#include "web/url/url.h"

#include <chrono>
#include <optional>

namespace murphy::web {

// The form that the page submits by itself while it loads, or null; it goes out with no submitter. No script is run:
// recognised are calls of submit() and requestSubmit() on a form in <body onload> or an inline script, where they are
// sure to be reached: not under a condition, and not in a function that only an event calls. Functions that run at load
// are those called there, and those given to onload, the load events, jQuery's ready, or a timer of at most five
// seconds. A form with a field that a person can see and fill in is never taken for one.
const Form* submitted_at_load(const Forms& forms, const Document& document);

// Where a meta refresh takes a person who just waits: one whose delay is at most `patience`. None when the page has no
// such refresh, when it reloads the page itself, or when its address cannot be resolved.
std::optional<Url> refreshed_to(const Document& document, std::chrono::seconds patience = std::chrono::seconds{5});

} // namespace murphy::web
