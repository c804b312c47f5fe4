// Pages that go on by themselves: forms that a script submits at load (SAML, OIDC form_post), and meta refresh.
#pragma once

#include "web/forms/form.h"
#include "web/html/document.h"
#include "web/policy/page_policy.h"
#include "web/url/url.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace murphy::web {

// Whether the source of an HTML page has any of the words without which it neither goes on by itself nor has frames.
// Costs a look at each byte, where reading the page costs a hundred times as much.
bool may_act_at_load(std::string_view source);

// What a page sends by itself.
struct LoadTimeForm {
  const Form* form = nullptr;              // null: nothing
  std::optional<record::Policy> forbidden; // the page's own policy, which keeps the script from doing so
};

// The form that the page submits by itself while it loads; it goes out with no submitter. No script is run:
// recognised are calls of submit() and requestSubmit() on a form in <body onload> or an inline script, where they are
// sure to be reached: not under a condition, and not in a function that only an event calls. Functions that run at load
// are those called there, and those given to onload, the load events, jQuery's ready, or a timer of at most five
// seconds. A form with a field that a person can see and fill in is never taken for one. Scripts that `policy` forbids
// run no more than in a browser; a form that one of them would send is given with the policy.
LoadTimeForm submitted_at_load(const Forms& forms, const Document& document, const PagePolicy& policy);

// Where a refresh of a page at `address` takes a person who just waits: one whose delay is at most `patience`. None
// when it reloads the page itself, or when its address cannot be resolved against `base`.
std::optional<Url> refreshed_to(const Refresh& refresh, const Url& address, const Url& base,
                                std::chrono::seconds patience = std::chrono::seconds{5});

} // namespace murphy::web
