// Sites: what browsers take as one party. A site is a scheme and a registrable domain
// (https://html.spec.whatwg.org/#sites).
#pragma once

#include "web/url/url.h"

#include <string>
#include <string_view>

namespace murphy::web {

// Whether a host as in Url::host() is a public suffix ("com", "co.uk", "github.io"), by the list built into libpsl. A
// single label that is on no list ("localhost", "intranet") counts as one, as it does in browsers.
bool is_public_suffix(std::string_view host);

// The host's registrable domain ("shop.example.co.uk" → "example.co.uk"); the host itself for addresses and public
// suffixes.
std::string registrable_domain(std::string_view host);

// Whether two URLs are of one site, scheme included ("schemefully same site").
bool same_site(const Url& left, const Url& right);

} // namespace murphy::web
