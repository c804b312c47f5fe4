#include "web/navigation/navigation_headers.h"

#include "base/make_error.h"
#include "base/percent.h"
#include "base/text.h"
#include "web/url/public_suffix.h"

#include <algorithm>
#include <array>

namespace murphy::web {
namespace {

// What browsers send when they ask for a document.
constexpr std::string_view accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

template <std::size_t size>
void remove_headers(std::vector<RequestHeader>& headers, const std::array<std::string_view, size>& names) {
  std::erase_if(headers, [&names](const RequestHeader& header) {
    return std::ranges::any_of(
        names, [&header](std::string_view name) { return equal_ignoring_ascii_case(name, header.name); });
  });
}

bool is_safe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

// Nobody pressed anything: a page loaded the next one by itself.
bool is_by_itself(record::Reason reason) {
  return reason == record::Reason::refreshed || reason == record::Reason::auto_submitted;
}

bool redirects(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

// Bytes beyond ASCII in a Location go on percent-encoded as they are, whatever encoding they were meant in.
std::string escaped(std::string_view location) {
  std::string out;
  for (const char byte : location) {
    if (static_cast<unsigned char>(byte) < 0x80) {
      out += byte;
    } else {
      out += percent_encode(std::string_view(&byte, 1), EncodeSet::c0_control);
    }
  }
  return out;
}

} // namespace

Travel begin_travel(const NavigationRequest& request) {
  Travel travel{request.method, request.body,      request.content_type, request.headers,
                request.policy, request.initiator, {request.url}};
  if (request.initiator_origin == InitiatorOrigin::opaque) travel.referrer_source.reset();
  return travel;
}

CookieContext cookie_context(const Travel& travel, const NavigationRequest& request) {
  const bool is_opaque = request.initiator_origin == InitiatorOrigin::opaque;
  return {.same_site = !request.initiator || (!is_opaque && same_site(*request.initiator, travel.url())),
          .top_level_navigation = true,
          .safe_method = is_safe(travel.method)};
}

Request compose(const Travel& travel, const NavigationRequest& request, const std::string& cookie) {
  Request composed;
  composed.method = travel.method;
  composed.url = travel.url();
  composed.body = travel.body;

  const auto add = [&](std::string name, std::string value) {
    if (value.empty() || find_header(travel.headers, name) != nullptr) return;
    composed.headers.push_back({std::move(name), std::move(value)});
  };
  const Url* initiator = request.initiator ? &*request.initiator : nullptr;
  const bool safe = is_safe(travel.method);
  // A form that is sent again must not be answered from a cache.
  if (!safe) add("Cache-Control", "max-age=0");
  add("Upgrade-Insecure-Requests", "1");
  const bool is_opaque = request.initiator_origin == InitiatorOrigin::opaque;
  if (initiator != nullptr && !safe)
    add("Origin", is_opaque ? "null" : origin_header(*initiator, travel.chain, travel.policy));
  add("Content-Type", travel.content_type);
  add("User-Agent", "murphy/" MURPHY_VERSION);
  add("Accept", std::string(accept));
  if (is_potentially_trustworthy(travel.url())) {
    add("Sec-Fetch-Site", is_opaque ? "cross-site" : fetch_site(initiator, travel.chain));
    add("Sec-Fetch-Mode", "navigate");
    if (!is_by_itself(request.reason)) add("Sec-Fetch-User", "?1");
    add("Sec-Fetch-Dest", "document");
  }
  if (travel.referrer_source) add("Referer", referrer(*travel.referrer_source, travel.url(), travel.policy));
  add("Accept-Language", "en");
  add("Cookie", cookie);
  composed.headers.insert(composed.headers.end(), travel.headers.begin(), travel.headers.end());
  return composed;
}

// https://fetch.spec.whatwg.org/#concept-response-location-url. As browsers do, an empty Location counts as none.
Result<std::optional<Url>> redirect_target(const Response& response, const Url& current) {
  if (!redirects(response.status)) return std::nullopt;
  std::string location;
  for (const record::Header& header : response.headers) {
    if (!equal_ignoring_ascii_case(header.name, "Location") || trim(header.value).empty()) continue;
    if (!location.empty() && location != header.value) {
      return std::unexpected(usage_error("the answer has several Location headers that differ"));
    }
    location = header.value;
  }
  if (location.empty()) return std::nullopt;
  auto target = Url::parse(escaped(location), &current);
  if (!target) return std::unexpected(std::move(target.error()));
  if (!target->fragment()) target->set_fragment(current.fragment());
  return std::move(*target);
}

// https://fetch.spec.whatwg.org/#http-redirect-fetch
void redirect(Travel& travel, const Response& response, Url target) {
  // 12. 301 and 302 turn a POST into a GET, 303 everything but GET and HEAD; the body and its headers go.
  const bool becomes_get = ((response.status == 301 || response.status == 302) && travel.method == "POST") ||
                           (response.status == 303 && travel.method != "GET" && travel.method != "HEAD");
  if (becomes_get) {
    travel.method = "GET";
    travel.body.clear();
    travel.content_type.clear();
    constexpr std::array<std::string_view, 4> about_the_body = {"Content-Encoding", "Content-Language",
                                                                "Content-Location", "Content-Type"};
    remove_headers(travel.headers, about_the_body);
  }
  // 13. Another origin learns no credentials that were meant for this one, and has another name.
  if (!same_origin(travel.url(), target)) {
    constexpr std::array<std::string_view, 3> of_one_origin = {"Authorization", "Cookie", "Host"};
    remove_headers(travel.headers, of_one_origin);
  }
  // A browser computes the next Referer from this one.
  if (travel.referrer_source) {
    const auto sent = Url::parse(referrer(*travel.referrer_source, travel.url(), travel.policy));
    travel.referrer_source = sent ? std::optional(*sent) : std::nullopt;
  }
  // 18. The response may change the referrer policy.
  if (const auto stated = response_referrer_policy(response.headers)) travel.policy = *stated;
  travel.chain.push_back(std::move(target));
}

} // namespace murphy::web
