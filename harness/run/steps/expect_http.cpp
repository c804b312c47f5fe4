#include "run/steps/expect_parts.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace murphy::run {
namespace {

using record::Failure;
using record::FailureCode;
using Found = std::vector<Failure>;

// Compares one thing; nothing when it holds.
Result<Found> compared(const scenario::Matcher& matcher, std::string_view got, const Observation& seen, Failure about) {
  auto comparison = compare(matcher, got, PlainString::whole, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  if (comparison->holds) return Found{};
  about.wanted = std::move(comparison->wanted);
  about.got = record::got_text(got);
  return Found{std::move(about)};
}

std::string redirect_line(const drive::Page& page) { return fmt::format("{} {}", page.status(), page.path()); }

// The cookie of that name; the one with the longest path when there are several.
const drive::Cookie* find_cookie(const std::vector<drive::Cookie>& cookies, std::string_view name) {
  const drive::Cookie* found = nullptr;
  for (const drive::Cookie& cookie : cookies) {
    if (cookie.name == name && (found == nullptr || cookie.path.size() > found->path.size())) found = &cookie;
  }
  return found;
}

// What browsers did with the cookies of this name that the answers set.
std::vector<record::DroppedCookie> dropped_cookies(const Observation& seen, std::string_view name) {
  std::vector<record::DroppedCookie> dropped;
  for (const record::Exchange& exchange : seen.visit.exchanges)
    for (const record::DroppedCookie& cookie : exchange.dropped_cookies)
      if (cookie.name == name) dropped.push_back(cookie);
  return dropped;
}

bool same_value(const drive::Cookie* left, const drive::Cookie* right) {
  return (left == nullptr) == (right == nullptr) && (left == nullptr || left->value == right->value);
}

record::CookieChange change_of(const drive::Cookie* before, const drive::Cookie* after) {
  using enum record::CookieChange;
  if (before == nullptr) return after == nullptr ? never_there : added;
  if (after == nullptr) return gone;
  return before->value == after->value ? kept : replaced;
}

} // namespace

Mismatches check(const scenario::ExpectStatus& expected, const Observation& seen) {
  const int status = seen.visit.page->status();
  const auto& ranges = expected.allowed.ranges;
  if (std::any_of(ranges.begin(), ranges.end(),
                  [&](const auto& range) { return range.first <= status && status <= range.second; }))
    return Found{};
  Failure wrong = failure_about(FailureCode::wrong_status);
  for (const auto& [first, last] : ranges) wrong.wanted.statuses.push_back({first, last});
  wrong.got.answer.status = status;
  return Found{std::move(wrong)};
}

Mismatches check(const scenario::ExpectPage& expected, const Observation& seen) {
  const std::string path = seen.visit.page->path();
  Failure wrong = failure_about(FailureCode::wrong_page);
  if (!expected.glob) return compared(expected.path, path, seen, std::move(wrong));
  const auto pattern = seen.expand(expected.pattern);
  if (!pattern) return std::unexpected(pattern.error());
  if (path_matches(path, in_clear(*pattern))) return Found{};
  wrong.wanted = wanted_of(record::Wanted::Kind::equal, *pattern);
  wrong.got = record::got_text(path);
  return Found{std::move(wrong)};
}

Mismatches check(const scenario::ExpectCameThrough& expected, const Observation& seen) {
  Failure wrong = failure_about(FailureCode::wrong_redirects);
  std::vector<std::string>& wanted = wrong.wanted.list;
  for (const scenario::Text& text : expected.redirects) {
    const auto value = seen.expand(text);
    if (!value) return std::unexpected(value.error());
    wanted.push_back(in_clear(*value));
  }
  // "303 /login": an answer that redirected, and the path it answered for.
  std::vector<std::string>& got = wrong.got.list;
  for (const auto& answer : seen.visit.answers) {
    if (answer != seen.visit.page) got.push_back(redirect_line(*answer));
  }
  const bool holds = std::equal(
      wanted.begin(), wanted.end(), got.begin(), got.end(), [](const std::string& left, const std::string& right) {
        const auto space = left.find(' ');
        if (space == std::string::npos) return right.starts_with(left + " ");
        return right.substr(0, space) == left.substr(0, space) &&
               path_matches(right.substr(std::min(space + 1, right.size())), left.substr(space + 1));
      });
  if (holds) return Found{};
  return Found{std::move(wrong)};
}

Mismatches check(const scenario::ExpectHeader& expected, const Observation& seen) {
  const std::string* value = record::find_header(seen.visit.page->headers(), expected.name);
  if (value != nullptr)
    return compared(expected.value, *value, seen, failure_about(FailureCode::wrong_header, expected.name));
  // A header that is not there satisfies only what a negation asks.
  auto comparison = compare(expected.value, {}, PlainString::whole, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  if (expected.value.kind == scenario::Matcher::Kind::not_ && comparison->holds) return Found{};
  Failure missing = failure_about(FailureCode::missing_header, expected.name);
  missing.wanted = std::move(comparison->wanted);
  for (const record::Header& header : seen.visit.page->headers()) missing.others.push_back(header.name);
  return Found{std::move(missing)};
}

Mismatches check(const scenario::ExpectCookie& expected, const Observation& seen) {
  const scenario::CookieExpectation& wanted = expected.cookie;
  const drive::Cookie* cookie = find_cookie(seen.cookies, wanted.name);
  const drive::Cookie* before = find_cookie(seen.cookies_before, wanted.name);
  // `part` is the key below the cookie's; empty: the cookie as a whole.
  const auto about = [&](FailureCode code, std::string part) {
    Failure made = failure_about(code, wanted.name);
    made.key = "cookie." + wanted.name + (part.empty() ? "" : "." + part);
    made.part = std::move(part);
    return made;
  };
  const auto missing = [&](std::string part) {
    Failure made = about(FailureCode::missing_cookie, std::move(part));
    for (const drive::Cookie& each : seen.cookies) made.others.push_back(each.name);
    made.dropped = dropped_cookies(seen, wanted.name);
    return made;
  };
  if (wanted.absent && *wanted.absent == (cookie != nullptr))
    return Found{cookie != nullptr ? about(FailureCode::unwanted_cookie, "absent") : missing("absent")};
  Found found;
  const auto is_changed = [&](FailureCode code, std::string part) {
    Failure& made = found.emplace_back(about(code, std::move(part)));
    made.got.change = change_of(before, cookie);
  };
  // No cookie before and none after is "unchanged"; "changed" needs one that is there now.
  if (wanted.changed && *wanted.changed != (cookie != nullptr && !same_value(before, cookie)))
    is_changed(*wanted.changed ? FailureCode::cookie_not_renewed : FailureCode::cookie_renewed, "changed");
  if (wanted.unchanged && *wanted.unchanged != same_value(before, cookie))
    is_changed(*wanted.unchanged ? FailureCode::cookie_renewed : FailureCode::cookie_not_renewed, "unchanged");

  const bool attributes = wanted.secure || wanted.http_only || wanted.session || wanted.same_site || wanted.path ||
                          wanted.domain || wanted.value || wanted.max_age;
  const bool bare = !attributes && !wanted.absent && !wanted.changed && !wanted.unchanged;
  if (cookie == nullptr) {
    if (attributes || bare) found.push_back(missing({}));
    return found;
  }
  const auto flag = [&](const std::optional<bool>& wanted_flag, bool got, const char* name) {
    if (wanted_flag && *wanted_flag != got)
      found.push_back(about(got ? FailureCode::cookie_with_flag : FailureCode::cookie_without_flag, name));
  };
  flag(wanted.secure, cookie->secure, "secure");
  flag(wanted.http_only, cookie->http_only, "http_only");
  flag(wanted.session, cookie->session, "session");
  const auto text = [&](const std::optional<scenario::Matcher>& matcher, const std::string& got,
                        const char* name) -> Result<void> {
    if (!matcher) return {};
    auto mismatches = compared(*matcher, got, seen, about(FailureCode::wrong_cookie_attribute, name));
    if (!mismatches) return std::unexpected(mismatches.error());
    found.insert(found.end(), mismatches->begin(), mismatches->end());
    return {};
  };
  const std::string max_age = cookie->max_age ? std::to_string(*cookie->max_age) : "none";
  for (const Result<void>& judged :
       {text(wanted.same_site, cookie->same_site, "same_site"), text(wanted.path, cookie->path, "path"),
        text(wanted.domain, cookie->domain, "domain"), text(wanted.value, cookie->value, "value"),
        text(wanted.max_age, max_age, "max_age")}) {
    if (!judged) return std::unexpected(judged.error());
  }
  return found;
}

Mismatches check(const scenario::ExpectWithin& expected, const Observation& seen) {
  if (seen.duration <= expected.limit) return Found{};
  Failure slow = failure_about(FailureCode::too_slow);
  slow.wanted.number = expected.limit.count();
  slow.got.number = std::chrono::duration_cast<std::chrono::milliseconds>(seen.duration).count();
  return Found{std::move(slow)};
}

bool path_matches(std::string_view path, std::string_view pattern) {
  // Classic glob with one place to return to: the last star, and how much it has swallowed.
  std::size_t at = 0, in_pattern = 0, star = std::string_view::npos, swallowed = 0;
  while (at < path.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      swallowed = at;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == path[at]) {
      ++in_pattern;
      ++at;
    } else if (star != std::string_view::npos && path[swallowed] != '/') {
      in_pattern = star + 1;
      at = ++swallowed;
    } else {
      return false;
    }
  }
  while (in_pattern < pattern.size() && pattern[in_pattern] == '*') ++in_pattern;
  return in_pattern == pattern.size();
}

} // namespace murphy::run
