#include "run/steps/expect_parts.h"

#include "base/address.h"
#include "base/nearest.h"
#include "base/text.h"
#include "run/shared/json_document.h"

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
  about.got = got_of(*comparison, got);
  about.wanted = std::move(comparison->wanted);
  return Found{std::move(about)};
}

// An address with its host as URLs are written once they are read: in lower case, without the port of its scheme, and
// with a path.
std::string normalised(std::string_view address) {
  const AddressParts parts = address_parts(address);
  std::string origin = ascii_lower(parts.origin);
  for (const auto& [scheme, port] : {std::pair("http://", ":80"), std::pair("https://", ":443")})
    if (origin.starts_with(scheme) && origin.ends_with(port))
      origin.resize(origin.size() - std::string_view(port).size());
  return origin + std::string(parts.path);
}

bool names_host(std::string_view address) { return address.starts_with("http://") || address.starts_with("https://"); }

// The address of a page without query, and without the user name that was asked for with it.
std::string whole_address(const drive::Page& page) {
  const AddressParts parts = address_parts(page.url());
  std::string origin(parts.origin);
  const std::size_t host = origin.find("://") + 3;
  if (const std::size_t user = origin.rfind('@'); user != std::string::npos) origin.erase(host, user + 1 - host);
  return origin + std::string(parts.path);
}

std::string redirect_line(const drive::Page& page) { return fmt::format("{} {}", page.status(), page.shown_path()); }

// "303 /login", or "303 https://login.example.com/authorize": a path alone is one of any host.
bool is_redirect(const drive::Page& page, std::string_view wanted) {
  const std::size_t space = wanted.find(' ');
  if (wanted.substr(0, space) != std::to_string(page.status())) return false;
  if (space == std::string_view::npos) return true;
  const std::string_view where = wanted.substr(space + 1);
  if (names_host(where)) return path_matches(whole_address(page), normalised(where));
  return path_matches(address_parts(page.url()).path, where);
}

// The values of a header that came several times, as one line has them.
std::string in_one_line(const std::vector<const std::string*>& values) {
  std::string line;
  for (const std::string* value : values) line += (line.empty() ? "" : ", ") + *value;
  return line;
}

enum class Values { every, any };

// Of a header that came several times, each value has to hold, or all of them as one line has them; of a negation,
// what it denies may hold for none. An empty value is one that is missing.
Result<bool> holds_for(const scenario::Matcher& matcher, const std::vector<const std::string*>& values, Values wanted,
                       const Expand& expand) {
  if (matcher.kind == scenario::Matcher::Kind::not_ && !compares_numbers(matcher)) {
    const auto denied =
        holds_for(*matcher.negated, values, wanted == Values::every ? Values::any : Values::every, expand);
    if (!denied) return std::unexpected(denied.error());
    return !*denied;
  }
  std::size_t holding = 0;
  for (const std::string* value : values) {
    const auto comparison = compare(matcher, *value, PlainString::whole, expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (comparison->holds) ++holding;
  }
  if (wanted == Values::any ? holding > 0 : holding == values.size()) return true;
  const auto comparison = compare(matcher, in_one_line(values), PlainString::whole, expand);
  if (!comparison) return std::unexpected(comparison.error());
  return comparison->holds;
}

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
  const drive::Page& page = *seen.visit.page;
  Failure wrong = failure_about(FailureCode::wrong_page);
  wrong.got = record::got_text(page.shown_path());
  const bool is_in_app = page.path().starts_with('/');
  if (!is_in_app) wrong.got.answer.traits = {record::PageTrait::other_origin};
  if (expected.path.kind == scenario::Matcher::Kind::equals) {
    const auto pattern = seen.expand(expected.path.text);
    if (!pattern) return std::unexpected(pattern.error());
    const std::string written = in_clear(*pattern);
    const bool is_whole = names_host(written);
    const std::string wanted = is_whole ? normalised(written) : written;
    const std::string got = is_whole ? whole_address(page) : page.path();
    if (expected.glob ? path_matches(got, wanted) : got == wanted) return Found{};
    wrong.wanted = wanted_of(record::Wanted::Kind::equal, *pattern);
    return Found{std::move(wrong)};
  }
  const auto comparison = compare(expected.path, page.path(), PlainString::whole, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  // Whatever is said of a path is said of one of the app.
  if (comparison->holds && is_in_app) return Found{};
  wrong.wanted = comparison->wanted;
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
  // The answers that redirected, each with the address it answered for.
  std::vector<std::shared_ptr<const drive::Page>> redirects;
  for (const auto& answer : seen.visit.answers)
    if (answer != seen.visit.page) redirects.push_back(answer);
  if (std::ranges::equal(redirects, wanted, [](const auto& got, const auto& each) { return is_redirect(*got, each); }))
    return Found{};
  for (const auto& redirect : redirects) wrong.got.list.push_back(redirect_line(*redirect));
  return Found{std::move(wrong)};
}

Mismatches check(const scenario::ExpectHeader& expected, const Observation& seen) {
  const std::vector<const std::string*> values = record::find_headers(seen.visit.page->headers(), expected.name);
  const std::string line = in_one_line(values);
  const auto comparison = compare(expected.value, line, PlainString::whole, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  Failure wrong =
      failure_about(values.empty() ? FailureCode::missing_header : FailureCode::wrong_header, expected.name);
  wrong.wanted = comparison->wanted;
  if (!values.empty()) {
    const auto holds = holds_for(expected.value, values, Values::every, seen.expand);
    if (!holds) return std::unexpected(holds.error());
    if (*holds) return Found{};
    wrong.got = got_of(*comparison, line);
    return Found{std::move(wrong)};
  }
  for (const record::Header& header : seen.visit.page->headers()) wrong.others.push_back(header.name);
  // A header that is not there satisfies only what a negation asks; but not where it may be one with its name
  // misspelled.
  if (expected.value.kind == scenario::Matcher::Kind::not_ && comparison->holds &&
      did_you_mean(expected.name, wrong.others).empty())
    return Found{};
  return Found{std::move(wrong)};
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
  if (wanted.absent == true && cookie == nullptr && !seen.has_heard_of_cookie(wanted.name)) {
    Failure unknown = about(FailureCode::unknown_cookie, "absent");
    for (const auto* each : {&seen.cookies, &seen.cookies_before})
      for (const drive::Cookie& held : *each)
        if (!contains(unknown.others, held.name)) unknown.others.push_back(held.name);
    // Every misspelled cookie is absent.
    if (!called_alike(wanted.name, unknown.others).empty()) return Found{std::move(unknown)};
  }
  if (wanted.absent && *wanted.absent == (cookie != nullptr))
    return Found{cookie != nullptr ? about(FailureCode::unwanted_cookie, "absent") : missing("absent")};
  Found found;
  const auto is_changed = [&](FailureCode code, std::string part) {
    Failure& made = found.emplace_back(about(code, std::move(part)));
    made.got.change = change_of(before, cookie);
  };
  // Of a cookie that was never there neither can be said.
  const record::CookieChange change = change_of(before, cookie);
  const bool is_kept = change == record::CookieChange::kept;
  const bool is_new = change == record::CookieChange::added || change == record::CookieChange::replaced;
  if (wanted.changed && !(*wanted.changed ? is_new : is_kept))
    is_changed(*wanted.changed ? FailureCode::cookie_not_renewed : FailureCode::cookie_renewed, "changed");
  if (wanted.unchanged && !(*wanted.unchanged ? is_kept : is_new || change == record::CookieChange::gone))
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
  const auto text = [&](const Boxed<scenario::Matcher>& matcher, const std::string& got,
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
