#include "web/cookies/cookie.h"
#include "web/url/public_suffix.h"

#include "parsed_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::web {
namespace {

using namespace std::chrono_literals;

constexpr CookieContext same_site_get{};
constexpr CookieContext cross_site_get{.same_site = false};
constexpr CookieContext cross_site_post{.same_site = false, .safe_method = false};
constexpr CookieContext cross_site_fetch{.same_site = false, .top_level_navigation = false};

const record::Instant now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);

// A jar, and the address and moment that its lines come from.
struct Session {
  CookieJar jar;

  StoreOutcome set(std::string_view from, std::string_view line, const CookieContext& context = {},
                   record::Instant when = now) {
    return jar.store(line, url(from), context, when);
  }
  // Why the cookie is dropped; none when it is kept.
  std::optional<record::CookieDrop> drop(std::string_view from, std::string_view line,
                                         const CookieContext& context = {}) {
    const auto outcome = set(from, line, context);
    return outcome.dropped ? std::optional(outcome.dropped->why) : std::nullopt;
  }
  std::string sent(std::string_view to, const CookieContext& context = {}, record::Instant when = now) const {
    return jar.cookie_header(url(to), context, when);
  }
};

TEST(CookieJar, SendsBackWhatItWasGiven) {
  Session session;
  const auto outcome = session.set("http://app.test/login", "sid=abc; Path=/; HttpOnly");
  EXPECT_EQ(outcome.name, "sid");
  EXPECT_FALSE(outcome.dropped.has_value());
  EXPECT_FALSE(outcome.removed);
  EXPECT_EQ(session.sent("http://app.test/dashboard"), "sid=abc");
  EXPECT_EQ(session.sent("http://other.test/"), "");
  ASSERT_EQ(session.jar.all().size(), 1U);
  const Cookie& cookie = session.jar.all().front();
  EXPECT_EQ(cookie.domain, "app.test");
  EXPECT_TRUE(cookie.host_only);
  EXPECT_TRUE(cookie.http_only);
  EXPECT_FALSE(cookie.expires.has_value());
}

TEST(CookieJar, SendsNamelessCookiesAsTheirValue) {
  Session session;
  session.set("http://app.test/", "abc");
  session.set("http://app.test/", "=def"); // the same name: none
  session.set("http://app.test/", "x=");
  EXPECT_EQ(session.sent("http://app.test/"), "def; x=");
}

struct ReachCase {
  std::string from, line, to, sent;
};

TEST(CookieJar, KeepsDomainsAndPathsApart) {
  const std::vector<ReachCase> cases = {
      // host-only and Domain
      {"http://app.example.com/", "a=1", "http://app.example.com/", "a=1"},
      {"http://app.example.com/", "a=1", "http://x.app.example.com/", ""},
      {"http://app.example.com/", "a=1; Domain=example.com", "http://api.example.com/", "a=1"},
      {"http://app.example.com/", "a=1; Domain=.example.com", "http://example.com/", "a=1"},
      {"http://app.example.com/", "a=1; Domain=EXAMPLE.com", "http://badexample.com/", ""},
      {"http://app.example.com/", "a=1; Domain=app.example.com", "http://x.app.example.com/", "a=1"},
      {"http://app.example.com/", "a=1; Domain=", "http://x.app.example.com/", ""},
      {"http://app.example.com/", "a=1; Domain=example.com; Domain=", "http://example.com/", ""},
      // ports are not part of it
      {"http://app.example.com:3000/", "a=1", "http://app.example.com:4000/", "a=1"},
      // hosts that are addresses or single names
      {"http://127.0.0.1/", "a=1; Domain=127.0.0.1", "http://127.0.0.1/", "a=1"},
      {"http://localhost/", "a=1; Domain=localhost", "http://localhost/", "a=1"},
      {"http://localhost/", "a=1; Domain=localhost", "http://x.localhost/", ""},
      {"http://[::1]/", "a=1", "http://[::1]/", "a=1"},
      // a public suffix that is the host itself
      {"http://github.io/", "a=1; Domain=github.io", "http://github.io/", "a=1"},
      {"http://github.io/", "a=1; Domain=github.io", "http://me.github.io/", ""},
      // default path
      {"http://h.test/a/b", "a=1", "http://h.test/a/c", "a=1"},
      {"http://h.test/a/b", "a=1", "http://h.test/a", "a=1"},
      {"http://h.test/a/b", "a=1", "http://h.test/ab", ""},
      {"http://h.test/a/b", "a=1", "http://h.test/", ""},
      {"http://h.test/a", "a=1", "http://h.test/z", "a=1"},
      {"http://h.test/a/b?c/d", "a=1", "http://h.test/a/x", "a=1"},
      {"http://h.test/a/b", "a=1; Path=relative", "http://h.test/a/x", "a=1"},
      // Path
      {"http://h.test/", "a=1; Path=/app", "http://h.test/app", "a=1"},
      {"http://h.test/", "a=1; Path=/app", "http://h.test/app/x", "a=1"},
      {"http://h.test/", "a=1; Path=/app", "http://h.test/apple", ""},
      {"http://h.test/", "a=1; Path=/app", "http://h.test/App", ""},
      {"http://h.test/", "a=1; Path=/app/", "http://h.test/app", ""},
      {"http://h.test/", "a=1; Path=/app/", "http://h.test/app/", "a=1"},
      // Secure
      {"https://h.test/", "a=1; Secure", "https://h.test/", "a=1"},
      {"https://h.test/", "a=1; Secure", "http://h.test/", ""},
      {"https://h.test/", "a=1", "http://h.test/", "a=1"},
      // Secure on this machine, over plain http
      {"http://localhost:8080/", "a=1; Secure", "http://localhost:8080/", "a=1"},
      {"http://127.0.0.1:8080/", "a=1; Secure", "http://127.0.0.1:9090/", "a=1"},
      {"http://[::1]/", "a=1; Secure", "http://[::1]/", "a=1"},
      {"http://app.localhost/", "a=1; Secure", "http://app.localhost/", "a=1"},
      {"http://localhost/", "__Host-a=1; Secure; Path=/", "http://localhost/", "__Host-a=1"},
      {"http://localhost/", "__Secure-a=1; Secure", "http://localhost/", "__Secure-a=1"},
      {"http://localhost/", "a=1; Secure; SameSite=None", "http://localhost/", "a=1"},
  };
  for (const auto& [from, line, to, sent] : cases) {
    Session session;
    session.set(from, line);
    EXPECT_EQ(session.sent(to), sent) << from << " | " << line << " | " << to;
  }
}

using enum record::CookieDrop;

struct DropCase {
  std::string from, line;
  std::optional<record::CookieDrop> why; // none: it is kept
};

TEST(CookieJar, SaysWhyABrowserDropsACookie) {
  const std::vector<DropCase> cases = {
      {"http://app.test/", "sid=1; Secure", secure_over_http},
      {"http://192.168.1.7/", "sid=1; Secure", secure_over_http},
      {"http://localhost.test/", "sid=1; Secure", secure_over_http},
      {"http://app.test/", "sid=1; SameSite=None", same_site_none_insecure},
      {"https://app.test/", "sid=1; SameSite=None", same_site_none_insecure},
      {"https://app.example.com/", "sid=1; Domain=other.com", domain_elsewhere},
      {"https://app.example.com/", "sid=1; Domain=x.app.example.com", domain_elsewhere},
      {"https://app.example.com/", "sid=1; Domain=ample.com", domain_elsewhere},
      {"https://app.example.com/", "sid=1; Domain=example.com.", domain_elsewhere},
      {"https://app.example.com/", "sid=1; Domain=com", domain_public_suffix},
      {"https://app.example.co.uk/", "sid=1; Domain=.co.uk", domain_public_suffix},
      {"https://me.github.io/", "sid=1; Domain=github.io", domain_public_suffix},
      {"http://app.localhost/", "sid=1; Domain=localhost", domain_public_suffix},
      {"http://127.0.0.1/", "sid=1; Domain=0.0.1", domain_elsewhere},
      {"http://127.0.0.1/", "sid=1; Domain=localhost", domain_public_suffix},
      {"https://xn--bcher-kva.test/", "sid=1; Domain=bücher.test", domain_not_ascii},
      {"https://app.test/", "__Secure-sid=1", prefix_secure_insecure},
      {"https://app.test/", "__seCURE-sid=1", prefix_secure_insecure},
      {"https://app.test/", "__Host-sid=1; Path=/", prefix_host_insecure},
      {"https://app.test/", "__Host-sid=1; Secure", prefix_host_path},
      {"https://app.test/", "__HOST-sid=1; Secure; Path=/app", prefix_host_path},
      {"https://app.test/", "__Host-sid=1; Secure; Path=/; Domain=app.test", prefix_host_domain},
      {"http://app.test/", "__Host-sid=1; Secure; Path=/", secure_over_http},
      {"https://app.test/", "=__Host-sid=1; Secure; Path=/", prefix_without_name},
      {"https://app.test/", "__secure-sid", prefix_without_name},
      {"https://app.test/", "a=b\x02", control_character},
      {"https://app.test/", "__Host-sid=1; Secure; Path=/", std::nullopt},
      {"https://app.test/", "__Secure-sid=1; Secure; Domain=app.test", std::nullopt},
  };
  for (const auto& [from, line, why] : cases) {
    Session session;
    EXPECT_EQ(session.drop(from, line), why) << from << " | " << line;
    EXPECT_EQ(session.jar.all().size(), why ? 0U : 1U) << line;
  }
}

TEST(CookieJar, NamesWhatItDrops) {
  Session session;
  const auto outcome = session.set("http://app.test/", "sid=topsecret; Secure");
  ASSERT_TRUE(outcome.dropped.has_value());
  EXPECT_EQ(outcome.dropped->name, "sid");
  for (const std::string& text : {outcome.dropped->name, outcome.dropped->domain, outcome.dropped->host})
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("topsecret")));
  const auto elsewhere = session.set("https://app.example.com/", "sid=1; Domain=other.com");
  EXPECT_EQ(elsewhere.dropped->domain, "other.com");
  EXPECT_EQ(elsewhere.dropped->host, "app.example.com");
}

TEST(CookieJar, LetsPlainHttpNotShadowASecureCookie) {
  Session session;
  session.set("https://app.test/", "sid=good; Secure; Path=/account");
  EXPECT_EQ(session.drop("http://app.test/account/login", "sid=evil"), shadows_secure);
  EXPECT_EQ(session.drop("http://www.app.test/account", "sid=evil; Domain=app.test; Path=/account/x"), shadows_secure);
  // Another path, another name, or https: no shadow.
  EXPECT_EQ(session.drop("http://app.test/", "sid=other; Path=/shop"), std::nullopt);
  EXPECT_EQ(session.drop("http://app.test/shop", "other=1; Path=/shop"), std::nullopt);
  EXPECT_EQ(session.drop("https://app.test/", "sid=new; Path=/account"), std::nullopt);
  EXPECT_EQ(session.sent("https://app.test/account"), "sid=new");
}

TEST(CookieJar, OrdersByPathThenAge) {
  Session session;
  session.set("http://h.test/", "c=3; Path=/", {}, now);
  session.set("http://h.test/", "b=2; Path=/a", {}, now + 1s);
  session.set("http://h.test/", "a=1; Path=/", {}, now + 2s);
  session.set("http://h.test/", "d=4; Path=/a/b", {}, now + 3s);
  EXPECT_EQ(session.sent("http://h.test/a/b/c", {}, now + 4s), "d=4; b=2; c=3; a=1");
  // Overwriting keeps the place.
  session.set("http://h.test/", "c=33; Path=/", {}, now + 5s);
  EXPECT_EQ(session.sent("http://h.test/", {}, now + 6s), "c=33; a=1");
  EXPECT_EQ(session.jar.all()[0].created, now);
  EXPECT_EQ(session.jar.all()[0].changed, now + 5s);
}

TEST(CookieJar, TellsCookiesApartByNameDomainAndPath) {
  Session session;
  session.set("http://app.example.com/", "a=host");
  session.set("http://app.example.com/", "a=domain; Domain=app.example.com");
  session.set("http://app.example.com/", "a=path; Path=/x");
  EXPECT_EQ(session.sent("http://app.example.com/x"), "a=path; a=host; a=domain");
  session.set("http://app.example.com/", "a=host2");
  EXPECT_EQ(session.sent("http://app.example.com/x"), "a=path; a=host2; a=domain");
}

TEST(CookieJar, ForgetsWhatHasExpired) {
  Session session;
  session.set("http://h.test/", "short=1; Max-Age=60");
  session.set("http://h.test/", "long=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"); // Max-Age wins
  session.set("http://h.test/", "dated=1; Expires=Sun, 22 Nov 2026 00:00:30 GMT");
  EXPECT_EQ(session.sent("http://h.test/", {}, now + 29s), "short=1; long=1; dated=1");
  EXPECT_EQ(session.sent("http://h.test/", {}, now + 30s), "short=1; long=1");
  EXPECT_EQ(session.sent("http://h.test/", {}, now + 60s), "");
  EXPECT_EQ(session.jar.all().size(), 3U);
  session.jar.remove_expired(now + 60s);
  EXPECT_TRUE(session.jar.all().empty());
}

TEST(CookieJar, RemovesByAnExpiredLine) {
  Session session;
  session.set("http://h.test/", "a=1");
  session.set("http://h.test/", "b=1");
  const auto outcome = session.set("http://h.test/", "a=; Max-Age=0");
  EXPECT_TRUE(outcome.removed);
  EXPECT_FALSE(outcome.dropped.has_value());
  EXPECT_EQ(session.sent("http://h.test/"), "b=1");
  EXPECT_TRUE(session.set("http://h.test/", "b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT").removed);
  EXPECT_TRUE(session.jar.all().empty());
  // A removal whose path differs removes nothing: the classic sign-out bug.
  session.set("http://h.test/app/login", "sid=1; Path=/app");
  session.set("http://h.test/app/logout", "sid=; Max-Age=0; Path=/");
  EXPECT_EQ(session.sent("http://h.test/app"), "sid=1");
}

TEST(CookieJar, KeepsNothingLongerThan400Days) {
  Session session;
  session.set("http://h.test/", "a=1; Max-Age=99999999999");
  session.set("http://h.test/", "b=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT");
  for (const Cookie& cookie : session.jar.all()) EXPECT_EQ(cookie.expires, now + std::chrono::days(400)) << cookie.name;
  EXPECT_EQ(session.sent("http://h.test/", {}, now + std::chrono::days(399)), "a=1; b=1");
  EXPECT_EQ(session.sent("http://h.test/", {}, now + std::chrono::days(401)), "");
}

struct SameSiteCase {
  std::string attribute;
  CookieContext context;
  std::chrono::seconds age;
  bool sent;
};

TEST(CookieJar, SendsCrossSiteOnlyWhatSameSiteAllows) {
  const std::vector<SameSiteCase> cases = {
      {"SameSite=Strict", same_site_get, 0s, true},
      {"SameSite=Strict", cross_site_get, 0s, false},
      {"SameSite=Strict", cross_site_post, 0s, false},
      {"SameSite=Lax", same_site_get, 0s, true},
      {"SameSite=Lax", cross_site_get, 0s, true},
      {"SameSite=Lax", cross_site_post, 0s, false},
      {"SameSite=Lax", cross_site_fetch, 0s, false},
      {"SameSite=None", cross_site_get, 0s, true},
      {"SameSite=None", cross_site_post, 0s, true},
      {"SameSite=None", cross_site_fetch, 0s, true},
      // No attribute: as Lax, but for two minutes also with a cross-site POST.
      {"", cross_site_get, 1h, true},
      {"", cross_site_post, 0s, true},
      {"", cross_site_post, 120s, true},
      {"", cross_site_post, 121s, false},
      {"", cross_site_fetch, 0s, false},
      {"SameSite=nonsense", cross_site_post, 60s, true},
  };
  for (const auto& [attribute, context, age, sent] : cases) {
    Session session;
    session.set("https://app.test/", "sid=1; Secure; " + attribute);
    EXPECT_EQ(session.sent("https://app.test/", context, now + age), sent ? "sid=1" : "")
        << attribute << " safe " << context.safe_method << " age " << age.count();
  }
}

TEST(CookieJar, CountsTheGraceFromTheLastNewValue) {
  Session session;
  session.set("https://app.test/", "state=1", {}, now);
  session.set("https://app.test/", "state=1", {}, now + 100s); // the same value starts no new grace
  EXPECT_EQ(session.sent("https://app.test/", cross_site_post, now + 130s), "");
  session.set("https://app.test/", "state=2", {}, now + 140s);
  EXPECT_EQ(session.sent("https://app.test/", cross_site_post, now + 200s), "state=2");
}

TEST(CookieJar, KeepsOnlySameSiteNoneFromCrossSiteSubresources) {
  Session session;
  EXPECT_EQ(session.drop("https://app.test/", "a=1; SameSite=Lax", cross_site_fetch), cross_site);
  EXPECT_EQ(session.drop("https://app.test/", "a=1", cross_site_fetch), cross_site);
  EXPECT_EQ(session.drop("https://app.test/", "a=1; SameSite=None; Secure", cross_site_fetch), std::nullopt);
  EXPECT_EQ(session.drop("https://app.test/", "a=1; SameSite=Strict", cross_site_post), std::nullopt);
}

TEST(CookieJar, IsAValue) {
  Session session;
  session.set("http://h.test/", "a=1");
  CookieJar copy = session.jar;
  copy.clear();
  EXPECT_EQ(session.sent("http://h.test/"), "a=1");
  EXPECT_TRUE(copy.all().empty());
}

TEST(Site, IsSchemeAndRegistrableDomain) {
  EXPECT_EQ(registrable_domain("a.b.example.co.uk"), "example.co.uk");
  EXPECT_EQ(registrable_domain("co.uk"), "co.uk");
  EXPECT_EQ(registrable_domain("me.github.io"), "me.github.io");
  EXPECT_EQ(registrable_domain("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(registrable_domain("localhost"), "localhost");
  EXPECT_TRUE(same_site(url("https://a.example.com/"), url("https://b.example.com:8443/")));
  EXPECT_FALSE(same_site(url("https://a.example.com/"), url("http://a.example.com/")));
  EXPECT_FALSE(same_site(url("https://a.github.io/"), url("https://b.github.io/")));
  EXPECT_FALSE(same_site(url("http://127.0.0.1/"), url("http://localhost/")));
  EXPECT_TRUE(same_site(url("http://127.0.0.1:1/"), url("http://127.0.0.1:2/")));
}

} // namespace
} // namespace murphy::web
