#include "base/cookie_date.h"
#include "web/cookies/cookie_parse.h"

#include <gtest/gtest.h>
#include <vector>

namespace murphy::web {
namespace {

using namespace std::chrono_literals;

struct DateCase {
  std::string text;
  std::optional<std::int64_t> seconds; // since 1970
};

TEST(CookieDate, ReadsWhatServersWrite) {
  const std::vector<DateCase> cases = {
      {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
      {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
      {"Sun Nov  6 08:49:37 1994", 784111777},
      {"Sun, 06-Nov-1994 08:49:37 GMT", 784111777},
      {"06 November 1994 8:49:37", 784111777},
      {"1994 6 nov 08:49:37", 784111777},
      {"6 1994 NOV 08:49:37 -0500", 784111777},
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Thu, 01-Jan-70 00:00:01 GMT", 1},
      {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799},
      {"Mon, 01 Jan 0001 00:00:00 GMT", 978307200}, // 2001, as by the draft
      {"01 Jan 69 00:00:00", 3124224000},           // 2069
      {"Wed, 30 Feb 2022 10:00:00 GMT", std::nullopt},
      {"29 Feb 2024 00:00:00", 1709164800},
      {"29 Feb 2023 00:00:00", std::nullopt},
      {"01 Jan 2024 24:00:00", std::nullopt},
      {"01 Jan 2024 00:60:00", std::nullopt},
      {"01 Jan 2024 00:00", std::nullopt},
      {"01 Jan 2024 00:00:00garbage", 1704067200},
      {"01 Jan 2024 000:00:00", std::nullopt},
      {"00 Jan 2024 00:00:00", std::nullopt},
      {"2024-01-01T00:00:00Z", std::nullopt}, // ISO 8601 is no cookie date
      {"0", std::nullopt},
      {"-1", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& [text, seconds] : cases) {
    const auto date = parse_cookie_date(text);
    const auto read = date ? std::optional<std::int64_t>(date->time_since_epoch().count()) : std::nullopt;
    EXPECT_EQ(read, seconds) << text;
  }
}

SetCookie parsed(std::string_view line) {
  const auto cookie = parse_set_cookie(line);
  EXPECT_TRUE(cookie.has_value()) << line;
  return cookie.value_or(SetCookie{});
}

struct PairCase {
  std::string line;
  std::string name;
  std::string value;
};

TEST(CookieParse, FindsNameAndValue) {
  const std::vector<PairCase> cases = {
      {"sid=abc", "sid", "abc"},
      {"  sid \t=\t abc  ; Path=/", "sid", "abc"},
      {"sid=", "sid", ""},
      {"=abc", "", "abc"},
      {"abc", "", "abc"},
      {"a=b=c==", "a", "b=c=="},
      {"q=\"quoted value\"", "q", "\"quoted value\""},
      {"json={\"a\":1,\"b\":2}; HttpOnly", "json", "{\"a\":1,\"b\":2}"},
      {"na me=v al", "na me", "v al"},
      {"name=v,al,ue", "name", "v,al,ue"},
      {"ü=é", "ü", "é"},
      {"a=b;", "a", "b"},
      {"a\tb=c", "a\tb", "c"},
  };
  for (const auto& [line, name, value] : cases) {
    const SetCookie cookie = parsed(line);
    EXPECT_EQ(cookie.name, name) << line;
    EXPECT_EQ(cookie.value, value) << line;
  }
}

// Lines as frameworks send them.
TEST(CookieParse, ReadsLinesOfRealFrameworks) {
  const SetCookie django =
      parsed("sessionid=38afes7a8; expires=Mon, 06 Dec 2027 12:00:00 GMT; HttpOnly; Max-Age=1209600; Path=/; "
             "SameSite=Lax");
  EXPECT_EQ(django.name, "sessionid");
  EXPECT_EQ(django.max_age, 1209600s);
  EXPECT_TRUE(django.expires.has_value());
  EXPECT_TRUE(django.http_only);
  EXPECT_FALSE(django.secure);
  EXPECT_EQ(django.path, "/");
  EXPECT_EQ(django.same_site, SameSite::lax);

  const SetCookie rails = parsed("_app_session=abc%2Bdef%3D--123; path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(rails.value, "abc%2Bdef%3D--123");
  EXPECT_EQ(rails.path, "/");

  const SetCookie php = parsed("PHPSESSID=r2t5uvjq435r4q7ib3vtdjq120; path=/");
  EXPECT_EQ(php.name, "PHPSESSID");
  EXPECT_EQ(php.same_site, SameSite::unspecified);

  const SetCookie spring = parsed("JSESSIONID=1234ABCD; Path=/app; HttpOnly");
  EXPECT_EQ(spring.path, "/app");

  const SetCookie aspnet =
      parsed(".AspNetCore.Antiforgery.x=CfDJ8; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; secure; "
             "samesite=strict; httponly");
  EXPECT_EQ(aspnet.name, ".AspNetCore.Antiforgery.x");
  EXPECT_TRUE(aspnet.secure);
  EXPECT_TRUE(aspnet.http_only);
  EXPECT_EQ(aspnet.same_site, SameSite::strict);
  EXPECT_EQ(aspnet.expires, std::chrono::sys_seconds(0s));

  const SetCookie express = parsed("connect.sid=s%3Aabc.def; Path=/; Expires=Sun, 22 Nov 2026 17:00:00 GMT; HttpOnly");
  EXPECT_EQ(express.name, "connect.sid");

  const SetCookie laravel =
      parsed("XSRF-TOKEN=eyJpdiI6; expires=Sun, 22-Nov-2026 19:00:00 GMT; Max-Age=7200; path=/; samesite=lax");
  EXPECT_EQ(laravel.max_age, 7200s);

  const SetCookie wordpress = parsed("wordpress_test_cookie=WP%20Cookie%20check; path=/; secure");
  EXPECT_TRUE(wordpress.secure);

  const SetCookie keycloak =
      parsed("KC_RESTART=; Version=1; Comment=Expiring cookie; Expires=Thu, 01-Jan-1970 00:00:10 GMT; "
             "Max-Age=0; Path=/realms/app/; HttpOnly");
  EXPECT_EQ(keycloak.value, "");
  EXPECT_EQ(keycloak.max_age, 0s);
  EXPECT_EQ(keycloak.path, "/realms/app/");
}

TEST(CookieParse, IgnoresAttributesItCannotRead) {
  EXPECT_EQ(parsed("a=b; Max-Age=soon").max_age, std::nullopt);
  EXPECT_EQ(parsed("a=b; Max-Age=").max_age, std::nullopt);
  EXPECT_EQ(parsed("a=b; Max-Age=+5").max_age, std::nullopt);
  EXPECT_EQ(parsed("a=b; Max-Age=-5").max_age, -5s);
  EXPECT_EQ(parsed("a=b; Max-Age=-").max_age, std::nullopt);
  EXPECT_GT(parsed("a=b; Max-Age=99999999999999999999999").max_age, 1000000s);
  EXPECT_EQ(parsed("a=b; Expires=tomorrow").expires, std::nullopt);
  EXPECT_EQ(parsed("a=b; Path=login").path, "");
  EXPECT_EQ(parsed("a=b; Path=" + std::string(1025, '/')).path, "");
  EXPECT_EQ(parsed("a=b; Path=" + std::string(1024, '/')).path.size(), 1024U);
  EXPECT_EQ(parsed("a=b; SameSite=Whatever").same_site, SameSite::unspecified);
  EXPECT_EQ(parsed("a=b; SameSite").same_site, SameSite::unspecified);
}

TEST(CookieParse, TakesTheLastOfRepeatedAttributes) {
  EXPECT_EQ(parsed("a=b; Path=/x; Path=/y").path, "/y");
  EXPECT_EQ(parsed("a=b; Path=/x; Path=y").path, "");
  EXPECT_EQ(parsed("a=b; Domain=x.test; Domain=Y.test").domain, "y.test");
  EXPECT_EQ(parsed("a=b; SameSite=None; SameSite=Strict").same_site, SameSite::strict);
  EXPECT_EQ(parsed("a=b; Max-Age=5; Max-Age=6").max_age, 6s);
}

TEST(CookieParse, ReadsAttributesInAnyCaseAndWithValuesOnFlags) {
  const SetCookie cookie = parsed("a=b;SECURE=yes;hTtPoNlY; DOMAIN=.Example.COM ;samesite= NONE ");
  EXPECT_TRUE(cookie.secure);
  EXPECT_TRUE(cookie.http_only);
  EXPECT_EQ(cookie.domain, "example.com");
  EXPECT_EQ(cookie.same_site, SameSite::none);
}

TEST(CookieParse, RefusesLinesThatBrowsersIgnore) {
  const auto reason = [](std::string_view line) { return parse_set_cookie(line).error().reason; };
  EXPECT_EQ(reason(""), "the line has neither a name nor a value");
  EXPECT_EQ(reason("="), "the line has neither a name nor a value");
  EXPECT_EQ(reason("; Path=/"), "the line has neither a name nor a value");
  EXPECT_EQ(reason(std::string_view("a=b\0c", 5)), "the line holds a control character");
  EXPECT_EQ(reason("a=b\x01"), "the line holds a control character");
  EXPECT_EQ(reason("a=b; Path=/\x7F"), "the line holds a control character");
  EXPECT_EQ(reason("a=b\r\nSet-Cookie: c=d"), "the line holds a control character");
  EXPECT_EQ(reason("sid=" + std::string(4094, 'x')),
            "name and value together are 4097 bytes, and browsers keep 4096 at most");
  EXPECT_EQ(parsed("sid=" + std::string(4093, 'x')).value.size(), 4093U);
  EXPECT_EQ(parse_set_cookie("sid=" + std::string(4094, 'x')).error().name, "sid");
}

} // namespace
} // namespace murphy::web
