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

// What SameSite makes of the request that comes next.
CookieContext cookie_context(const Travel& travel, const NavigationRequest& request);

// The request as it is sent. `cookie` is what the jar has for it, maybe nothing.
Request compose(const Travel& travel, const NavigationRequest& request, const std::string& cookie);

// Where a response redirects to: none if it does not. Errors: usage, when the address cannot be loaded, or when there
// are several.
Result<std::optional<Url>> redirect_target(const Response& response, const Url& current);

// Goes on to `target` as HTTP-redirect fetch says: method, body, headers, referrer policy.
void redirect(Travel& travel, const Response& response, Url target);

} // namespace murphy::web
