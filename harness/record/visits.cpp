#include "record/visits.h"

#include "base/cookie_date.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace murphy::record {
namespace {

// "v2" and "oauth2" are names; "17", "2026-11", "8f3c-…" and a token are not.
bool changes(std::string_view segment) {
  if (segment.contains("‹")) return true; // a masked token
  const auto digits = std::ranges::count_if(segment, is_digit);
  if (digits == 0) return segment.size() > 40;
  return digits > 1 || std::ranges::all_of(segment, is_digit);
}

bool begins_visit(Reason reason) {
  return reason == Reason::opened || reason == Reason::submitted || reason == Reason::clicked ||
         reason == Reason::requested;
}

bool goes_on(Reason reason) {
  return reason == Reason::redirected || reason == Reason::refreshed || reason == Reason::auto_submitted;
}

std::int64_t to_the_minute(std::int64_t seconds) { return std::max<std::int64_t>(60, (seconds + 30) / 60 * 60); }

} // namespace

std::string lasting_path(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::string_view path = url;
  if (scheme != std::string_view::npos) {
    const std::size_t slash = url.find('/', scheme + 3);
    path = slash == std::string_view::npos ? "/" : url.substr(slash);
  }
  path = path.substr(0, path.find_first_of("?#"));
  std::vector<std::string> segments;
  for (const std::string_view segment : split(path, '/'))
    segments.push_back(changes(segment) ? "*" : std::string(segment));
  return join(segments, "/");
}

std::vector<KnownVisit> visits_of(const StepResult& step) {
  std::vector<KnownVisit> visits;
  bool is_visit = false; // what a probe is redirected to is no part of a visit either
  for (const Exchange& exchange : step.evidence.exchanges) {
    if (!goes_on(exchange.reason)) is_visit = begins_visit(exchange.reason);
    if (!is_visit) continue;
    if (begins_visit(exchange.reason))
      visits.emplace_back().request = exchange.method + " " + lasting_path(exchange.url);
    visits.back().answers.push_back(fmt::format("{} {}", exchange.status, lasting_path(exchange.url)));
  }
  if (visits.empty() || !step.evidence.page) return visits;
  const PageSeen& page = *step.evidence.page;
  KnownVisit& last = visits.back();
  last.title = folded(page.title);
  for (const std::string& error : page.errors) last.errors.push_back(folded(error));
  last.outline = page.outline;
  return visits;
}

std::optional<KnownCookie> cookie_set_by(const Header& header, Instant at) {
  const auto parts = split(header.value, ';');
  const std::size_t equals = parts.front().find('=');
  if (equals == std::string_view::npos || trim(parts.front().substr(0, equals)).empty()) return std::nullopt;
  KnownCookie cookie;
  cookie.name = folded(trim(parts.front().substr(0, equals)));
  std::optional<std::int64_t> max_age, expires;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t sign = parts[i].find('=');
    const std::string name = ascii_lower(trim(parts[i].substr(0, sign)));
    const std::string_view value = sign == std::string_view::npos ? "" : trim(parts[i].substr(sign + 1));
    if (name == "secure") cookie.secure = true;
    if (name == "httponly") cookie.http_only = true;
    if (name == "path") cookie.path = value;
    if (name == "domain") cookie.domain = ascii_lower(value);
    if (name == "samesite") cookie.same_site = value;
    if (name == "expires") {
      if (const auto date = parse_cookie_date(value))
        expires = (*date - std::chrono::floor<std::chrono::seconds>(at)).count();
    }
    if (name == "max-age") {
      std::int64_t seconds = 0;
      if (std::from_chars(value.data(), value.data() + value.size(), seconds).ec == std::errc()) max_age = seconds;
    }
  }
  // Max-Age counts before Expires (RFC 6265, 4.1.2.2).
  const auto lasts = max_age ? max_age : expires;
  if (lasts && *lasts <= 0) return std::nullopt;
  if (lasts) cookie.lasts = to_the_minute(*lasts);
  return cookie;
}

std::vector<KnownCookie> sorted(std::vector<KnownCookie> cookies) {
  std::ranges::sort(cookies, {}, [](const KnownCookie& cookie) {
    return std::tie(cookie.name, cookie.domain, cookie.path, cookie.same_site, cookie.secure, cookie.http_only,
                    cookie.lasts);
  });
  const auto repeated = std::ranges::unique(cookies);
  cookies.erase(repeated.begin(), repeated.end());
  return cookies;
}

std::vector<KnownCookie> cookies_of(const std::vector<Exchange>& exchanges) {
  std::vector<KnownCookie> cookies;
  for (const Exchange& exchange : exchanges) {
    for (const Header& header : exchange.headers) {
      if (!equal_ignoring_ascii_case(header.name, "Set-Cookie")) continue;
      if (auto cookie = cookie_set_by(header, exchange.started)) cookies.push_back(std::move(*cookie));
    }
  }
  return sorted(std::move(cookies));
}

} // namespace murphy::record
