#include "web/navigation/navigation_policy.h"

#include "base/text.h"
#include "web/url/public_suffix.h"

#include <array>
#include <utility>

namespace murphy::web {
namespace {

// A longer Referer is cut to its origin.
constexpr std::size_t longest_referrer = 4096;

// By the schemes alone, as in Chromium: this machine is no exception.
bool is_downgrade(const Url& from, const Url& to) { return from.secure() && !to.secure(); }

// Of a navigation, Chromium says "null" behind every redirect to another origin.
bool has_left_its_origin(const std::vector<Url>& chain) {
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (!same_origin(chain[i], chain[i - 1])) return true;
  }
  return false;
}

// https://fetch.spec.whatwg.org/#concept-request-tainted-origin
bool has_tainted_origin(const Url& source, const std::vector<Url>& chain) {
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (!same_origin(chain[i], chain[i - 1]) && !same_origin(source, chain[i - 1])) return true;
  }
  return false;
}

} // namespace

std::optional<ReferrerPolicy> parse_referrer_policy(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, ReferrerPolicy>, 8> tokens = {{
      {"no-referrer", ReferrerPolicy::no_referrer},
      {"no-referrer-when-downgrade", ReferrerPolicy::no_referrer_when_downgrade},
      {"same-origin", ReferrerPolicy::same_origin},
      {"origin", ReferrerPolicy::origin},
      {"strict-origin", ReferrerPolicy::strict_origin},
      {"origin-when-cross-origin", ReferrerPolicy::origin_when_cross_origin},
      {"strict-origin-when-cross-origin", ReferrerPolicy::strict_origin_when_cross_origin},
      {"unsafe-url", ReferrerPolicy::unsafe_url},
  }};
  std::optional<ReferrerPolicy> policy;
  for (const std::string_view part : split(value, ',')) {
    for (const auto& [token, meaning] : tokens) {
      if (equal_ignoring_ascii_case(trim(part), token)) policy = meaning;
    }
  }
  return policy;
}

std::optional<ReferrerPolicy> response_referrer_policy(const std::vector<record::Header>& headers) {
  std::optional<ReferrerPolicy> policy;
  for (const record::Header& header : headers) {
    if (!equal_ignoring_ascii_case(header.name, "Referrer-Policy")) continue;
    if (const auto stated = parse_referrer_policy(header.value)) policy = stated;
  }
  return policy;
}

// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
std::string referrer(const Url& source, const Url& target, ReferrerPolicy policy) {
  const std::string origin = source.origin() + "/";
  std::string full = source.without_fragment();
  if (full.size() > longest_referrer) full = origin;
  switch (policy) {
  case ReferrerPolicy::no_referrer: return {};
  case ReferrerPolicy::origin: return origin;
  case ReferrerPolicy::unsafe_url: return full;
  case ReferrerPolicy::strict_origin: return is_downgrade(source, target) ? std::string() : origin;
  case ReferrerPolicy::strict_origin_when_cross_origin:
    if (same_origin(source, target)) return full;
    return is_downgrade(source, target) ? std::string() : origin;
  case ReferrerPolicy::same_origin: return same_origin(source, target) ? full : std::string();
  case ReferrerPolicy::origin_when_cross_origin: return same_origin(source, target) ? full : origin;
  case ReferrerPolicy::no_referrer_when_downgrade: return is_downgrade(source, target) ? std::string() : full;
  }
  return {};
}

// https://fetch.spec.whatwg.org/#append-a-request-origin-header
std::string origin_header(const Url& source, const std::vector<Url>& chain, ReferrerPolicy policy) {
  const Url& target = chain.back();
  if (has_left_its_origin(chain)) return "null";
  switch (policy) {
  case ReferrerPolicy::no_referrer: return "null";
  case ReferrerPolicy::no_referrer_when_downgrade:
  case ReferrerPolicy::strict_origin:
  case ReferrerPolicy::strict_origin_when_cross_origin:
    return source.secure() && !target.secure() ? "null" : source.origin();
  case ReferrerPolicy::same_origin: return same_origin(source, target) ? source.origin() : "null";
  case ReferrerPolicy::origin:
  case ReferrerPolicy::origin_when_cross_origin:
  case ReferrerPolicy::unsafe_url: return source.origin();
  }
  return "null";
}

std::string fetch_origin(const Url& source, const std::vector<Url>& chain) {
  return has_tainted_origin(source, chain) ? "null" : source.origin();
}

// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site
std::string fetch_site(const Url* source, const std::vector<Url>& chain) {
  if (source == nullptr) return "none";
  std::string value = "same-origin";
  for (const Url& url : chain) {
    if (same_origin(url, *source)) continue;
    if (!same_site(url, *source)) return "cross-site";
    value = "same-site";
  }
  return value;
}

} // namespace murphy::web
