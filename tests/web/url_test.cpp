#include "web/url/url.h"

#include "parsed_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::web {
namespace {

using testing::HasSubstr;

TEST(Url, HasParts) {
  const Url parsed = url("https://ada:s%20ecret@Example.COM:8443/a/b?c=d#e");
  EXPECT_EQ(parsed.scheme(), "https");
  EXPECT_EQ(parsed.username(), "ada");
  EXPECT_EQ(parsed.password(), "s%20ecret");
  EXPECT_EQ(parsed.host(), "example.com");
  EXPECT_EQ(parsed.port(), 8443);
  EXPECT_EQ(parsed.path(), "/a/b");
  EXPECT_EQ(parsed.query(), "c=d");
  EXPECT_EQ(parsed.fragment(), "e");
  EXPECT_TRUE(parsed.secure());
  EXPECT_EQ(parsed.href(), "https://ada:s%20ecret@example.com:8443/a/b?c=d#e");
  EXPECT_EQ(parsed.without_fragment(), "https://example.com:8443/a/b?c=d");
  EXPECT_EQ(parsed.request_target(), "/a/b?c=d");
  EXPECT_EQ(parsed.host_and_port(), "example.com:8443");
  EXPECT_EQ(parsed.origin(), "https://example.com:8443");
}

TEST(Url, KnowsTheDefaultPorts) {
  EXPECT_EQ(url("http://h:80/").port(), std::nullopt);
  EXPECT_EQ(url("http://h/").effective_port(), 80);
  EXPECT_EQ(url("https://h/").effective_port(), 443);
  EXPECT_EQ(url("https://h:80/").effective_port(), 80);
}

TEST(Url, TellsAnEmptyQueryFromNone) {
  EXPECT_EQ(url("http://h/a?").request_target(), "/a?");
  EXPECT_EQ(url("http://h/a").request_target(), "/a");
}

TEST(Url, ReplacesQueryAndFragment) {
  Url changed = url("http://h/a?b#c");
  changed.set_query("x=1");
  changed.set_fragment(std::nullopt);
  EXPECT_EQ(changed.href(), "http://h/a?x=1");
}

TEST(Url, ComparesOriginsBySchemeHostAndPort) {
  EXPECT_TRUE(same_origin(url("http://h/a"), url("http://h:80/b")));
  EXPECT_FALSE(same_origin(url("http://h/"), url("https://h/")));
  EXPECT_FALSE(same_origin(url("http://h/"), url("http://g/")));
  EXPECT_FALSE(same_origin(url("http://h/"), url("http://h:81/")));
}

TEST(Url, TrustsHttpsAndThisMachine) {
  for (const auto* good : {"https://app.test/", "http://localhost:8080/", "http://app.localhost/", "http://127.0.0.1/",
                           "http://127.1.2.3/", "http://[::1]:80/", "http://localhost./"}) {
    EXPECT_TRUE(is_potentially_trustworthy(url(good))) << good;
  }
  for (const auto* bad :
       {"http://app.test/", "http://192.168.1.7/", "http://localhost.test/", "http://127.test/", "http://[::2]/"}) {
    EXPECT_FALSE(is_potentially_trustworthy(url(bad))) << bad;
  }
}

TEST(Url, ReadsIllFormedUtf8AsReplacementCharacters) { EXPECT_EQ(url("http://h/\xE9").path(), "/%EF%BF%BD"); }

TEST(Url, SaysWhatCannotBeRead) {
  const auto what = [](std::string_view text) { return Url::parse(text).error().what; };
  EXPECT_EQ(what("mailto:ada@example.com"),
            "the address \"mailto:ada@example.com\" cannot be read: its scheme is \"mailto:\"");
  EXPECT_EQ(what("/login"), "the address \"/login\" cannot be read: it does not begin with http:// or https://");
  EXPECT_EQ(what("http://h:99999/"), "the address \"http://h:99999/\" cannot be read: its port is above 65535");
  EXPECT_EQ(what("http://h:x/"), "the address \"http://h:x/\" cannot be read: its port is not a number");
  EXPECT_EQ(what("http:///"), "the address \"http:///\" cannot be read: it has no host");
  EXPECT_EQ(what("http://a b/"),
            "the address \"http://a b/\" cannot be read: its host name contains a forbidden character");
  EXPECT_EQ(what("http://1.2.3.999/"),
            "the address \"http://1.2.3.999/\" cannot be read: its host ends in a number and is not an IPv4 address");
  EXPECT_EQ(what("http://[::1/"),
            "the address \"http://[::1/\" cannot be read: its IPv6 address has no closing bracket");
  EXPECT_EQ(Url::parse("/login").error().kind, ErrorKind::usage);
  EXPECT_EQ(Url::parse("/login").error().hint, "write the whole address, as in http://localhost:8080/");
}

TEST(Url, ShowsNoPasswordInAnError) {
  const std::string what = Url::parse("http://ada:hunter2@h:99999/x").error().what;
  EXPECT_EQ(what, "the address \"http://h:99999/x\" cannot be read: its port is above 65535");
}

TEST(Url, ShowsTheBeginningOfALongAddressInAnError) {
  EXPECT_LT(Url::parse("mailto:" + std::string(5000, 'x')).error().what.size(), 300U);
}

} // namespace
} // namespace murphy::web
