#include "run/steps/csrf.h"

#include "base/text.h"
#include "run/steps/decoding.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using scenario::CsrfToken;
using TokenFound = std::expected<std::string, std::string>; // the token, or why there is none

bool is_safe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

bool has_header(const drive::RawRequest& request, std::string_view name) {
  return std::ranges::any_of(request.headers,
                             [&](const auto& header) { return equal_ignoring_ascii_case(header.first, name); });
}

TokenFound in_cookie(const CsrfToken& csrf, SentAs as, const drive::Driver& driver) {
  const std::vector<drive::Cookie> cookies = driver.cookies();
  const drive::Cookie* found = nullptr;
  for (const drive::Cookie& cookie : cookies)
    if (cookie.name == csrf.name && (found == nullptr || cookie.path.size() > found->path.size())) found = &cookie;
  if (found == nullptr) return std::unexpected("the session has no such cookie");
  if (as == SentAs::script && found->http_only)
    return std::unexpected("the cookie is HttpOnly, so that no script can read it");
  // Not every app encodes it.
  return decoded(found->value, scenario::Capture::Decoding::url).value_or(found->value);
}

TokenFound in_meta(const CsrfToken& csrf, const drive::Page* page) {
  if (page == nullptr) return std::unexpected("no page is open");
  const auto elements = page->select("meta[name]");
  if (!elements) return std::unexpected(elements.error().what);
  for (const drive::Element& element : *elements) {
    const auto name = element.attributes.find("name");
    const auto content = element.attributes.find("content");
    if (name != element.attributes.end() && equal_ignoring_ascii_case(name->second, csrf.name) &&
        content != element.attributes.end() && !content->second.empty())
      return content->second;
  }
  return std::unexpected(fmt::format("{} has no such element", page->path()));
}

std::unexpected<drive::Obstacle> cannot_ask(Error error) {
  drive::Obstacle obstacle;
  obstacle.kind = drive::Obstacle::Kind::unable;
  obstacle.error = std::move(error);
  return std::unexpected(std::move(obstacle));
}

std::unexpected<drive::Obstacle> no_token(const CsrfToken& csrf, std::string why,
                                          std::vector<record::Exchange> exchanges) {
  drive::Obstacle obstacle;
  obstacle.kind = drive::Obstacle::Kind::app;
  obstacle.code = record::FailureCode::missing_csrf_token;
  obstacle.subject =
      fmt::format("the {} {}", csrf.from == CsrfToken::From::cookie ? "cookie" : "meta element", csrf.name);
  obstacle.error.kind = ErrorKind::target;
  obstacle.error.what = std::move(why);
  obstacle.error.hint = csrf.open ? "to send the request without the token, write csrf = false"
                                  : "load a page that gives the token out first, or name one: csrf = { …, open = "
                                    "\"/csrf-cookie\" }; to send the request without the token, write csrf = false";
  obstacle.exchanges = std::move(exchanges);
  return std::unexpected(std::move(obstacle));
}

} // namespace

std::expected<std::optional<Value>, drive::Obstacle> csrf_token(const CsrfToken& csrf, const drive::RawRequest& request,
                                                                drive::Driver& driver, scenario::Scope& scope,
                                                                const drive::Limits& limits,
                                                                std::vector<record::Exchange>& exchanges) {
  if (is_safe(request.method) || has_header(request, csrf.header) || !driver.is_of_target(request.url))
    return std::nullopt;
  const auto look = [&](const drive::Page* page) {
    return csrf.from == CsrfToken::From::cookie ? in_cookie(csrf, request.as, driver) : in_meta(csrf, page);
  };
  TokenFound token = look(driver.page().get());
  if (!token && csrf.open) {
    const auto address = scope.resolve_words(*csrf.open);
    if (!address) return cannot_ask(address.error());
    drive::RawRequest opening;
    opening.as = request.as == SentAs::script ? SentAs::script : SentAs::client;
    opening.method = "GET";
    opening.url = *address;
    if (csrf.from == CsrfToken::From::meta) opening.headers.emplace_back("Accept", Value(std::string("text/html")));
    drive::Visited opened = driver.request(opening, limits);
    if (!opened) return std::unexpected(std::move(opened.error()));
    exchanges = std::move(opened->exchanges);
    if (!exchanges.empty()) exchanges.front().reason = record::Reason::probe; // the step is about its own request
    token = look(opened->page.get());
    if (!token)
      return no_token(csrf, fmt::format("{} answered {}: {}", csrf.open->source, opened->page->status(), token.error()),
                      std::move(exchanges));
  }
  if (!token) return no_token(csrf, token.error(), {});
  return scope.learn(ClearText(*token), "csrf:" + csrf.name);
}

} // namespace murphy::run
