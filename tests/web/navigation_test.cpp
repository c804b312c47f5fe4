#include "web/navigation/navigation.h"

#include "parsed_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Response answered(int status, std::vector<record::Header> headers = {}, std::string body = {}) {
  Response response;
  response.status = status;
  response.headers = std::move(headers);
  response.body = std::move(body);
  return response;
}

Response to(int status, const std::string& location) { return answered(status, {{"Location", location}}); }

// Servers by address; what was asked is written down.
struct Web {
  std::map<std::string, Response> pages; // by href
  std::vector<Request> seen;
  std::vector<TimePoint> deadlines;

  Transport transport() {
    return [this](const Request& request, TimePoint deadline,
                  const std::stop_token&) -> std::expected<Response, TransportError> {
      seen.push_back(request);
      deadlines.push_back(deadline);
      const auto page = pages.find(request.url.href());
      if (page == pages.end())
        return std::unexpected(TransportError{{ErrorKind::target, "nobody listens", {}, {}, {}}, {}, false});
      return page->second;
    };
  }
};

struct Browser {
  Web web;
  SiteData data;
  NavigationLimits limits{.deadline = TimePoint{} + std::chrono::hours(1),
                          .now = [] { return record::Instant{} + std::chrono::days(20000); }};

  Navigation go(const NavigationRequest& request) { return navigate(web.transport(), data, request, limits); }
  Navigation open(std::string_view address) { return go({.url = url(address)}); }

  // The requests as "METHOD address body".
  std::vector<std::string> log() const {
    std::vector<std::string> lines;
    for (const Request& request : web.seen) {
      lines.push_back(request.method + " " + request.url.href() +
                      (request.body.empty() ? "" : " " + request.body.outline()));
    }
    return lines;
  }
  std::vector<record::Header> headers(std::size_t request) const {
    std::vector<record::Header> shown;
    for (const RequestHeader& header : web.seen.at(request).headers)
      shown.push_back({header.name, header.value.outline()});
    return shown;
  }
  std::string header(std::size_t request, std::string_view name) const {
    const Value* value = find_header(web.seen.at(request).headers, name);
    return value == nullptr ? "none" : value->text();
  }
  void store(std::string_view address, std::string_view line) {
    ASSERT_FALSE(data.cookies.store(line, url(address), {}, limits.now()).dropped.has_value()) << line;
  }
};

NavigationRequest post(std::string_view address, std::string_view from) {
  return {.url = url(address),
          .method = "POST",
          .body = std::string("a=1"),
          .content_type = "application/x-www-form-urlencoded",
          .initiator = url(from),
          .reason = record::Reason::submitted};
}

TEST(Navigation, EndsAtAPage) {
  Browser browser;
  browser.web.pages["http://app.test/"] = answered(200, {}, "hello");
  const Navigation navigation = browser.open("http://app.test/");
  ASSERT_FALSE(navigation.stopped.has_value());
  ASSERT_EQ(navigation.hops.size(), 1U);
  EXPECT_EQ(navigation.response()->body, "hello");
  EXPECT_EQ(navigation.url().href(), "http://app.test/");
  EXPECT_EQ(navigation.hops[0].reason, record::Reason::opened);
  EXPECT_EQ(browser.web.deadlines, std::vector{browser.limits.deadline});
}

TEST(Navigation, SendsABrowsersHeadersForATypedAddress) {
  Browser browser;
  browser.web.pages["https://app.test/"] = answered(200);
  browser.open("https://app.test/");
  EXPECT_THAT(browser.headers(0),
              ElementsAre(record::Header{"Upgrade-Insecure-Requests", "1"},
                          record::Header{"User-Agent", "murphy/" MURPHY_VERSION},
                          record::Header{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
                          record::Header{"Sec-Fetch-Site", "none"}, record::Header{"Sec-Fetch-Mode", "navigate"},
                          record::Header{"Sec-Fetch-User", "?1"}, record::Header{"Sec-Fetch-Dest", "document"},
                          record::Header{"Accept-Language", "en"}));
}

TEST(Navigation, SendsABrowsersHeadersForASubmittedForm) {
  Browser browser;
  browser.store("http://localhost:8080/", "sid=1");
  browser.web.pages["http://localhost:8080/login"] = answered(422);
  browser.go(post("http://localhost:8080/login", "http://localhost:8080/login?next=/#form"));
  EXPECT_THAT(browser.headers(0),
              ElementsAre(record::Header{"Cache-Control", "max-age=0"},
                          record::Header{"Upgrade-Insecure-Requests", "1"},
                          record::Header{"Origin", "http://localhost:8080"},
                          record::Header{"Content-Type", "application/x-www-form-urlencoded"},
                          record::Header{"User-Agent", "murphy/" MURPHY_VERSION},
                          record::Header{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
                          record::Header{"Sec-Fetch-Site", "same-origin"}, record::Header{"Sec-Fetch-Mode", "navigate"},
                          record::Header{"Sec-Fetch-User", "?1"}, record::Header{"Sec-Fetch-Dest", "document"},
                          record::Header{"Referer", "http://localhost:8080/login?next=/"},
                          record::Header{"Accept-Language", "en"}, record::Header{"Cookie", "sid=1"}));
}

TEST(Navigation, KeepsSecFetchToTrustworthyAddresses) {
  Browser browser;
  browser.web.pages["http://app.test/"] = answered(200);
  browser.open("http://app.test/");
  EXPECT_EQ(browser.header(0, "Sec-Fetch-Mode"), "none");
}

TEST(Navigation, SaysWhenNobodyPressedAnything) {
  Browser browser;
  browser.web.pages["https://app.test/b"] = answered(200);
  browser.go(
      {.url = url("https://app.test/b"), .initiator = url("https://app.test/a"), .reason = record::Reason::refreshed});
  EXPECT_EQ(browser.header(0, "Sec-Fetch-User"), "none");
  EXPECT_EQ(browser.header(0, "Sec-Fetch-Site"), "same-origin");
}

TEST(Navigation, TakesHeadersOfTheCallerInsteadOfItsOwn) {
  Browser browser;
  browser.store("https://app.test/", "sid=jar");
  browser.web.pages["https://app.test/api"] = answered(200);
  browser.go({.url = url("https://app.test/api"),
              .headers = {{"accept", "application/json"}, {"Cookie", "sid=mine"}, {"X-Test", "1"}, {"X-Test", "2"}},
              .reason = record::Reason::requested});
  EXPECT_EQ(browser.header(0, "Accept"), "application/json");
  EXPECT_EQ(browser.header(0, "Cookie"), "sid=mine");
  EXPECT_EQ(std::ranges::count(browser.web.seen[0].headers, "X-Test", &RequestHeader::name), 2);
  EXPECT_EQ(
      std::ranges::count_if(browser.web.seen[0].headers, [](const auto& header) { return header.name == "Accept"; }),
      0);
}

// What Chromium 156 sends for fetch(), see tests/conformance/requests.mjs.
TEST(Navigation, SendsAScriptsHeadersForAScript) {
  Browser browser;
  browser.store("http://localhost:8080/", "sid=1");
  browser.web.pages["http://localhost:8080/api"] = answered(200);
  NavigationRequest request = post("http://localhost:8080/api", "http://localhost:8080/home?a=1");
  request.as = SentAs::script;
  browser.go(request);
  EXPECT_THAT(browser.headers(0),
              ElementsAre(record::Header{"Origin", "http://localhost:8080"},
                          record::Header{"Content-Type", "application/x-www-form-urlencoded"},
                          record::Header{"User-Agent", "murphy/" MURPHY_VERSION}, record::Header{"Accept", "*/*"},
                          record::Header{"Sec-Fetch-Site", "same-origin"}, record::Header{"Sec-Fetch-Mode", "cors"},
                          record::Header{"Sec-Fetch-Dest", "empty"},
                          record::Header{"Referer", "http://localhost:8080/home?a=1"},
                          record::Header{"Accept-Language", "en"}, record::Header{"Cookie", "sid=1"}));
  request.method = "GET";
  browser.go(request);
  EXPECT_EQ(browser.header(1, "Origin"), "none");
}

TEST(Navigation, OfAScriptLeavesCookiesOutForOtherOrigins) {
  Browser browser;
  browser.store("https://api.test/", "sid=1; SameSite=None; Secure");
  browser.web.pages["https://app.test/a"] = to(302, "https://api.test/b");
  browser.web.pages["https://api.test/b"] = answered(200, {{"Set-Cookie", "other=1"}});
  NavigationRequest request{
      .url = url("https://app.test/a"), .initiator = url("https://app.test/"), .as = SentAs::script};
  browser.go(request);
  EXPECT_EQ(browser.header(0, "Origin"), "none");
  EXPECT_EQ(browser.header(1, "Origin"), "https://app.test");
  EXPECT_EQ(browser.header(1, "Cookie"), "none");
  EXPECT_EQ(browser.header(1, "Sec-Fetch-Site"), "cross-site");
  EXPECT_EQ(browser.data.cookies.all().size(), 1U) << "nor are its cookies taken";
}

TEST(Navigation, OfAClientSaysNothingOfWhereItComesFrom) {
  Browser browser;
  browser.store("https://app.test/", "sid=1; SameSite=Strict");
  browser.web.pages["https://app.test/api"] = answered(200, {{"Set-Cookie", "other=1"}});
  NavigationRequest request = post("https://app.test/api", "https://elsewhere.test/");
  request.as = SentAs::client;
  browser.go(request);
  EXPECT_THAT(browser.headers(0),
              ElementsAre(record::Header{"Content-Type", "application/x-www-form-urlencoded"},
                          record::Header{"User-Agent", "murphy/" MURPHY_VERSION}, record::Header{"Accept", "*/*"},
                          record::Header{"Accept-Language", "en"}, record::Header{"Cookie", "sid=1"}));
  EXPECT_EQ(browser.data.cookies.all().size(), 2U);
}

struct MethodCase {
  int status;
  std::string method, method_after, body_after;
};

TEST(Navigation, ChangesMethodsAsFetchDoes) {
  const std::vector<MethodCase> cases = {
      {301, "POST", "GET", ""},         {302, "POST", "GET", ""},     {303, "POST", "GET", ""},
      {307, "POST", "POST", "a=1"},     {308, "POST", "POST", "a=1"}, {301, "PUT", "PUT", "a=1"},
      {302, "DELETE", "DELETE", "a=1"}, {303, "PUT", "GET", ""},      {301, "GET", "GET", "a=1"},
      {303, "HEAD", "HEAD", "a=1"},     {303, "GET", "GET", "a=1"},
  };
  for (const auto& [status, method, method_after, body_after] : cases) {
    Browser browser;
    browser.web.pages["http://app.test/a"] = to(status, "/b");
    browser.web.pages["http://app.test/b"] = answered(200);
    NavigationRequest request = post("http://app.test/a", "http://app.test/");
    request.method = method;
    request.headers = {{"Content-Language", "en"}, {"X-Kept", "1"}};
    const Navigation navigation = browser.go(request);
    ASSERT_EQ(navigation.hops.size(), 2U);
    EXPECT_EQ(browser.web.seen[1].method, method_after) << status << method;
    EXPECT_EQ(browser.web.seen[1].body.outline(), body_after) << status << method;
    EXPECT_EQ(browser.header(1, "Content-Type"), body_after.empty() ? "none" : "application/x-www-form-urlencoded");
    EXPECT_EQ(browser.header(1, "Content-Language"), body_after.empty() ? "none" : "en");
    EXPECT_EQ(browser.header(1, "X-Kept"), "1");
    EXPECT_EQ(navigation.hops[0].reason, record::Reason::submitted);
    EXPECT_EQ(navigation.hops[1].reason, record::Reason::redirected);
  }
}

TEST(Navigation, TakesOnlyRedirectsForRedirects) {
  for (const int status : {200, 201, 300, 304, 305, 306, 401, 422, 500}) {
    Browser browser;
    browser.web.pages["http://app.test/"] = to(status, "/b");
    const Navigation navigation = browser.open("http://app.test/");
    EXPECT_EQ(navigation.hops.size(), 1U) << status;
    EXPECT_EQ(navigation.response()->status, status);
  }
}

TEST(Navigation, EndsAtARedirectWithoutALocation) {
  Browser browser;
  browser.web.pages["http://app.test/"] = answered(302, {{"Location", ""}});
  const Navigation navigation = browser.open("http://app.test/");
  EXPECT_FALSE(navigation.stopped.has_value());
  EXPECT_EQ(navigation.response()->status, 302);
}

TEST(Navigation, StaysWhereItIsWhenToldTo) {
  Browser browser;
  browser.limits.follow_redirects = false;
  browser.web.pages["http://app.test/"] = answered(302, {{"Location", "/b"}, {"Set-Cookie", "a=1"}});
  const Navigation navigation = browser.open("http://app.test/");
  EXPECT_EQ(navigation.response()->status, 302);
  EXPECT_EQ(browser.data.cookies.all().size(), 1U);
}

TEST(Navigation, InheritsFragments) {
  Browser browser;
  browser.web.pages["http://app.test/a#here"] = to(302, "/b");
  browser.web.pages["http://app.test/b#here"] = to(302, "/c#there");
  browser.web.pages["http://app.test/c#there"] = answered(200);
  EXPECT_EQ(browser.open("http://app.test/a#here").url().fragment(), "there");
  EXPECT_EQ(browser.web.seen[1].url.fragment(), "here");
}

TEST(Navigation, ReadsLocationsThatAreNotAscii) {
  Browser browser;
  browser.web.pages["http://app.test/"] = to(302, "/grüße?x=\xFC");
  browser.web.pages["http://app.test/gr%C3%BC%C3%9Fe?x=%FC"] = to(302, "http://bücher.test/ x");
  browser.web.pages["http://xn--bcher-kva.test/%20x"] = answered(200);
  EXPECT_FALSE(browser.open("http://app.test/").stopped.has_value());
  EXPECT_EQ(browser.web.seen.size(), 3U);
}

TEST(Navigation, SeesCirclesForWhatTheyAre) {
  Browser browser;
  browser.web.pages["http://app.test/login?next=/"] = to(302, "/");
  browser.web.pages["http://app.test/"] = to(302, "/login?next=/");
  const Navigation navigation = browser.open("http://app.test/");
  EXPECT_EQ(navigation.hops.size(), 21U);
  EXPECT_EQ(navigation.response(), nullptr);
  ASSERT_TRUE(navigation.stopped.has_value());
  EXPECT_EQ(navigation.stopped->kind, ErrorKind::target);
  EXPECT_EQ(navigation.stopped->what,
            "the app redirects in a circle: http://app.test/ → http://app.test/login → http://app.test/");
  EXPECT_EQ(navigation.stopped->hint, "a lost session often causes this: look at the cookies of these answers");
}

TEST(Navigation, FollowsTwentyRedirectsAndNoMore) {
  for (const int redirects : {20, 21}) {
    Browser browser;
    for (int i = 0; i < redirects; ++i)
      browser.web.pages["http://app.test/" + std::to_string(i)] = to(302, "/" + std::to_string(i + 1));
    browser.web.pages["http://app.test/" + std::to_string(redirects)] = answered(200);
    const Navigation navigation = browser.open("http://app.test/0");
    EXPECT_EQ(navigation.hops.size(), 21U);
    EXPECT_EQ(navigation.stopped.has_value(), redirects > 20);
    if (navigation.stopped) {
      EXPECT_EQ(navigation.stopped->what, "more than 20 redirects, the last one at http://app.test/20");
    }
  }
}

TEST(Navigation, SaysWhereARedirectCannotGo) {
  Browser browser;
  browser.web.pages["http://app.test/a?secret=1"] = to(302, "javascript://callback");
  Navigation navigation = browser.open("http://app.test/a?secret=1");
  ASSERT_TRUE(navigation.stopped.has_value());
  EXPECT_EQ(navigation.stopped->kind, ErrorKind::target);
  EXPECT_EQ(navigation.stopped->what,
            "the redirect of http://app.test/a cannot be followed: the address \"javascript://callback\" cannot "
            "be read: its scheme is \"javascript:\"");
  EXPECT_EQ(navigation.stopped->hint, "to check the redirect itself, set redirects = false on the step");
  EXPECT_EQ(navigation.hops[0].response->status, 302);

  browser.web.pages["http://app.test/b"] = to(302, "http://h:99999/");
  EXPECT_THAT(browser.open("http://app.test/b").stopped->what, HasSubstr("its port is above 65535"));

  browser.web.pages["http://app.test/c"] = answered(302, {{"Location", "/x"}, {"location", "/y"}});
  EXPECT_EQ(
      browser.open("http://app.test/c").stopped->what,
      "the redirect of http://app.test/c cannot be followed: the answer has several Location headers that differ");
}

TEST(Navigation, KeepsTheHopsBeforeAnAnswerThatNeverCame) {
  Browser browser;
  browser.web.pages["http://app.test/"] = to(302, "http://down.test/");
  const Navigation navigation = browser.open("http://app.test/");
  ASSERT_EQ(navigation.hops.size(), 2U);
  EXPECT_EQ(navigation.hops[0].response->status, 302);
  EXPECT_FALSE(navigation.hops[1].response.has_value());
  EXPECT_EQ(navigation.hops[1].failure->error.what, "nobody listens");
  EXPECT_EQ(navigation.stopped->what, "nobody listens");
}

TEST(Navigation, DropsCredentialsAcrossOrigins) {
  Browser browser;
  browser.web.pages["https://app.test/a"] = to(302, "/b");
  browser.web.pages["https://app.test/b"] = to(302, "https://other.test/");
  browser.web.pages["https://other.test/"] = to(302, "https://app.test/c");
  browser.web.pages["https://app.test/c"] = answered(200);
  browser.store("https://app.test/", "sid=jar");
  browser.go(
      {.url = url("https://app.test/a"),
       .headers = {{"authorization", "Bearer x"}, {"Cookie", "sid=mine"}, {"Host", "virtual.test"}, {"X-Kept", "1"}}});
  for (const std::string name : {"Authorization", "Cookie", "Host"}) {
    EXPECT_NE(browser.header(1, name), "none") << name;
    EXPECT_EQ(browser.header(2, name), "none") << name;
  }
  EXPECT_EQ(browser.header(3, "Authorization"), "none");
  EXPECT_EQ(browser.header(3, "Cookie"), "sid=jar");
  EXPECT_EQ(browser.header(3, "X-Kept"), "1");
}

TEST(Navigation, CarriesCookiesFromHopToHop) {
  Browser browser;
  browser.web.pages["http://app.test/login"] =
      answered(303, {{"Location", "/"}, {"Set-Cookie", "sid=new; Path=/"}, {"set-cookie", "bad=1; Secure"}});
  browser.web.pages["http://app.test/"] = answered(200, {{"Set-Cookie", "flash=; Max-Age=0"}});
  browser.store("http://app.test/", "sid=old; Path=/");
  browser.store("http://app.test/", "flash=hello; Path=/");
  const Navigation navigation = browser.go(post("http://app.test/login", "http://app.test/login"));
  EXPECT_EQ(browser.header(0, "Cookie"), "sid=old; flash=hello");
  EXPECT_EQ(browser.header(1, "Cookie"), "sid=new; flash=hello");
  ASSERT_EQ(navigation.hops[0].dropped.size(), 1U);
  EXPECT_EQ(navigation.hops[0].dropped[0].name, "bad");
  EXPECT_EQ(navigation.hops[0].dropped[0].why, record::CookieDrop::secure_over_http);
  EXPECT_THAT(navigation.hops[1].dropped, IsEmpty());
  EXPECT_EQ(browser.data.cookies.all().size(), 1U);
}

// An identity provider's page posts the answer back (SAML, OpenID Connect's form_post).
TEST(Navigation, CarriesNoLaxCookiesWithACrossSitePost) {
  Browser browser;
  browser.store("https://app.test/", "lax=1; SameSite=Lax");
  browser.store("https://app.test/", "strict=1; SameSite=Strict");
  browser.store("https://app.test/", "none=1; SameSite=None; Secure");
  browser.store("https://app.test/", "fresh=1");
  browser.web.pages["https://app.test/callback"] = to(303, "/dashboard");
  browser.web.pages["https://app.test/dashboard"] = answered(200);
  browser.go(post("https://app.test/callback", "https://login.idp.example/form"));
  EXPECT_EQ(browser.header(0, "Cookie"), "none=1; fresh=1"); // the one without SameSite by its two minutes of grace
  EXPECT_EQ(browser.header(0, "Origin"), "https://login.idp.example");
  EXPECT_EQ(browser.header(0, "Sec-Fetch-Site"), "cross-site");
  // The redirect is a GET, still caused by the provider: Lax goes along, Strict does not.
  EXPECT_EQ(browser.header(1, "Cookie"), "lax=1; none=1; fresh=1");
}

TEST(Navigation, JudgesSameSiteByTheInitiatorNotByTheWay) {
  Browser browser;
  browser.store("https://app.test/", "strict=1; SameSite=Strict");
  browser.web.pages["https://app.test/sso"] = to(302, "https://idp.example/");
  browser.web.pages["https://idp.example/"] = to(302, "https://app.test/back");
  browser.web.pages["https://app.test/back"] = answered(200);
  browser.go({.url = url("https://app.test/sso"),
              .initiator = url("https://www.app.test/"),
              .reason = record::Reason::clicked});
  EXPECT_EQ(browser.header(2, "Cookie"), "strict=1");
  EXPECT_EQ(browser.header(0, "Sec-Fetch-Site"), "same-site");
  EXPECT_EQ(browser.header(2, "Sec-Fetch-Site"), "cross-site");
  browser.go({.url = url("https://app.test/back"),
              .initiator = url("https://idp.example/"),
              .reason = record::Reason::clicked});
  EXPECT_EQ(browser.header(3, "Cookie"), "none");
}

TEST(Navigation, HidesTheOriginOfAPostThatWentAstray) {
  Browser browser;
  browser.web.pages["https://app.test/a"] = to(307, "https://other.test/");
  browser.web.pages["https://other.test/"] = to(307, "https://app.test/b");
  browser.web.pages["https://app.test/b"] = answered(200);
  browser.go(post("https://app.test/a", "https://app.test/"));
  EXPECT_EQ(browser.header(0, "Origin"), "https://app.test");
  EXPECT_EQ(browser.header(1, "Origin"), "null");
  EXPECT_EQ(browser.header(2, "Origin"), "null");
  EXPECT_THAT(browser.log(), ElementsAre("POST https://app.test/a a=1", "POST https://other.test/ a=1",
                                         "POST https://app.test/b a=1"));
}

TEST(Navigation, ObeysReferrerPolicies) {
  Browser browser;
  browser.web.pages["https://app.test/a"] =
      answered(302, {{"Location", "https://other.test/"}, {"Referrer-Policy", "unsafe-url"}});
  browser.web.pages["https://other.test/"] =
      answered(302, {{"Location", "https://app.test/b"}, {"Referrer-Policy", "no-referrer, nonsense"}});
  browser.web.pages["https://app.test/b"] = answered(200);
  browser.go({.url = url("https://app.test/a"),
              .initiator = url("https://u:p@app.test/from?x#y"),
              .reason = record::Reason::clicked});
  EXPECT_EQ(browser.header(0, "Referer"), "https://app.test/from?x");
  EXPECT_EQ(browser.header(1, "Referer"), "https://app.test/from?x");
  EXPECT_EQ(browser.header(2, "Referer"), "none");
}

struct ReferrerCase {
  ReferrerPolicy policy;
  std::string target, referrer, origin;
};

TEST(NavigationPolicy, TellsRefererAndOrigin) {
  const Url source = url("https://app.test/page?q=1#f");
  const std::vector<ReferrerCase> cases = {
      {ReferrerPolicy::no_referrer, "https://app.test/", "", "null"},
      {ReferrerPolicy::same_origin, "https://app.test/", "https://app.test/page?q=1", "https://app.test"},
      {ReferrerPolicy::same_origin, "https://other.test/", "", "null"},
      {ReferrerPolicy::origin, "https://app.test/", "https://app.test/", "https://app.test"},
      {ReferrerPolicy::origin, "http://other.test/", "https://app.test/", "https://app.test"},
      {ReferrerPolicy::strict_origin, "https://other.test/", "https://app.test/", "https://app.test"},
      {ReferrerPolicy::strict_origin, "http://other.test/", "", "null"},
      {ReferrerPolicy::origin_when_cross_origin, "https://app.test/", "https://app.test/page?q=1", "https://app.test"},
      {ReferrerPolicy::origin_when_cross_origin, "http://app.test/", "https://app.test/", "https://app.test"},
      {ReferrerPolicy::strict_origin_when_cross_origin, "https://app.test/", "https://app.test/page?q=1",
       "https://app.test"},
      {ReferrerPolicy::strict_origin_when_cross_origin, "https://other.test/", "https://app.test/", "https://app.test"},
      {ReferrerPolicy::strict_origin_when_cross_origin, "http://app.test/", "", "null"},
      {ReferrerPolicy::strict_origin_when_cross_origin, "http://localhost/", "", "null"},
      {ReferrerPolicy::no_referrer_when_downgrade, "https://other.test/", "https://app.test/page?q=1",
       "https://app.test"},
      {ReferrerPolicy::no_referrer_when_downgrade, "http://other.test/", "", "null"},
      {ReferrerPolicy::unsafe_url, "http://other.test/", "https://app.test/page?q=1", "https://app.test"},
  };
  for (const auto& [policy, target, wanted_referrer, wanted_origin] : cases) {
    EXPECT_EQ(referrer(source, url(target), policy), wanted_referrer) << static_cast<int>(policy) << " " << target;
    EXPECT_EQ(origin_header(source, {url(target)}, policy), wanted_origin) << static_cast<int>(policy) << " " << target;
  }
  // From plain http nothing is lost.
  EXPECT_EQ(
      referrer(url("http://app.test/x"), url("http://other.test/"), ReferrerPolicy::strict_origin_when_cross_origin),
      "http://app.test/");
  EXPECT_EQ(
      referrer(url("https://app.test/" + std::string(5000, 'x')), url("https://app.test/"), ReferrerPolicy::unsafe_url),
      "https://app.test/");
}

TEST(NavigationPolicy, ReadsReferrerPolicies) {
  EXPECT_EQ(parse_referrer_policy("Same-Origin"), ReferrerPolicy::same_origin);
  EXPECT_EQ(parse_referrer_policy("no-referrer, strict-origin-when-cross-origin"),
            ReferrerPolicy::strict_origin_when_cross_origin);
  EXPECT_EQ(parse_referrer_policy("origin, future-policy"), ReferrerPolicy::origin);
  EXPECT_EQ(parse_referrer_policy(""), std::nullopt);
  EXPECT_EQ(parse_referrer_policy("nonsense"), std::nullopt);
  EXPECT_EQ(response_referrer_policy({{"Referrer-Policy", "origin"}, {"referrer-policy", "nonsense"}}),
            ReferrerPolicy::origin);
}

// A page on app.test with this policy, whose form goes to `target`.
NavigationRequest form_of(std::string_view page, const std::string& policy, std::string_view target) {
  NavigationRequest request = post(target, page);
  request.form =
      std::make_shared<PagePolicy>(url(page), std::vector<record::Header>{{"Content-Security-Policy", policy}});
  return request;
}

TEST(Navigation, StopsAtARedirectThatThePolicyOfTheFormForbids) {
  Browser browser;
  browser.web.pages["http://app.test/sso"] = to(303, "/next");
  browser.web.pages["http://app.test/next"] = to(302, "https://id.test/authorize?client=1");
  const Navigation navigation =
      browser.go(form_of("http://app.test/login", "form-action 'self'", "http://app.test/sso"));
  EXPECT_EQ(navigation.hops.size(), 2U);
  EXPECT_EQ(navigation.cause, StopCause::forbidden_form);
  ASSERT_TRUE(navigation.forbidden);
  EXPECT_EQ(navigation.forbidden->policy, (record::Policy{record::Policy::From::header, "form-action 'self'"}));
  EXPECT_EQ(navigation.forbidden->address, "https://id.test/authorize");
  ASSERT_TRUE(navigation.stopped);
  EXPECT_EQ(navigation.stopped->what,
            "the page's policy forbids that a redirect takes its form to https://id.test/authorize: "
            "form-action 'self' (Content-Security-Policy in a header)");
}

TEST(Navigation, FollowsARedirectThatThePolicyOfTheFormAllows) {
  Browser browser;
  browser.web.pages["http://app.test/sso"] = to(303, "https://id.test/authorize");
  browser.web.pages["https://id.test/authorize"] = answered(200);
  EXPECT_FALSE(
      browser.go(form_of("http://app.test/login", "form-action 'self' id.test", "http://app.test/sso")).stopped);
}

TEST(Navigation, SendsNoFormOnFromHttpsToHttp) {
  for (const int status : {302, 303, 307, 308}) {
    Browser browser;
    browser.web.pages["https://app.test/go"] = to(status, "http://app.test/plain");
    browser.web.pages["http://app.test/plain"] = answered(200);
    const Navigation navigation = browser.go(form_of("https://app.test/login", "", "https://app.test/go"));
    EXPECT_EQ(navigation.cause == StopCause::forbidden_form, status >= 307) << status;
    EXPECT_EQ(browser.web.seen.size(), status >= 307 ? 1U : 2U) << status;
  }
}

TEST(Navigation, AsksByHttpsWhereAHostSaidSo) {
  Browser browser;
  browser.web.pages["https://app.test/"] = answered(200, {{"Strict-Transport-Security", "max-age=60"}});
  browser.web.pages["https://app.test/login"] = answered(200);
  browser.web.pages["http://id.test/"] = to(302, "http://app.test/login");
  browser.open("https://app.test/");
  browser.open("http://app.test/login");
  browser.open("http://id.test/");
  EXPECT_THAT(browser.log(), ElementsAre("GET https://app.test/", "GET https://app.test/login", "GET http://id.test/",
                                         "GET https://app.test/login"));
}

TEST(Navigation, ForgetsTheCookiesOfTheSiteWhenToldTo) {
  Browser browser;
  browser.store("https://www.app.test/", "a=1; Domain=app.test");
  browser.store("https://other.test/", "b=2");
  browser.web.pages["https://app.test/out"] =
      answered(200, {{"Clear-Site-Data", "\"cache\", \"cookies\""}, {"Set-Cookie", "flash=bye"}});
  browser.open("https://app.test/out");
  ASSERT_EQ(browser.data.cookies.all().size(), 1U);
  EXPECT_EQ(browser.data.cookies.all().front().name, "b");
}

TEST(Navigation, ForgetsNoCookiesOverHttp) {
  Browser browser;
  browser.store("http://app.test/", "a=1");
  browser.web.pages["http://app.test/out"] = answered(200, {{"Clear-Site-Data", "\"cookies\""}, {"Set-Cookie", "b=2"}});
  browser.open("http://app.test/out");
  ASSERT_EQ(browser.data.cookies.all().size(), 1U) << "and takes none of that answer, as Chromium";
  EXPECT_EQ(browser.data.cookies.all().front().name, "a");
}

TEST(Navigation, OfASandboxedPageSaysNothingOfWhereItIsFrom) {
  Browser browser;
  browser.store("https://app.test/", "lax=1; SameSite=Lax");
  browser.web.pages["https://app.test/go"] = answered(200);
  NavigationRequest request = post("https://app.test/go", "https://app.test/form");
  request.initiator_origin = InitiatorOrigin::opaque;
  browser.go(request);
  EXPECT_EQ(browser.header(0, "Origin"), "null");
  EXPECT_EQ(browser.header(0, "Referer"), "none");
  EXPECT_EQ(browser.header(0, "Cookie"), "none");
  EXPECT_EQ(browser.header(0, "Sec-Fetch-Site"), "cross-site");
}

TEST(Navigation, NeverSaysAgainWhatARefererHasLost) {
  Browser browser;
  browser.web.pages["http://id.test/go"] = to(307, "http://app.test/back");
  browser.web.pages["http://app.test/back"] = answered(200);
  browser.go(post("http://id.test/go", "http://app.test/form"));
  EXPECT_EQ(browser.header(0, "Referer"), "http://app.test/");
  EXPECT_EQ(browser.header(1, "Referer"), "http://app.test/");
  EXPECT_EQ(browser.header(1, "Origin"), "null");
}

TEST(Navigation, EndsAtARedirectThatAnotherProgramOpens) {
  for (const char* address : {"com.example.app:/callback?code=a1", "myapp://callback#t=1", "mailto:ada@example.com"}) {
    Browser browser;
    browser.web.pages["http://app.test/"] = to(302, address);
    const Navigation navigation = browser.open("http://app.test/");
    EXPECT_FALSE(navigation.stopped.has_value()) << address;
    EXPECT_EQ(navigation.handed_over, address);
    EXPECT_EQ(navigation.response()->status, 302);
  }
  for (const char* address : {"javascript:alert(1)", "data:text/html,x", "about:blank", "file:///etc/hosts",
                              "localhost:3000/home", "app.test:8080"}) {
    Browser browser;
    browser.web.pages["http://app.test/"] = to(302, address);
    const Navigation navigation = browser.open("http://app.test/");
    EXPECT_EQ(navigation.cause, StopCause::broken_redirect) << address;
    EXPECT_EQ(navigation.handed_over, "");
  }
}

TEST(Navigation, ThatFollowsNoRedirectHandsNothingOver) {
  Browser browser;
  browser.limits.follow_redirects = false;
  browser.web.pages["http://app.test/"] = to(302, "com.example.app:/callback");
  EXPECT_EQ(browser.open("http://app.test/").handed_over, "");
}

} // namespace
} // namespace murphy::web
