// The channels of [watch], with their addresses.
#include "cli/alert_channels.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

scenario::Inputs channel_inputs(const std::string& url, std::vector<std::string>& learned) {
  scenario::Inputs given;
  given.environment = [url](const std::string& name) -> std::optional<ClearText> {
    return ClearText(name == "URL" ? url : "k3y");
  };
  given.learn_secret = [&](const std::shared_ptr<const Secret>& secret) { learned.push_back(secret->label()); };
  return given;
}

scenario::ReadWatch channels(const std::string& notify) {
  return scenario::read_watch("murphy.toml",
                              "[watch]\nheartbeat = \"https://ping.example.com/abc\"\nnotify = [" + notify + "]\n");
}

TEST(AlertChannels, HaveTheirAddressesAsSecrets) {
  std::vector<std::string> learned;
  const auto read = channels(R"({ kind = "webhook", url = { env = "URL" }, secret = { env = "KEY" } },
    { kind = "exec", command = "tell", severity = "warning" })");
  ASSERT_TRUE(read.settings);
  const auto all = alert_addresses(*read.settings, channel_inputs("https://alerts.example.com/key", learned));
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_EQ(all->channels[0].url->href(), "https://alerts.example.com/key");
  EXPECT_EQ(all->channels[0].secret->label(), "webhook.secret");
  EXPECT_EQ(all->channels[0].least, watch::Severity::critical);
  EXPECT_EQ(all->channels[1].command, "tell");
  EXPECT_EQ(all->channels[1].least, watch::Severity::warning);
  EXPECT_EQ(all->heartbeat->href(), "https://ping.example.com/abc");
  EXPECT_THAT(learned, testing::ElementsAre("webhook.url", "webhook.secret", "heartbeat"));
}

TEST(AlertChannels, WithoutAnAddressAreRefusedWithoutShowingIt) {
  std::vector<std::string> learned;
  const auto read = channels(R"({ kind = "webhook", url = { env = "URL" } })");
  ASSERT_TRUE(read.settings);
  const auto all = alert_addresses(*read.settings, channel_inputs("a-token-and-no-address", learned));
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().kind, ErrorKind::usage);
  EXPECT_EQ(all.error().what, "webhook.url is no address of http or https");
  EXPECT_THAT(render(all.error()), Not(HasSubstr("a-token")));
  EXPECT_EQ(all.error().place.line, 3U);
}

TEST(AlertChannels, OfServicesHaveTheirKeysAndAddresses) {
  std::vector<std::string> learned;
  const auto read = channels(R"({ kind = "pagerduty", key = { env = "KEY" } },
    { kind = "slack", url = { env = "URL" } },
    { kind = "mail", url = "smtps://mail.example.com", from = "murphy@example.com", to = ["ada@example.com"] })");
  ASSERT_TRUE(read.settings) << render(read.errors.front());
  const auto all = alert_addresses(*read.settings, channel_inputs("https://hooks.example.com/abc", learned));
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_EQ(all->channels[0].url->href(), "https://events.pagerduty.com/v2/enqueue");
  EXPECT_EQ(all->channels[1].url->href(), "https://hooks.example.com/abc");
  EXPECT_EQ(all->channels[2].mail.to, std::vector<std::string>{"ada@example.com"});
  EXPECT_THAT(learned, testing::ElementsAre("pagerduty.key", "slack.url", "mail.url", "heartbeat"));
}

TEST(AlertChannels, OfMailNeedAddresses) {
  std::vector<std::string> learned;
  const auto read = channels(
      R"({ kind = "mail", url = "smtps://mail.example.com", from = "murphy@example.com", to = ["Ada <ada@example.com>"] })");
  ASSERT_TRUE(read.settings);
  const auto all = alert_addresses(*read.settings, channel_inputs("", learned));
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().what, "\"Ada <ada@example.com>\" is no mail address");
  EXPECT_EQ(all.error().place.line, 3U);
}

} // namespace
} // namespace murphy::cli
