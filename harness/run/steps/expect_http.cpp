#include "run/steps/expect_parts.h"

#include "base/nearest.h"
#include "run/shared/json_document.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using Found = std::vector<Mismatch>;

// Compares one thing; nothing when it holds.
Result<Found> compared(const scenario::Matcher& matcher, std::string_view got, PlainString plain,
                       const Observation& seen, std::string what = {}) {
  auto comparison = compare(matcher, got, plain, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  if (comparison->holds) return Found{};
  return Found{{std::move(what), comparison->expected, quoted(got), {}}};
}

std::string redirect_line(const drive::Page& page) {
  std::string line = std::to_string(page.status());
  return line + " " + page.path();
}

// The cookie of that name; the one with the longest path when there are several.
const drive::Cookie* find_cookie(const std::vector<drive::Cookie>& cookies, std::string_view name) {
  const drive::Cookie* found = nullptr;
  for (const drive::Cookie& cookie : cookies) {
    if (cookie.name == name && (found == nullptr || cookie.path.size() > found->path.size())) found = &cookie;
  }
  return found;
}

std::string cookie_names(const std::vector<drive::Cookie>& cookies) {
  if (cookies.empty()) return "the session holds no cookies";
  std::string text = "the session holds: ";
  for (const drive::Cookie& cookie : cookies) {
    if (&cookie != &cookies.front()) text += ", ";
    text += cookie.name;
  }
  return text;
}

// What the exchanges noted about this cookie: why a browser would not keep it.
std::string cookie_notes(const Observation& seen, std::string_view name) {
  std::string text;
  for (const record::Exchange& exchange : seen.visit.exchanges) {
    for (const std::string& note : exchange.notes) {
      if (note.find(fmt::format("\"{}\"", name)) != std::string::npos) text += (text.empty() ? "" : "\n") + note;
    }
  }
  return text;
}

std::string json_kind(const boost::json::value& value) {
  if (value.is_null()) return "null";
  if (value.is_bool()) return value.get_bool() ? "true" : "false";
  if (value.is_string()) return quoted(std::string_view(value.get_string().data(), value.get_string().size()));
  return boost::json::serialize(value);
}

} // namespace

Mismatches check(const scenario::ExpectStatus& expected, const Observation& seen) {
  const int status = seen.visit.page->status();
  const auto& ranges = expected.allowed.ranges;
  if (std::any_of(ranges.begin(), ranges.end(),
                  [&](const auto& range) { return range.first <= status && status <= range.second; }))
    return Found{};
  return Found{{{}, expected.allowed.source, std::to_string(status), {}}};
}

Mismatches check(const scenario::ExpectPage& expected, const Observation& seen) {
  const std::string path = seen.visit.page->path();
  if (!expected.glob) return compared(expected.path, path, PlainString::whole, seen);
  const auto pattern = seen.expand(expected.pattern);
  if (!pattern) return std::unexpected(pattern.error());
  if (path_matches(path, pattern->reveal())) return Found{};
  return Found{{{}, quoted(pattern->shown()), quoted(path), {}}};
}

Mismatches check(const scenario::ExpectCameThrough& expected, const Observation& seen) {
  std::vector<std::string> wanted;
  for (const scenario::Text& text : expected.redirects) {
    const auto value = seen.expand(text);
    if (!value) return std::unexpected(value.error());
    wanted.push_back(std::string(value->reveal()));
  }
  // "303 /login": an answer that redirected, and the path it answered for.
  std::vector<std::string> got;
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
  const auto list = [](const std::vector<std::string>& lines) {
    return lines.empty() ? std::string("no redirects") : fmt::format("{}", fmt::join(lines, " → "));
  };
  return Found{{{}, list(wanted), list(got), {}}};
}

Mismatches check(const scenario::ExpectHeader& expected, const Observation& seen) {
  const std::string* value = record::find_header(seen.visit.page->headers(), expected.name);
  if (value != nullptr) return compared(expected.value, *value, PlainString::whole, seen);
  // A header that is not there satisfies only what a negation asks.
  auto comparison = compare(expected.value, {}, PlainString::whole, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  if (expected.value.kind == scenario::Matcher::Kind::not_ && comparison->holds) return Found{};
  std::vector<std::string> names;
  for (const record::Header& header : seen.visit.page->headers()) names.push_back(header.name);
  return Found{{{}, comparison->expected, "no such header", did_you_mean(expected.name, names)}};
}

Mismatches check(const scenario::ExpectCookie& expected, const Observation& seen) {
  const scenario::CookieExpectation& wanted = expected.cookie;
  const std::string what = "cookie." + wanted.name;
  const drive::Cookie* cookie = find_cookie(seen.cookies, wanted.name);
  const drive::Cookie* before = find_cookie(seen.cookies_before, wanted.name);
  if (wanted.absent && *wanted.absent == (cookie != nullptr)) {
    if (cookie != nullptr) return Found{{what + ".absent", "no such cookie", "the session holds it", {}}};
    return Found{{what + ".absent", "the cookie", "no such cookie", cookie_names(seen.cookies)}};
  }
  Found found;
  const auto same = [](const drive::Cookie* left, const drive::Cookie* right) {
    return (left == nullptr) == (right == nullptr) && (left == nullptr || left->value == right->value);
  };
  const auto before_and_after = [&] {
    if (before == nullptr && cookie == nullptr) return std::string("no such cookie, neither before nor after");
    if (before == nullptr) return std::string("no such cookie before, one after");
    if (cookie == nullptr) return std::string("the cookie is gone");
    return std::string(before->value == cookie->value ? "the same value as before" : "another value than before");
  };
  // No cookie before and none after is "unchanged"; "changed" needs one that is there now.
  if (wanted.changed && *wanted.changed != (cookie != nullptr && !same(before, cookie)))
    found.push_back({what + ".changed", *wanted.changed ? "a new value" : "the same value", before_and_after(), {}});
  if (wanted.unchanged && *wanted.unchanged != same(before, cookie))
    found.push_back(
        {what + ".unchanged", *wanted.unchanged ? "the same value" : "a new value", before_and_after(), {}});

  const bool attributes = wanted.secure || wanted.http_only || wanted.session || wanted.same_site || wanted.path ||
                          wanted.domain || wanted.value || wanted.max_age;
  const bool bare = !attributes && !wanted.absent && !wanted.changed && !wanted.unchanged;
  if (cookie == nullptr) {
    if (attributes || bare) {
      std::string hint = cookie_notes(seen, wanted.name);
      if (hint.empty()) hint = cookie_names(seen.cookies);
      found.push_back({what, "the cookie", "no such cookie", std::move(hint)});
    }
    return found;
  }
  const auto flag = [&](const std::optional<bool>& wanted_flag, bool got, const char* name) {
    if (wanted_flag && *wanted_flag != got)
      found.push_back({what + "." + name, *wanted_flag ? "true" : "false", got ? "true" : "false", {}});
  };
  flag(wanted.secure, cookie->secure, "secure");
  flag(wanted.http_only, cookie->http_only, "http_only");
  flag(wanted.session, cookie->session, "session");
  const auto text = [&](const std::optional<scenario::Matcher>& matcher, const std::string& got,
                        const char* name) -> Result<void> {
    if (!matcher) return {};
    auto mismatches = compared(*matcher, got, PlainString::whole, seen, what + "." + name);
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

Mismatches check(const scenario::ExpectJson& expected, const Observation& seen) {
  const std::string_view body = seen.visit.page->body();
  const auto document = json_document(body);
  if (!document) {
    const std::string* type = record::find_header(seen.visit.page->headers(), "Content-Type");
    return Found{
        {{}, "a JSON document", fmt::format("{} ({})", quoted(body, 120), type ? *type : "no Content-Type"), {}}};
  }
  const boost::json::value* value = at_pointer(*document, expected.pointer);
  const auto wanted_scalar = [&]() -> std::string {
    return std::visit(
        [](const auto& scalar) -> std::string {
          using Scalar = std::decay_t<decltype(scalar)>;
          if constexpr (std::is_same_v<Scalar, std::nullptr_t>)
            return "null";
          else if constexpr (std::is_same_v<Scalar, scenario::Matcher>)
            return quoted(scalar.text.source);
          else
            return fmt::format("{}", scalar);
        },
        expected.value);
  };
  if (value == nullptr) return Found{{{}, wanted_scalar(), "nothing there", "the document: " + quoted(body, 200)}};
  if (const auto* matcher = std::get_if<scenario::Matcher>(&expected.value)) {
    if (value->is_string())
      return compared(*matcher, std::string_view(value->get_string().data(), value->get_string().size()),
                      PlainString::whole, seen);
    // Numbers are compared as they are written, for at_least; other kinds are not text.
    if (matcher->kind != scenario::Matcher::Kind::equals)
      return compared(*matcher, boost::json::serialize(*value), PlainString::whole, seen);
    return Found{{{}, wanted_scalar(), json_kind(*value), {}}};
  }
  const bool holds = std::visit(
      [&](const auto& scalar) {
        using Scalar = std::decay_t<decltype(scalar)>;
        if constexpr (std::is_same_v<Scalar, std::nullptr_t>)
          return value->is_null();
        else if constexpr (std::is_same_v<Scalar, bool>)
          return value->is_bool() && value->get_bool() == scalar;
        else if constexpr (std::is_same_v<Scalar, scenario::Matcher>)
          return false;
        else
          return value->is_number() && value->to_number<double>() == static_cast<double>(scalar);
      },
      expected.value);
  if (holds) return Found{};
  return Found{{{}, wanted_scalar(), json_kind(*value), {}}};
}

Mismatches check(const scenario::ExpectWithin& expected, const Observation& seen) {
  if (seen.duration <= expected.limit) return Found{};
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(seen.duration).count();
  return Found{{{}, fmt::format("at most {} ms", expected.limit.count()), fmt::format("{} ms", milliseconds), {}}};
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
