#include "web/policy/strict_transport.h"

#include "parsed_url.h"

#include <gtest/gtest.h>

namespace murphy::web {
namespace {

using namespace std::chrono_literals;

struct Hosts {
  StrictTransport hosts;
  record::Instant now = record::Instant{} + std::chrono::days(20000);

  void hear(std::string_view from, const std::string& value) {
    hosts.learn(url(from), {{"Strict-Transport-Security", value}}, now);
  }
  bool covers(std::string_view address) const { return hosts.covers(url(address), now); }
};

TEST(StrictTransport, IsForTheHostThatSaysSo) {
  Hosts of;
  of.hear("https://app.test/", "max-age=60");
  EXPECT_TRUE(of.covers("http://app.test/x"));
  EXPECT_TRUE(of.covers("http://app.test:8080/x"));
  EXPECT_FALSE(of.covers("https://app.test/x"));
  EXPECT_FALSE(of.covers("http://www.app.test/"));
  EXPECT_FALSE(of.covers("http://test/"));
}

TEST(StrictTransport, IsForHostsBelowWhereItSaysSo) {
  Hosts of;
  of.hear("https://app.test/", "includeSubDomains ; MAX-AGE=\"60\"; preload");
  EXPECT_TRUE(of.covers("http://a.b.app.test/"));
  EXPECT_FALSE(of.covers("http://bapp.test/"));
}

TEST(StrictTransport, EndsWithItsTimeAndWhenItIsTakenBack) {
  Hosts of;
  of.hear("https://app.test/", "max-age=60");
  of.hear("https://id.test/", "max-age=60");
  of.hear("https://id.test/", "max-age=0");
  EXPECT_FALSE(of.covers("http://id.test/"));
  of.now += 61s;
  EXPECT_FALSE(of.covers("http://app.test/"));
}

TEST(StrictTransport, IsHeardOverHttpsAndOfNamesOnly) {
  Hosts of;
  of.hear("http://app.test/", "max-age=60");
  of.hear("https://127.0.0.1/", "max-age=60");
  of.hear("https://localhost/", "max-age=60");
  EXPECT_FALSE(of.covers("http://app.test/"));
  EXPECT_FALSE(of.covers("http://127.0.0.1/"));
  EXPECT_FALSE(of.covers("http://localhost/"));
}

TEST(StrictTransport, ThatIsBrokenIsNone) {
  for (const char* value : {"", "includeSubDomains", "max-age", "max-age=x", "max-age=1; max-age=2",
                            "max-age=60; includeSubDomains; includeSubDomains"}) {
    Hosts of;
    of.hear("https://app.test/", value);
    EXPECT_FALSE(of.covers("http://app.test/")) << value;
  }
}

TEST(ByHttps, KeepsThePortThatIsWritten) {
  EXPECT_EQ(by_https(url("http://app.test/a?b#c")).href(), "https://app.test/a?b#c");
  EXPECT_EQ(by_https(url("http://app.test:8080/")).href(), "https://app.test:8080/");
}

} // namespace
} // namespace murphy::web
