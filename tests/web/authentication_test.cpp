#include "web/navigation/authentication.h"

#include "web/navigation/navigation.h"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

Url url(std::string_view text) { return Url::parse(text).value(); }

Authorization of(Authorization::Scheme scheme, std::string user, std::string secret) {
  return {scheme, Value(std::move(user)), Value(std::move(secret))};
}

// A browser of http://app.test, and what it sends: "/path authorization".
struct AuthenticatingBrowser {
  Authentication authentication{url("http://app.test")};
  std::function<Response(const Request&)> serve = [](const Request&) { return answer(200); };
  std::vector<std::string> log;
  std::vector<Request> seen;

  static Response answer(int status, std::vector<record::Header> headers = {}) {
    Response response;
    response.status = status;
    response.headers = std::move(headers);
    return response;
  }
  // In clear; empty without such a header.
  static std::string header(const Request& request, std::string_view name) {
    const Value* value = find_header(request.headers, name);
    return value == nullptr ? std::string() : std::string(reveal(*value).view());
  }
  static std::string authorization(const Request& request) { return header(request, "Authorization"); }
  Navigation go(NavigationRequest request) {
    SiteData data;
    request.authentication = &authentication;
    const Transport transport = [this](const Request& sent, TimePoint,
                                       const std::stop_token&) -> std::expected<Response, TransportError> {
      seen.push_back(sent);
      log.push_back(sent.url.without_fragment() + " " + authorization(sent));
      return serve(sent);
    };
    return navigate(transport, data, request, {.deadline = TimePoint{} + std::chrono::hours(1)});
  }
  Navigation open(std::string_view address) { return go({.url = url(address)}); }
  // Refuses whoever does not send this.
  void wants(const std::string& wanted, const std::string& challenge) {
    serve = [=](const Request& request) {
      return authorization(request) == wanted ? answer(200) : answer(401, {{"WWW-Authenticate", challenge}});
    };
  }
};

const std::string ada = "Basic YWRhQGEudGVzdDpjb3JyZWN0IGhvcnNl"; // ada@a.test:correct horse

TEST(Authentication, AnswersWithTheCredentialsOfTheAddressAndKeepsThem) {
  AuthenticatingBrowser browser;
  browser.wants(ada, R"(Basic realm="staging")");
  const Navigation navigation = browser.open("http://ada%40a.test:correct%20horse@app.test/in/home");
  EXPECT_EQ(navigation.response()->status, 200);
  ASSERT_EQ(navigation.hops.size(), 2U);
  EXPECT_EQ(navigation.hops[0].response->status, 401);
  EXPECT_EQ(navigation.hops[1].reason, record::Reason::authenticated);
  browser.open("http://app.test/in/more");
  browser.open("http://app.test/elsewhere");
  browser.open("http://other.test/in/more");
  EXPECT_THAT(browser.log, ElementsAre("http://app.test/in/home ", "http://app.test/in/home " + ada,
                                       "http://app.test/in/more " + ada, "http://app.test/elsewhere ",
                                       "http://app.test/elsewhere " + ada, "http://other.test/in/more "))
      << "beside and below the address; elsewhere once it is asked for, and to nobody else";
}

TEST(Authentication, IsNotRepeatedWhenItIsWrong) {
  AuthenticatingBrowser browser;
  browser.wants("Basic something else", R"(Basic realm="staging")");
  EXPECT_EQ(browser.open("http://ada:wrong@app.test/home").response()->status, 401);
  EXPECT_EQ(browser.log.size(), 2U);
  browser.open("http://app.test/home");
  EXPECT_EQ(browser.log.size(), 3U);
}

TEST(Authentication, OfTheSessionGoesToItsOwnOriginOnly) {
  AuthenticatingBrowser browser;
  browser.authentication.authorize(of(Authorization::Scheme::as_written, "", "Bearer t0k"));
  browser.authentication.set_headers(
      {{"X-Key", Value(std::string("k"))}, {"Accept", Value(std::string("text/plain"))}});
  browser.serve = [](const Request& request) {
    return request.url.host() == "app.test" ? AuthenticatingBrowser::answer(302, {{"Location", "http://idp.test/"}})
                                            : AuthenticatingBrowser::answer(200);
  };
  browser.open("http://app.test/");
  EXPECT_THAT(browser.log, ElementsAre("http://app.test/ Bearer t0k", "http://idp.test/ "));
  EXPECT_EQ(AuthenticatingBrowser::header(browser.seen[0], "X-Key"), "k");
  EXPECT_EQ(AuthenticatingBrowser::header(browser.seen[0], "Accept"), "text/plain");
  EXPECT_EQ(AuthenticatingBrowser::header(browser.seen[1], "X-Key"), "");
  EXPECT_THAT(AuthenticatingBrowser::header(browser.seen[1], "Accept"), StartsWith("text/html"));
}

TEST(Authentication, GivesWayToAHeaderOfTheStep) {
  AuthenticatingBrowser browser;
  browser.authentication.authorize(of(Authorization::Scheme::basic, "ada", "horse"));
  browser.go({.url = url("http://app.test/"), .headers = {{"authorization", "Bearer mine"}}});
  browser.authentication.authorize(std::nullopt);
  browser.open("http://app.test/");
  EXPECT_THAT(browser.log, ElementsAre("http://app.test/ Bearer mine", "http://app.test/ "));
}

// A server that takes each nonce for so many requests.
struct DigestServer {
  int uses = 1000;
  std::string algorithm = "MD5";
  bool says_stale = true;
  int nonces = 0;
  int left = 0;

  Response operator()(const Request& request) {
    const std::string header = AuthenticatingBrowser::authorization(request);
    const bool current = header.contains("nonce=\"n" + std::to_string(nonces) + "\"") && left-- > 0;
    if (current) return AuthenticatingBrowser::answer(200);
    ++nonces;
    left = uses;
    const std::string stale = says_stale && !header.empty() ? ", stale=TRUE" : "";
    return AuthenticatingBrowser::answer(
        401, {{"WWW-Authenticate", R"(Basic realm="r")"},
              {"WWW-Authenticate", "Digest realm=\"r\", qop=\"auth\", algorithm=" + algorithm + ", nonce=\"n" +
                                       std::to_string(nonces) + "\"" + stale}});
  }
};

TEST(Authentication, PrefersDigestAndCountsItsRequests) {
  AuthenticatingBrowser browser;
  DigestServer server;
  browser.serve = std::ref(server);
  browser.authentication.authorize(of(Authorization::Scheme::digest, "ada", "horse"));
  browser.open("http://app.test/a");
  browser.open("http://app.test/b?c=d");
  ASSERT_EQ(browser.log.size(), 3U);
  EXPECT_EQ(browser.log[0], "http://app.test/a ") << "nothing before the server asks";
  EXPECT_THAT(browser.log[1], HasSubstr("uri=\"/a\", algorithm=MD5"));
  EXPECT_THAT(browser.log[1], HasSubstr("nc=00000001"));
  EXPECT_THAT(browser.log[2], HasSubstr("uri=\"/b?c=d\""));
  EXPECT_THAT(browser.log[2], HasSubstr("nc=00000002"));
}

TEST(Authentication, TakesANewNonceWhenTheOldOneHasEnded) {
  for (const bool says_stale : {true, false}) {
    AuthenticatingBrowser browser;
    DigestServer server{.uses = 1, .algorithm = "SHA-256", .says_stale = says_stale};
    browser.serve = std::ref(server);
    browser.authentication.authorize(of(Authorization::Scheme::digest, "ada", "horse"));
    EXPECT_EQ(browser.open("http://app.test/a").response()->status, 200);
    EXPECT_EQ(browser.open("http://app.test/b").response()->status, 200) << says_stale;
    EXPECT_EQ(browser.log.size(), 4U);
    EXPECT_THAT(browser.log.back(), HasSubstr("nonce=\"n2\""));
  }
}

TEST(Authentication, EndsWhenTheServerNeverTakesANonce) {
  AuthenticatingBrowser browser;
  DigestServer server{.uses = 0};
  browser.serve = std::ref(server);
  browser.authentication.authorize(of(Authorization::Scheme::digest, "ada", "horse"));
  EXPECT_EQ(browser.open("http://app.test/a").response()->status, 401);
  EXPECT_EQ(browser.log.size(), 3U);
}

TEST(Authentication, ByDigestIsNotWeakenedToBasic) {
  AuthenticatingBrowser browser;
  browser.wants("never", R"(Basic realm="r")");
  browser.authentication.authorize(of(Authorization::Scheme::digest, "ada", "horse"));
  browser.open("http://app.test/a");
  EXPECT_THAT(browser.log, ElementsAre("http://app.test/a "));
}

TEST(Authentication, KeepsMethodAndBodyOfWhatIsSentAgain) {
  AuthenticatingBrowser browser;
  browser.wants(ada, "Basic");
  browser.go({.url = url("http://ada%40a.test:correct%20horse@app.test/form"),
              .method = "POST",
              .body = std::string("a=b"),
              .content_type = "application/x-www-form-urlencoded"});
  ASSERT_EQ(browser.seen.size(), 2U);
  EXPECT_EQ(browser.seen[1].method, "POST");
  EXPECT_EQ(browser.seen[1].body.outline(), "a=b");
}

} // namespace
} // namespace murphy::web
