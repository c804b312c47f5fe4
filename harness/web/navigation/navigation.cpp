#include "web/navigation/navigation.h"

#include "base/text.h"
#include "web/navigation/navigation_headers.h"

#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace murphy::web {
namespace {

// How a hop is named in a message: no query, which may carry tokens.
std::string shown(const Hop& hop) { return hop.request.url.origin() + hop.request.url.path(); }

// The redirects exceeded the limit: says whether they go round, and where.
std::pair<StopCause, Error> too_many_redirects(const std::vector<Hop>& hops) {
  const Hop& last = hops.back();
  std::size_t begin = hops.size() - 1;
  for (std::size_t i = hops.size() - 1; i > 0; --i) {
    const Hop& earlier = hops[i - 1];
    if (earlier.request.method == last.request.method && earlier.request.url == last.request.url) {
      begin = i - 1;
      break;
    }
  }
  if (begin == hops.size() - 1) {
    return {StopCause::too_many_redirects,
            {ErrorKind::target,
             "more than " + std::to_string(hops.size() - 1) + " redirects, the last one at " + shown(last),
             "browsers stop here, too; find out why the app never answers with a page",
             {},
             {}}};
  }
  std::string circle = shown(hops[begin]);
  for (std::size_t i = begin + 1; i < hops.size(); ++i) circle += " → " + shown(hops[i]);
  return {StopCause::redirect_loop,
          {ErrorKind::target,
           "the app redirects in a circle: " + circle,
           "a lost session often causes this: look at the cookies of these answers",
           {},
           {}}};
}

Error cannot_follow(const Hop& hop, Error reason) {
  reason.kind = ErrorKind::target;
  reason.what = "the redirect of " + shown(hop) + " cannot be followed: " + reason.what;
  reason.hint = "to check the redirect itself, set redirects = false on the step";
  return reason;
}

// https://w3c.github.io/webappsec-clear-site-data/: the words in quotes, in this case.
bool clears_cookies(const Hop& hop) {
  for (const std::string* value : record::find_headers(hop.response->headers, "Clear-Site-Data")) {
    for (const std::string_view word : split(*value, ','))
      if (trim(word) == "\"cookies\"" || trim(word) == "\"*\"") return true;
  }
  return false;
}

void take_site_data(Hop& hop, SiteData& data, const CookieContext& context, record::Instant now) {
  const Url& url = hop.request.url;
  data.strict_transport.learn(url, hop.response->headers, now);
  if (clears_cookies(hop)) {
    // Chromium keeps no cookie of such an answer either, and clears where it trusts who says so.
    if (is_potentially_trustworthy(url)) data.cookies.clear_site(url);
    return;
  }
  for (const std::string* line : record::find_headers(hop.response->headers, "Set-Cookie")) {
    StoreOutcome outcome = data.cookies.store(*line, url, context, now);
    if (outcome.dropped) hop.dropped.push_back(std::move(*outcome.dropped));
  }
}

Error not_asked(const Url& url) {
  return {ErrorKind::target,
          fmt::format("the request to {} was not sent: allowed_hosts of the target does not list {}", url.origin(),
                      url.host()),
          fmt::format("if the app may lead there, add it: allowed_hosts = [\"{}\"]", url.host()),
          {},
          {}};
}

// Sends the request that is due and takes its answer's cookies.
Hop make_hop(const Transport& transport, SiteData& data, Travel& travel, const NavigationRequest& request,
             const NavigationLimits& limits, record::Reason reason) {
  Hop hop;
  hop.reason = reason;
  hop.started = limits.now();
  // To a browser this is a redirect, which it makes up itself.
  if (data.strict_transport.covers(travel.url(), hop.started)) travel.chain.push_back(by_https(travel.url()));
  const CookieContext context = cookie_context(travel, request);
  const bool with_cookies = takes_cookies(travel, request);
  hop.request = compose(travel, request,
                        with_cookies ? data.cookies.cookie_header(travel.url(), context, hop.started) : std::string());
  if (request.authentication != nullptr) request.authentication->add_to(hop.request, travel.headers);
  if (limits.may_ask && !limits.may_ask(travel.url())) {
    hop.failure = TransportError{.error = not_asked(travel.url()), .timing = {}};
    return hop;
  }
  auto answer = transport(hop.request, limits.deadline, limits.stop);
  if (!answer) {
    hop.failure = std::move(answer.error());
    return hop;
  }
  hop.response = std::move(*answer);
  if (request.authentication != nullptr && request.as == SentAs::page && hop.response->status < 400)
    request.authentication->learn(hop.request, travel.headers);
  if (with_cookies)
    take_site_data(hop, data, context, limits.now());
  else
    data.strict_transport.learn(hop.request.url, hop.response->headers, limits.now());
  return hop;
}

} // namespace

std::optional<ForbiddenFrame> forbidden_frame(const FramePlace& frame, const Url& target, Reached reached) {
  const std::string where = target.origin() + target.path();
  if (auto policy = frame.embedder->forbids_frame(target, reached)) {
    const std::string directive = policy->directive;
    return ForbiddenFrame{std::move(policy),
                          {ErrorKind::target,
                           "the page's policy does not let its frame show " + where + ": " + directive,
                           "a browser leaves the frame empty; add this address to frame-src",
                           {},
                           {}}};
  }
  if (frame.embedder->self().secure() && !is_potentially_trustworthy(target))
    return ForbiddenFrame{std::nullopt,
                          {ErrorKind::target,
                           "a frame of an https page leads to " + where + ", which is not encrypted",
                           "browsers load nothing; give the frame an https address",
                           {},
                           {}}};
  return std::nullopt;
}

Navigation navigate(const Transport& transport, SiteData& data, const NavigationRequest& request,
                    const NavigationLimits& limits) {
  Navigation navigation;
  Travel travel = begin_travel(request);
  record::Reason reason = request.reason;
  // A nonce that has ended is asked for a second time; whoever asks more often takes no credentials.
  constexpr int most_challenges = 2;
  for (int challenges = 0;;) {
    navigation.hops.push_back(make_hop(transport, data, travel, request, limits, reason));
    const Hop& hop = navigation.hops.back();
    if (hop.failure) {
      navigation.stopped = hop.failure->error;
      const bool may_ask = !limits.may_ask || limits.may_ask(travel.url());
      navigation.cause = may_ask ? StopCause::no_answer : StopCause::forbidden_host;
      return navigation;
    }
    if (hop.response->status == 401 && request.authentication != nullptr && challenges < most_challenges &&
        request.authentication->answer(hop.request, *hop.response)) {
      reason = record::Reason::authenticated;
      ++challenges;
      continue;
    }
    if (!limits.follow_redirects) return navigation;
    navigation.handed_over = handed_over(*hop.response);
    if (!navigation.handed_over.empty()) return navigation;
    auto target = redirect_target(*hop.response, hop.request.url);
    if (!target) {
      navigation.stopped = cannot_follow(hop, std::move(target.error()));
      navigation.cause = StopCause::broken_redirect;
      return navigation;
    }
    if (!*target) return navigation;
    if (navigation.hops.size() > static_cast<std::size_t>(limits.redirects)) {
      std::tie(navigation.cause, navigation.stopped) = too_many_redirects(navigation.hops);
      return navigation;
    }
    if (request.form) {
      if (auto forbidden = forbidden_redirect(*request.form, travel.method, hop.response->status, **target)) {
        navigation.stopped = error_of(*forbidden);
        navigation.cause = StopCause::forbidden_form;
        navigation.forbidden = std::move(forbidden);
        return navigation;
      }
    }
    if (request.frame) {
      if (auto forbidden = forbidden_frame(*request.frame, **target, Reached::by_redirect)) {
        navigation.stopped = std::move(forbidden->error);
        navigation.cause = StopCause::forbidden_frame;
        navigation.forbidden_frame = std::move(forbidden->policy);
        return navigation;
      }
    }
    redirect(travel, *hop.response, std::move(**target));
    reason = record::Reason::redirected;
    challenges = 0;
  }
}

} // namespace murphy::web
