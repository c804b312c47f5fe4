// What a browser sends with a navigation about where it comes from: Referer, Origin and Sec-Fetch-Site. Pure functions.
#pragma once

#include "record/exchange.h"
#include "web/url/url.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// https://w3c.github.io/webappsec-referrer-policy/#referrer-policies
enum class ReferrerPolicy {
  no_referrer,
  no_referrer_when_downgrade,
  same_origin,
  origin,
  strict_origin,
  origin_when_cross_origin,
  strict_origin_when_cross_origin, // browsers' default
  unsafe_url,
};

// The policy of a Referrer-Policy header or a <meta name=referrer>: the last one known in a comma-separated list; none
// if no token is known.
std::optional<ReferrerPolicy> parse_referrer_policy(std::string_view value);

// The last Referrer-Policy that a response's headers state; none when they state none that is known.
std::optional<ReferrerPolicy> response_referrer_policy(const std::vector<record::Header>& headers);

// The Referer that a request to `target` caused by the page `source` carries; empty for none.
std::string referrer(const Url& source, const Url& target, ReferrerPolicy policy);

// The Origin that a POST caused by the page `source` carries: an origin or "null". `chain` is every URL of the
// navigation so far, the last one being requested now (Fetch, "append a request Origin header"; redirects as Chromium
// does).
std::string origin_header(const Url& source, const std::vector<Url>& chain, ReferrerPolicy policy);

// The Origin that a request of a script in the page `source` carries, whatever the referrer policy: an origin or
// "null".
std::string fetch_origin(const Url& source, const std::vector<Url>& chain);

// The value of Sec-Fetch-Site; `source` is null for a typed address (https://w3c.github.io/webappsec-fetch-metadata/).
std::string fetch_site(const Url* source, const std::vector<Url>& chain);

} // namespace murphy::web
