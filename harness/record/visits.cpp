#include "record/visits.h"

#include "base/address.h"
#include "base/folded_name.h"
#include "base/text.h"
#include "record/set_cookie.h"

#include <algorithm>
#include <cstdint>
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

std::int64_t to_the_minute(std::int64_t age) { return std::max<std::int64_t>(60, (age + 30) / 60 * 60); }

} // namespace

std::string lasting_path(std::string_view url) {
  std::vector<std::string> segments;
  for (const std::string_view segment : split(address_parts(url).path, '/'))
    segments.push_back(changes(segment) ? "*" : std::string(segment));
  return murphy::join(segments, "/");
}

std::vector<KnownVisit> visits_of(const StepResult& step) {
  std::vector<KnownVisit> visits;
  for (const Exchange* exchange : own_exchanges(step.evidence.exchanges)) {
    const std::string path = lasting_path(exchange->url);
    if (!goes_on(exchange->reason))
      visits.emplace_back().request = exchange->method + " " + path;
    else if (visits.empty())
      continue; // what led here is not part of the step
    visits.back().answers.push_back(fmt::format("{} {}", exchange->status, path));
  }
  if (visits.empty() || !step.evidence.page) return visits;
  const PageSeen& page = *step.evidence.page;
  KnownVisit& last = visits.back();
  last.title = folded(page.title);
  for (const ShownError& error : page.errors) last.errors.push_back(folded(line_of(error)));
  last.outline = page.outline;
  return visits;
}

std::optional<KnownCookie> cookie_set_by(std::string_view line, Instant at) {
  const auto set = parse_set_cookie(line);
  if (!set || set->name.empty()) return std::nullopt;
  KnownCookie cookie;
  cookie.name = folded_name(set->name);
  cookie.domain = set->domain;
  cookie.path = set->path;
  cookie.same_site = name_of(set->same_site);
  cookie.secure = set->secure;
  cookie.http_only = set->http_only;
  std::optional<std::chrono::seconds> lasts = set->max_age;
  if (!lasts && set->expires) lasts = *set->expires - std::chrono::floor<std::chrono::seconds>(at);
  if (lasts && lasts->count() <= 0) return std::nullopt;
  if (lasts) cookie.lasts = to_the_minute(lasts->count());
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
    for (const std::string* line : find_headers(exchange.headers, "Set-Cookie"))
      if (auto cookie = cookie_set_by(*line, exchange.started)) cookies.push_back(std::move(*cookie));
  }
  return sorted(std::move(cookies));
}

} // namespace murphy::record
