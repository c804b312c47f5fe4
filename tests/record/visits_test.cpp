#include "record/visits.h"

#include "record/seen.h"
#include "record/time.h"

#include <gmock/gmock.h>

namespace murphy::record {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instant noon = *from_iso_8601("2026-11-26T12:00:00.000000Z");

Exchange exchange(Reason reason, std::string method, std::string path, int status,
                  std::vector<std::string> cookies = {}) {
  Exchange made;
  made.reason = reason;
  made.started = noon;
  made.method = std::move(method);
  made.url = "http://app.test" + path;
  made.status = status;
  for (std::string& cookie : cookies) made.headers.push_back({"Set-Cookie", std::move(cookie)});
  return made;
}

StepResult step(std::vector<Exchange> exchanges, std::optional<PageSeen> page = std::nullopt) {
  StepResult made;
  made.evidence.exchanges = std::move(exchanges);
  made.evidence.page = std::move(page);
  return made;
}

TEST(LastingPath, WhatChangesIsAStar) {
  EXPECT_EQ(lasting_path("https://app.test/users/17/edit?token=x#top"), "/users/*/edit");
  EXPECT_EQ(lasting_path("/reset/8f3c2a71d0"), "/reset/*");
  EXPECT_EQ(lasting_path("/reset/‹token:a1b2›"), "/reset/*");
  EXPECT_EQ(lasting_path("http://app.test"), "/");
  EXPECT_EQ(lasting_path("/oauth2/callback"), "/oauth2/callback");
  EXPECT_EQ(lasting_path("/api/v1/me"), "/api/v1/me");
}

TEST(Visits, HoldTheWholeChainAndThePageAtItsEnd) {
  PageSeen page;
  page.title = "Dashboard 17";
  page.errors = {ShownError{{}, "Only 3 left"}};
  page.outline = {"h1", "p.flash"};
  const auto visits = visits_of(
      step({exchange(Reason::opened, "GET", "/login", 200), exchange(Reason::submitted, "POST", "/login", 303),
            exchange(Reason::redirected, "GET", "/users/4", 200)},
           page));
  ASSERT_EQ(visits.size(), 2U);
  EXPECT_EQ(visits[0], (KnownVisit{"GET /login", {"200 /login"}, "", {}, {}}));
  EXPECT_EQ(
      visits[1],
      (KnownVisit{"POST /login", {"303 /login", "200 /users/*"}, "Dashboard 0", {"Only 0 left"}, {"h1", "p.flash"}}));
}

TEST(Seen, TakesNoFormsOfAServersErrorPage) {
  PageSeen page;
  page.url = "http://app.test/login";
  page.forms.emplace_back().name = "Confirm Pin";
  for (const int status : {200, 401, 422, 500, 503}) {
    Seen seen;
    seen.take(step({exchange(Reason::submitted, "POST", "/login", status)}, page));
    EXPECT_EQ(seen.finish().forms.size(), status < 500 ? 1U : 0U) << status;
  }
}

TEST(Visits, ProbesAreNoneAndNeitherIsWhatTheyAreRedirectedTo) {
  const auto visits =
      visits_of(step({exchange(Reason::opened, "GET", "/", 200), exchange(Reason::probe, "GET", "/dashboard", 302),
                      exchange(Reason::redirected, "GET", "/login", 200)}));
  ASSERT_EQ(visits.size(), 1U);
  EXPECT_THAT(visits[0].answers, ElementsAre("200 /"));
}

TEST(Visits, WhatAProbeIsRefreshedToIsNone) {
  const auto visits =
      visits_of(step({exchange(Reason::probe, "GET", "/dashboard", 200),
                      exchange(Reason::refreshed, "GET", "/login", 200), exchange(Reason::opened, "GET", "/", 200)}));
  ASSERT_EQ(visits.size(), 1U);
  EXPECT_EQ(visits[0].request, "GET /");
}

TEST(Visits, ARedirectWithoutItsRequestIsNone) {
  const auto visits = visits_of(
      step({exchange(Reason::redirected, "GET", "/login", 200), exchange(Reason::clicked, "GET", "/help", 200)}));
  ASSERT_EQ(visits.size(), 1U);
  EXPECT_EQ(visits[0].request, "GET /help");
}

TEST(Cookies, AreReadWithTheirAttributesAndWithoutTheirValue) {
  const auto cookie = cookie_set_by(
      "sid=‹sid:a1b2›; Path=/app; Domain=Example.COM; Max-Age=1209600; HttpOnly; secure; SameSite=Lax", noon);
  ASSERT_TRUE(cookie);
  EXPECT_EQ(*cookie, (KnownCookie{"sid", "example.com", "/app", "Lax", true, true, 1'209'600}));
}

TEST(Cookies, AreTheSameWhereBrowsersReadThemAlike) {
  EXPECT_EQ(cookie_set_by("sid=1; Domain=.example.com; SameSite=lax", noon),
            cookie_set_by("sid=2; domain=Example.com; samesite=LAX", noon));
  EXPECT_EQ(cookie_set_by("sid=1; Path=login; SameSite=Whatever; Max-Age=1h", noon), cookie_set_by("sid=1", noon));
  EXPECT_FALSE(cookie_set_by("sid=a\x01z", noon)) << "browsers ignore the line";
}

TEST(Cookies, HowLongTheyLastIsToldToTheMinute) {
  const auto lasts = [](const char* header) { return cookie_set_by(header, noon).value().lasts; };
  EXPECT_EQ(lasts("a=b; Expires=Thu, 26 Nov 2026 13:00:02 GMT"), 3600);
  EXPECT_EQ(lasts("a=b; Max-Age=10"), 60);
  EXPECT_EQ(lasts("a=b"), 0);
  EXPECT_EQ(lasts("a=b; Expires=Thu, 26 Nov 2026 13:00:00 GMT; Max-Age=7200"), 7200);
}

TEST(Cookies, OneThatIsDeletedIsNone) {
  EXPECT_FALSE(cookie_set_by("sid=; Max-Age=0", noon));
  EXPECT_FALSE(cookie_set_by("sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", noon));
  EXPECT_FALSE(cookie_set_by("nothing", noon));
}

TEST(Cookies, AreSortedEachOnce) {
  const auto cookies = cookies_of({exchange(Reason::opened, "GET", "/", 200, {"b=1; Path=/", "a=1"}),
                                   exchange(Reason::opened, "GET", "/", 200, {"b=2; Path=/"})});
  ASSERT_EQ(cookies.size(), 2U);
  EXPECT_EQ(cookies[0].name, "a");
  EXPECT_EQ(cookies[1].name, "b");
}

PageSeen page_with(std::vector<PageField> fields, std::vector<std::string> outline) {
  PageSeen page;
  page.url = "http://app.test/login";
  page.title = "Sign in";
  page.outline = std::move(outline);
  page.forms = {{"Sign in", "POST", "/login", "application/x-www-form-urlencoded", std::move(fields)}};
  return page;
}

TEST(Seen, OfAPageSeenTwiceWhatBothHaveIsKept) {
  Seen seen;
  seen.take(
      step({exchange(Reason::opened, "GET", "/login", 200)},
           page_with({{"email", "email", "Email", {"required"}}, {"captcha_1", "text", "", {}}}, {"h1", "p.once"})));
  seen.take(step({exchange(Reason::opened, "GET", "/login", 200)},
                 page_with({{"email", "email", "E-mail", {"maxlength=9", "required"}}}, {"h1", "p.other"})));
  const KnownGood known = seen.finish();
  ASSERT_EQ(known.forms.size(), 1U);
  EXPECT_EQ(known.forms[0].page, "/login");
  EXPECT_EQ(known.forms[0].form.encoding, "") << "the usual one goes without saying";
  EXPECT_THAT(known.forms[0].form.fields, ElementsAre(PageField{"email", "email", "", {"required"}}));
  ASSERT_EQ(known.visits.size(), 1U);
  EXPECT_THAT(known.visits[0].outline, ElementsAre("h1"));
  EXPECT_EQ(known.visits[0].title, "Sign in");
}

TEST(Seen, FieldsThatAreOneForEachRowOfDataAreOne) {
  Seen seen;
  seen.take(step({exchange(Reason::opened, "GET", "/login", 200)},
                 page_with({{"plot[1]", "text", "", {}}, {"plot[2]", "text", "", {}}}, {})));
  EXPECT_THAT(seen.finish().forms[0].form.fields, ElementsAre(PageField{"plot[0]", "text", "", {}}));
}

TEST(Seen, WithoutStepsIsEmpty) {
  Seen seen;
  const KnownGood known = seen.finish();
  EXPECT_THAT(known.forms, IsEmpty());
  EXPECT_EQ(known, KnownGood{});
}

} // namespace
} // namespace murphy::record
