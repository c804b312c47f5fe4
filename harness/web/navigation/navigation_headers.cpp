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
constexpr std::string_view accept_document = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

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

// fetch() says where it comes from by every other method.
bool is_without_origin(std::string_view method) { return method == "GET" || method == "HEAD"; }

// Whether any address of the chain is of another origin than the page that asks; once so, always so.
bool is_cross_origin(const Travel& travel, const NavigationRequest& request) {
  return request.initiator &&
         std::ranges::any_of(travel.chain, [&](const Url& url) { return !same_origin(url, *request.initiator); });
}

// Nobody pressed anything: a page loaded the next one by itself.
bool is_by_itself(record::Reason reason) {
  return reason == record::Reason::refreshed || reason == record::Reason::auto_submitted ||
         reason == record::Reason::framed;
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

// The Location of a response that redirects, as it was sent; empty when it does not. Errors: usage, when there are
// several.
Result<std::string> location_of(const Response& response) {
  std::string location;
  if (!redirects(response.status)) return location;
  for (const record::Header& header : response.headers) {
    if (!equal_ignoring_ascii_case(header.name, "Location") || trim(header.value).empty()) continue;
    if (!location.empty() && location != header.value)
      return std::unexpected(usage_error("the answer has several Location headers that differ"));
    location = header.value;
  }
  return location;
}

// Schemes that no other program is asked to open: browsers load them, or refuse to be redirected there.
bool is_of_browsers(std::string_view scheme) {
  constexpr std::array<std::string_view, 12> schemes = {"http",       "https",       "ws",   "wss",
                                                        "about",      "blob",        "data", "filesystem",
                                                        "javascript", "view-source", "file", "chrome"};
  return std::ranges::find(schemes, scheme) != schemes.end();
}

} // namespace

Travel begin_travel(const NavigationRequest& request) {
  Travel travel{request.method, request.body,      request.content_type, request.headers,
                request.policy, request.initiator, {request.url}};
  if (request.initiator_origin == InitiatorOrigin::opaque) travel.referrer_source.reset();
  return travel;
}

bool takes_cookies(const Travel& travel, const NavigationRequest& request) {
  return request.as != SentAs::script || !is_cross_origin(travel, request);
}

CookieContext cookie_context(const Travel& travel, const NavigationRequest& request) {
  const bool is_opaque = request.initiator_origin == InitiatorOrigin::opaque;
  const auto is_of_the_site = [&](const Url& url) { return same_site(url, travel.url()); };
  // In a frame, the pages around it have to be of the site as well.
  const bool is_surrounded = !request.frame || std::ranges::all_of(request.frame->ancestors, is_of_the_site);
  return {.same_site = request.as == SentAs::client ||
                       (is_surrounded && (!request.initiator || (!is_opaque && is_of_the_site(*request.initiator)))),
          .top_level_navigation = request.as == SentAs::page && !request.frame,
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
  const bool is_page = request.as == SentAs::page;
  const Url* initiator = request.initiator && request.as != SentAs::client ? &*request.initiator : nullptr;
  const bool safe = is_safe(travel.method);
  // A form that is sent again must not be answered from a cache.
  if (is_page && !safe) add("Cache-Control", "max-age=0");
  if (is_page) add("Upgrade-Insecure-Requests", "1");
  const bool is_opaque = request.initiator_origin == InitiatorOrigin::opaque;
  if (initiator != nullptr && is_page && !safe)
    add("Origin", is_opaque ? "null" : origin_header(*initiator, travel.chain, travel.policy));
  if (initiator != nullptr && !is_page && (is_cross_origin(travel, request) || !is_without_origin(travel.method)))
    add("Origin", fetch_origin(*initiator, travel.chain));
  add("Content-Type", travel.content_type);
  add("User-Agent", "murphy/" MURPHY_VERSION);
  add("Accept", std::string(is_page ? accept_document : "*/*"));
  if (is_potentially_trustworthy(travel.url()) && request.as != SentAs::client) {
    add("Sec-Fetch-Site", is_opaque ? "cross-site" : fetch_site(initiator, travel.chain));
    add("Sec-Fetch-Mode", is_page ? "navigate" : "cors");
    if (is_page && !is_by_itself(request.reason)) add("Sec-Fetch-User", "?1");
    add("Sec-Fetch-Dest", request.frame ? request.frame->kind : is_page ? "document" : "empty");
  }
  if (travel.referrer_source && request.as != SentAs::client)
    add("Referer", referrer(*travel.referrer_source, travel.url(), travel.policy));
  add("Accept-Language", "en");
  add("Cookie", cookie);
  composed.headers.insert(composed.headers.end(), travel.headers.begin(), travel.headers.end());
  return composed;
}

// https://fetch.spec.whatwg.org/#concept-response-location-url. As browsers do, an empty Location counts as none.
Result<std::optional<Url>> redirect_target(const Response& response, const Url& current) {
  const auto location = location_of(response);
  if (!location) return std::unexpected(location.error());
  if (location->empty()) return std::nullopt;
  auto target = Url::parse(escaped(*location), &current);
  if (!target) return std::unexpected(std::move(target.error()));
  if (!target->fragment()) target->set_fragment(current.fragment());
  return std::move(*target);
}

std::string handed_over(const Response& response) {
  const auto location = location_of(response);
  if (!location) return {};
  const std::string_view address = trim(*location);
  const std::size_t colon = address.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(address.front())) return {};
  const std::string scheme = ascii_lower(address.substr(0, colon));
  const bool is_scheme = std::ranges::all_of(
      scheme, [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
  if (!is_scheme || is_of_browsers(scheme)) return {};
  // "localhost:3000/home" lacks its "http://".
  const std::string_view rest = address.substr(colon + 1);
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (digits > 0 && (digits == rest.size() || rest[digits] == '/')) return {};
  return std::string(address);
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
