#include "record/set_cookie.h"

#include <gtest/gtest.h>
#include <vector>

namespace murphy::record {
namespace {

using namespace std::chrono_literals;

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

TEST(SetCookie, FindsNameAndValue) {
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
TEST(SetCookie, ReadsLinesOfRealFrameworks) {
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

TEST(SetCookie, IgnoresAttributesItCannotRead) {
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

TEST(SetCookie, TakesTheLastOfRepeatedAttributes) {
  EXPECT_EQ(parsed("a=b; Path=/x; Path=/y").path, "/y");
  EXPECT_EQ(parsed("a=b; Path=/x; Path=y").path, "");
  EXPECT_EQ(parsed("a=b; Domain=x.test; Domain=Y.test").domain, "y.test");
  EXPECT_EQ(parsed("a=b; SameSite=None; SameSite=Strict").same_site, SameSite::strict);
  EXPECT_EQ(parsed("a=b; Max-Age=5; Max-Age=6").max_age, 6s);
}

TEST(SetCookie, ReadsAttributesInAnyCaseAndWithValuesOnFlags) {
  const SetCookie cookie = parsed("a=b;SECURE=yes;hTtPoNlY; DOMAIN=.Example.COM ;samesite= NONE ");
  EXPECT_TRUE(cookie.secure);
  EXPECT_TRUE(cookie.http_only);
  EXPECT_EQ(cookie.domain, "example.com");
  EXPECT_EQ(cookie.same_site, SameSite::none);
}

TEST(SetCookie, RefusesLinesThatBrowsersIgnore) {
  using enum CookieDrop;
  const auto why = [](std::string_view line) { return parse_set_cookie(line).error().why; };
  EXPECT_EQ(why(""), empty);
  EXPECT_EQ(why("="), empty);
  EXPECT_EQ(why("; Path=/"), empty);
  EXPECT_EQ(why(std::string_view("a=b\0c", 5)), control_character);
  EXPECT_EQ(why("a=b\x01"), control_character);
  EXPECT_EQ(why("a=b; Path=/\x7F"), control_character);
  EXPECT_EQ(why("a=b\r\nSet-Cookie: c=d"), control_character);
  EXPECT_EQ(why("sid=" + std::string(4094, 'x')), too_long);
  EXPECT_EQ(parse_set_cookie("sid=" + std::string(4094, 'x')).error().bytes, 4097U);
  EXPECT_EQ(parsed("sid=" + std::string(4093, 'x')).value.size(), 4093U);
  EXPECT_EQ(parse_set_cookie("sid=" + std::string(4094, 'x')).error().name, "sid");
}

} // namespace
} // namespace murphy::record
