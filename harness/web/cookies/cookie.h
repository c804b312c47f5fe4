// A browser's cookies: storage and retrieval by draft-ietf-httpbis-rfc6265bis, and where that leaves a choice, as
// Chromium chooses. What a browser would drop is dropped, and said: an app that only works with a lenient client is
// broken.
#pragma once

#include "record/dropped_cookie.h"
#include "record/exchange.h"
#include "record/set_cookie.h"
#include "web/url/url.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

struct Cookie {
  std::string name; // may be empty
  std::string value;
  std::string domain; // as in Url::host(); never with a leading dot
  std::string path;   // begins with "/"
  bool host_only = true;
  bool secure = false;
  bool http_only = false;
  record::SameSite same_site = record::SameSite::unspecified;
  std::optional<record::Instant> expires; // none: until the session ends
  record::Instant created{};              // kept when a cookie is overwritten
  record::Instant changed{};              // when it got its value; the grace of two minutes counts from here
  bool operator==(const Cookie&) const = default;
};

struct StoreOutcome {
  std::string name;
  bool removed = false;                         // the line was a removal: it had expired already
  std::optional<record::DroppedCookie> dropped; // a browser does not act on the line
};

// Whether a cookie is for requests to that host, whatever their path.
bool is_for_host(const Cookie& cookie, std::string_view host);

// What a request is, as SameSite sees it.
struct CookieContext {
  bool same_site = true; // by the page that caused it; true for a typed address
  bool top_level_navigation = true;
  bool safe_method = true; // GET, HEAD, OPTIONS, TRACE
};

// The cookies of one browser session. A value: copies are independent. Secure cookies are stored from and sent to https
// and, as in Chromium, also plain http on this machine (localhost, *.localhost, 127.0.0.0/8, [::1]), prefixed ones
// included.
class CookieJar {
public:
  // Acts on the value of one Set-Cookie header of a response to `url`. The lifetime of a cookie is at most 400 days.
  StoreOutcome store(std::string_view set_cookie, const Url& url, const CookieContext& context, record::Instant now);

  // The value of the Cookie header for a request, longest path first, then oldest; empty when there is none to send.
  std::string cookie_header(const Url& url, const CookieContext& context, record::Instant now) const;

  // The cookies behind cookie_header(), in the same order.
  std::vector<Cookie> cookies_for(const Url& url, const CookieContext& context, record::Instant now) const;

  // Whether any line for store() had that name, be its cookie gone or dropped.
  bool has_heard_of(std::string_view name) const { return names_.contains(name); }

  // Every cookie, oldest first; also such as expired since the last store() or remove_expired().
  const std::vector<Cookie>& all() const { return cookies_; }

  void remove_expired(record::Instant now);
  // Removes those of the URL's site, as Clear-Site-Data does: of every host below its registrable domain.
  void clear_site(const Url& url);
  // Every cookie of that name that would go to the host.
  void remove(std::string_view name, std::string_view host);
  void clear() { cookies_.clear(); }

private:
  std::vector<Cookie> cookies_;
  std::set<std::string, std::less<>> names_; // of all lines that were to be stored
};

} // namespace murphy::web
