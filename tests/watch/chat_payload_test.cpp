// Alerts as chats and on-call services get them, byte by byte.
#include "watch/notify/chat_payload.h"

#include "looks.h"
#include "watch/judge.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using testing::HasSubstr;
using testing::Not;

Alert alert_of_event(const std::string& event) {
  return {
      .event = event,
      .severity = Severity::critical,
      .incident = "4fb85142",
      .key = "murphy/staging/f1",
      .lines = {"DOWN  Sign in on staging: <!channel> & [x](http://x)", "Likely cause: *the database*   [4fb85142]"},
      .body = R"({"target":"staging","at":"2027-01-15T08:01:30.000000Z"})"};
}

TEST(ChatPayloads, OfSlackAreBlocksOfPlainText) {
  EXPECT_EQ(
      slack_post(alert_of_event("opened")).body,
      R"json({"text":"DOWN  Sign in on staging: &lt;!channel&gt; &amp; [x](http://x)","blocks":[{"type":"header","text":{"type":"plain_text","text":"DOWN  Sign in on staging: <!channel> & [x](http://x)","emoji":false}},{"type":"section","text":{"type":"plain_text","text":"Likely cause: *the database*   [4fb85142]","emoji":false}}]})json");
}

TEST(ChatPayloads, OfTeamsAreAnAdaptiveCardWithoutMarkdown) {
  EXPECT_EQ(
      teams_post(alert_of_event("opened")).body,
      R"json({"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4","body":[{"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"DOWN  Sign in on staging: <!channel> & [x](http://x)","weight":"bolder","color":"attention"}]},{"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"Likely cause: *the database*   [4fb85142]"}]}]}}]})json");
  EXPECT_THAT(teams_post(alert_of_event("resolved")).body, HasSubstr(R"("color":"good")"));
}

TEST(ChatPayloads, OfPagerDutyAreEventsOfOneKey) {
  const Secret key(ClearText("r0uting"), "key");
  EXPECT_EQ(
      pagerduty_post(alert_of_event("opened"), key).body,
      R"json({"routing_key":"r0uting","event_action":"trigger","dedup_key":"murphy/staging/f1","payload":{"summary":"DOWN  Sign in on staging: <!channel> & [x](http://x)","source":"staging","severity":"critical","timestamp":"2027-01-15T08:01:30.000000Z","component":"sign-in","custom_details":{"incident":"4fb85142","text":"DOWN  Sign in on staging: <!channel> & [x](http://x)\nLikely cause: *the database*   [4fb85142]"}},"client":"Murphy"})json");
  EXPECT_THAT(pagerduty_post(alert_of_event("reminder"), key).body, HasSubstr(R"("event_action":"trigger")"));
  EXPECT_THAT(pagerduty_post(alert_of_event("resolved"), key).body, HasSubstr(R"("event_action":"resolve")"));
  EXPECT_THAT(pagerduty_post(alert_of_event("test"), key).body, HasSubstr(R"("severity":"info")"));
}

TEST(ChatPayloads, AreNoLongerThanTheServicesTake) {
  Alert alert = alert_of_event("opened");
  alert.lines = {std::string(5000, 'x'), std::string(50'000, 'y')};
  const Secret key(ClearText("k"), "key");
  const auto slack = boost::json::parse(slack_post(alert).body);
  EXPECT_LE(slack.at("blocks").at(0).at("text").at("text").as_string().size(), 150U);
  EXPECT_LE(slack.at("blocks").at(1).at("text").at("text").as_string().size(), 3000U);
  EXPECT_LT(teams_post(alert).body.size(), 28'000U);
  const auto event = boost::json::parse(pagerduty_post(alert, key).body);
  EXPECT_LE(event.at("payload").at("summary").as_string().size(), 1024U);
}

} // namespace
} // namespace murphy::watch
