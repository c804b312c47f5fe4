#include "web/cookies/cookie.h"

#include "base/text.h"
#include "web/url/host.h"
#include "web/url/public_suffix.h"

#include <algorithm>
#include <chrono>

namespace murphy::web {
namespace {

using namespace std::chrono_literals;
using record::CookieDrop;
using record::SameSite;
using record::SetCookie;

constexpr std::chrono::days longest_life{400};
constexpr auto lax_and_post_grace = 2min;

bool starts_with_fold(std::string_view text, std::string_view lower_prefix) {
  return ascii_lower(text.substr(0, lower_prefix.size())) == lower_prefix;
}

// 5.1.3
bool domain_matches(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.' && !is_ip_address(host);
}

// 5.1.4
std::string default_path(const Url& url) {
  const std::string& path = url.path();
  const std::size_t last = path.rfind('/');
  return last == 0 ? "/" : path.substr(0, last);
}

// 5.7, steps 5-11: sets the domain, or says why the Domain attribute does not hold.
std::optional<CookieDrop> set_domain(Cookie& cookie, const std::string& attribute, const std::string& host) {
  cookie.domain = host;
  cookie.host_only = true;
  if (attribute.empty()) return std::nullopt;
  if (!is_ascii(attribute)) return CookieDrop::domain_not_ascii;
  // An address, or a public suffix that is the host itself, makes it a host-only cookie.
  if (attribute == host && (is_ip_address(host) || is_public_suffix(host))) return std::nullopt;
  if (is_public_suffix(attribute)) return CookieDrop::domain_public_suffix;
  if (!domain_matches(host, attribute)) return CookieDrop::domain_elsewhere;
  cookie.domain = attribute;
  cookie.host_only = false;
  return std::nullopt;
}

// The prefixes of 4.1.3, in any case.
std::optional<CookieDrop> broken_prefix(const SetCookie& line) {
  const bool is_host = starts_with_fold(line.name, "__host-");
  const bool is_secure = starts_with_fold(line.name, "__secure-");
  if (line.name.empty() && (starts_with_fold(line.value, "__host-") || starts_with_fold(line.value, "__secure-"))) {
    return CookieDrop::prefix_without_name;
  }
  if (is_secure && !line.secure) return CookieDrop::prefix_secure_insecure;
  if (!is_host) return std::nullopt;
  if (!line.secure) return CookieDrop::prefix_host_insecure;
  if (!line.domain.empty()) return CookieDrop::prefix_host_domain;
  if (line.path != "/") return CookieDrop::prefix_host_path;
  return std::nullopt;
}

// 5.7, steps 3-4: Max-Age goes before Expires; both are capped.
std::optional<record::Instant> expiry(const SetCookie& line, record::Instant now) {
  const auto today = std::chrono::floor<std::chrono::seconds>(now);
  const auto latest = std::chrono::sys_seconds(today + longest_life);
  if (line.max_age) {
    if (*line.max_age <= 0s) return record::Instant::min();
    return now + std::min<std::chrono::seconds>(*line.max_age, longest_life);
  }
  if (!line.expires) return std::nullopt;
  return record::Instant(std::clamp(*line.expires, std::chrono::sys_seconds(0s), latest));
}

bool is_expired(const Cookie& cookie, record::Instant now) { return cookie.expires && *cookie.expires <= now; }

// Why a browser does not keep this cookie, found before the store is looked at (5.7, steps 8-21).
std::optional<CookieDrop> refusal(const SetCookie& line, Cookie& cookie, const Url& url, const CookieContext& context) {
  if (auto reason = set_domain(cookie, line.domain, url.host())) return reason;
  if (line.secure && !is_potentially_trustworthy(url)) return CookieDrop::secure_over_http;
  if (line.same_site == SameSite::none && !line.secure) return CookieDrop::same_site_none_insecure;
  if (line.same_site != SameSite::none && !context.same_site && !context.top_level_navigation) {
    return CookieDrop::cross_site;
  }
  return broken_prefix(line);
}

// 5.7, step 16: plain http may not shadow a Secure cookie.
bool shadows(const Cookie& fresh, const Cookie& kept) {
  return kept.name == fresh.name && kept.secure &&
         (domain_matches(kept.domain, fresh.domain) || domain_matches(fresh.domain, kept.domain)) &&
         record::cookie_path_matches(fresh.path, kept.path);
}

bool same_key(const Cookie& left, const Cookie& right) {
  return left.name == right.name && left.domain == right.domain && left.host_only == right.host_only &&
         left.path == right.path;
}

// 5.8.3, the conditions on SameSite.
bool allowed_by_same_site(const Cookie& cookie, const CookieContext& context, record::Instant now) {
  if (context.same_site || cookie.same_site == SameSite::none) return true;
  if (cookie.same_site == SameSite::strict || !context.top_level_navigation) return false;
  if (context.safe_method) return true;
  return cookie.same_site == SameSite::unspecified && now - cookie.changed <= lax_and_post_grace;
}

} // namespace

bool is_for_host(const Cookie& cookie, std::string_view host) {
  return cookie.host_only ? cookie.domain == host : domain_matches(host, cookie.domain);
}

StoreOutcome CookieJar::store(std::string_view set_cookie, const Url& url, const CookieContext& context,
                              record::Instant now) {
  remove_expired(now);
  const auto line = record::parse_set_cookie(set_cookie);
  names_.insert(line ? line->name : line.error().name);
  if (!line) return {line.error().name, false, line.error()};
  const auto dropped = [&](CookieDrop why) {
    record::DroppedCookie reason{.name = line->name, .why = why, .domain = {}, .host = {}, .bytes = 0};
    if (why == CookieDrop::domain_public_suffix || why == CookieDrop::domain_elsewhere) reason.domain = line->domain;
    if (why == CookieDrop::domain_elsewhere) reason.host = url.host();
    return StoreOutcome{line->name, false, std::move(reason)};
  };

  Cookie cookie;
  cookie.name = line->name;
  cookie.value = line->value;
  cookie.path = line->path.empty() ? default_path(url) : line->path;
  cookie.secure = line->secure;
  cookie.http_only = line->http_only;
  cookie.same_site = line->same_site;
  cookie.expires = expiry(*line, now);
  cookie.created = now;
  cookie.changed = now;
  if (auto reason = refusal(*line, cookie, url, context)) return dropped(*reason);
  if (!cookie.secure && !is_potentially_trustworthy(url) &&
      std::ranges::any_of(cookies_, [&cookie](const Cookie& kept) { return shadows(cookie, kept); })) {
    return dropped(CookieDrop::shadows_secure);
  }

  // 5.7, steps 22-24: an old cookie is replaced, but keeps its creation time and so its place.
  const auto old = std::ranges::find_if(cookies_, [&cookie](const Cookie& kept) { return same_key(kept, cookie); });
  if (is_expired(cookie, now)) {
    if (old != cookies_.end()) cookies_.erase(old);
    return {cookie.name, true, std::nullopt};
  }
  if (old == cookies_.end()) {
    cookies_.push_back(std::move(cookie));
    return {line->name, false, std::nullopt};
  }
  cookie.created = old->created;
  if (cookie.value == old->value) cookie.changed = old->changed;
  *old = std::move(cookie);
  return {line->name, false, std::nullopt};
}

std::vector<Cookie> CookieJar::cookies_for(const Url& url, const CookieContext& context, record::Instant now) const {
  std::vector<Cookie> found;
  for (const Cookie& cookie : cookies_) {
    if (is_for_host(cookie, url.host()) && !is_expired(cookie, now) &&
        record::cookie_path_matches(url.path(), cookie.path) && (!cookie.secure || is_potentially_trustworthy(url)) &&
        allowed_by_same_site(cookie, context, now)) {
      found.push_back(cookie);
    }
  }
  // Longer paths first; among equal ones the older first, which is the order they are kept in.
  std::ranges::stable_sort(found, std::ranges::greater{}, [](const Cookie& cookie) { return cookie.path.size(); });
  return found;
}

std::string CookieJar::cookie_header(const Url& url, const CookieContext& context, record::Instant now) const {
  std::string header;
  for (const Cookie& cookie : cookies_for(url, context, now)) {
    if (!header.empty()) header += "; ";
    if (!cookie.name.empty()) header += cookie.name + "=";
    header += cookie.value;
  }
  return header;
}

void CookieJar::clear_site(const Url& url) {
  const std::string site = registrable_domain(url.host());
  std::erase_if(cookies_, [&](const Cookie& cookie) { return registrable_domain(cookie.domain) == site; });
}

void CookieJar::remove(std::string_view name, std::string_view host) {
  std::erase_if(cookies_, [&](const Cookie& cookie) { return cookie.name == name && is_for_host(cookie, host); });
}

void CookieJar::remove_expired(record::Instant now) {
  std::erase_if(cookies_, [now](const Cookie& cookie) { return is_expired(cookie, now); });
}

} // namespace murphy::web
