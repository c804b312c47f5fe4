// A request as the bytes that go onto the wire (RFC 9112, section 3). Pure.
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "web/http/message.h"

#include <string>
#include <string_view>

namespace murphy::web {

// Whether the request can be sent. Errors: usage, when a part cannot be written down or is the client's own to set.
Result<void> check(const Request& request);

// Head and body together, of a request that can be sent. With `absolute_form` the request line holds the whole URL, as
// a proxy wants it, and `credentials` (may be null) go along as Proxy-Authorization.
ClearText request_text(const Request& request, bool absolute_form, const Secret* credentials);

// Asks a proxy for a tunnel to the URL's host and port (RFC 9110, section 9.3.6).
ClearText connect_text(const Url& url, const Secret* credentials);

// Whether sending it twice does the same as once: RFC 9110, section 9.2.2.
bool is_idempotent(std::string_view method);

} // namespace murphy::web
