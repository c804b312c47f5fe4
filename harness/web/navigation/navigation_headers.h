// The headers of one request of a navigation, and what a redirect does to a request. Pure.
#pragma once

#include "web/navigation/navigation.h"

namespace murphy::web {

// A navigation request on its way: what the redirects so far have made of it.
struct Travel {
  std::string method;
  OutgoingText body;
  std::string content_type;
  std::vector<RequestHeader> headers; // the caller's own
  ReferrerPolicy policy = ReferrerPolicy::strict_origin_when_cross_origin;
  std::optional<Url> referrer_source; // what is left of the initiator's address: what is cut off once stays away
  std::vector<Url> chain;             // every address so far; the last one is requested now

  const Url& url() const { return chain.back(); }
};

Travel begin_travel(const NavigationRequest& request);

// Whether the request that comes next carries cookies and the session takes those of its answer. fetch() leaves both
// out as soon as another origin is asked (https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
bool takes_cookies(const Travel& travel, const NavigationRequest& request);

// What SameSite makes of the request that comes next.
CookieContext cookie_context(const Travel& travel, const NavigationRequest& request);

// The request as it is sent, as what it is sent. `cookie` is what the jar has for it, maybe nothing.
Request compose(const Travel& travel, const NavigationRequest& request, const std::string& cookie);

// Where a response redirects to: none if it does not. Errors: usage, when the address cannot be loaded, or when there
// are several.
Result<std::optional<Url>> redirect_target(const Response& response, const Url& current);

// The address that a response redirects to and another program opens: one with a scheme of its own. Empty where it does
// not, where a browser refuses the scheme (`javascript:`), and for a host with a port that lacks its scheme.
std::string handed_over(const Response& response);

// Goes on to `target` as HTTP-redirect fetch says: method, body, headers, referrer policy.
void redirect(Travel& travel, const Response& response, Url target);

} // namespace murphy::web
