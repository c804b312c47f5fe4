#include "web/navigation/navigation.h"

#include "web/navigation/navigation_headers.h"

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

void store_cookies(Hop& hop, CookieJar& cookies, const CookieContext& context, record::Instant now) {
  for (const std::string* line : record::find_headers(hop.response->headers, "Set-Cookie")) {
    StoreOutcome outcome = cookies.store(*line, hop.request.url, context, now);
    if (outcome.dropped) hop.dropped.push_back(std::move(*outcome.dropped));
  }
}

// Sends the request that is due and takes its answer's cookies.
Hop make_hop(const Transport& transport, CookieJar& cookies, const Travel& travel, const NavigationRequest& request,
             const NavigationLimits& limits) {
  const CookieContext context = cookie_context(travel, request);
  Hop hop;
  hop.reason = travel.chain.size() == 1 ? request.reason : record::Reason::redirected;
  hop.started = limits.now();
  const bool with_cookies = takes_cookies(travel, request);
  hop.request = compose(travel, request,
                        with_cookies ? cookies.cookie_header(travel.url(), context, hop.started) : std::string());
  auto answer = transport(hop.request, limits.deadline, limits.stop);
  if (!answer) {
    hop.failure = std::move(answer.error());
    return hop;
  }
  hop.response = std::move(*answer);
  if (with_cookies) store_cookies(hop, cookies, context, limits.now());
  return hop;
}

} // namespace

Navigation navigate(const Transport& transport, CookieJar& cookies, const NavigationRequest& request,
                    const NavigationLimits& limits) {
  Navigation navigation;
  Travel travel = begin_travel(request);
  for (;;) {
    navigation.hops.push_back(make_hop(transport, cookies, travel, request, limits));
    const Hop& hop = navigation.hops.back();
    if (hop.failure) {
      navigation.stopped = hop.failure->error;
      navigation.cause = StopCause::no_answer;
      return navigation;
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
    redirect(travel, *hop.response, std::move(**target));
  }
}

} // namespace murphy::web
