// Which proxy a request goes through: what the environment says, read as curl reads it. Pure.
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "web/url/url.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// An HTTP proxy spoken to in plain HTTP. `credentials` is "user:password", null when it asks for none.
struct Proxy {
  std::string host; // as in a URL: IPv6 in brackets
  std::uint16_t port = 0;
  std::shared_ptr<const Secret> credentials;
};

struct ProxySettings {
  std::optional<Proxy> http;         // for http URLs
  std::optional<Proxy> https;        // for https URLs
  std::vector<std::string> no_proxy; // hosts reached directly, as written; see `proxy_for`
};

// Looks up a variable of the environment: its text, or null when it is not set.
using Environment = std::function<const char*(const char* name)>;

// Reads http_proxy; https_proxy, HTTPS_PROXY; all_proxy, ALL_PROXY (for the schemes without their own); no_proxy,
// NO_PROXY: the first that is set wins, an empty one counts as not set. HTTP_PROXY in capitals is ignored: a CGI server
// sets it from a request's header. Errors: usage, naming the variable and never showing a password, when a proxy's URL
// cannot be read or its scheme is not http.
Result<ProxySettings> proxy_settings(const Environment& environment);

// The proxy for `url`, or null when it is reached directly.
//
// An entry of `no_proxy` is `*` (every host), a host or domain with or without a leading dot (matches the host itself
// and every name below it), or an IP address; each with an optional `:port`, an IPv6 address then in brackets. Case
// does not matter.
//
// Loopback (localhost, *.localhost, 127.0.0.0/8, ::1) is reached directly, as browsers do and unlike curl: the app that
// a run starts is there, and a proxy elsewhere cannot see it. The entry `<-loopback>` in `no_proxy`, Chromium's word
// for it, ends that.
const Proxy* proxy_for(const Url& url, const ProxySettings& settings);

} // namespace murphy::web
