// Alerts as services get them.
#include "watch/notify/payload.h"

#include "base/hmac.h"
#include "looks.h"
#include "watch/judge.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::seconds;

Alert alert(Notice::What what) {
  Incident incident;
  incident.id = "4fb85142";
  incident.key = "murphy/staging/f1";
  incident.severity = Severity::critical;
  incident.opened = at(seconds(60));
  incident.failed_from = at(seconds(20));
  incident.affected = {"a#1"};
  return alert_of({.what = what, .incident = incident, .at = at(seconds(90))}, "staging", 17);
}

std::string header(const AlertPost& post, const std::string& name) {
  const auto found = std::ranges::find(post.headers, name, &std::pair<std::string, std::string>::first);
  return found == post.headers.end() ? "" : found->second;
}

TEST(Payloads, OfAWebhookAreSigned) {
  const Secret key(ClearText("k3y"), "secret");
  const Alert opened = alert(Notice::What::opened);
  const AlertPost post = webhook_post(opened, 42, &key, at(seconds(100)));
  EXPECT_EQ(post.path, "");
  EXPECT_EQ(post.body, opened.body);
  EXPECT_EQ(header(post, "X-Murphy-Event"), "opened");
  EXPECT_EQ(header(post, "X-Murphy-Delivery"), "42");
  EXPECT_EQ(header(post, "X-Murphy-Timestamp"), "1800000100");
  EXPECT_EQ(header(post, "X-Murphy-Signature"), "sha256=" + hex_hmac_sha256(key, "1800000100." + opened.body));
  EXPECT_EQ(header(webhook_post(opened, 42, nullptr, at(seconds(100))), "X-Murphy-Signature"), "");
  EXPECT_EQ(header(webhook_post(opened, {}, nullptr, at(seconds(100))), "X-Murphy-Delivery"), "")
      << "it is in no store";
}

TEST(Payloads, OfAnAlertmanagerEndByThemselves) {
  const AlertPost post = alertmanager_post(alert(Notice::What::opened), at(seconds(100)));
  EXPECT_EQ(post.path, "/api/v2/alerts");
  const auto posted = boost::json::parse(post.body).at(0).as_object();
  EXPECT_EQ(posted.at("startsAt"), "2027-01-15T08:01:00.000000Z");
  EXPECT_EQ(posted.at("endsAt"), "2027-01-15T08:05:40.000000Z");
  EXPECT_EQ(posted.at("labels").at("target"), "staging");
  EXPECT_EQ(posted.at("labels").at("incident"), "4fb85142");
  for (const auto& [name, value] : posted.at("labels").as_object()) EXPECT_NE(value.as_string(), "") << name;
  const auto over =
      boost::json::parse(alertmanager_post(alert(Notice::What::resolved), at(seconds(100))).body).at(0).as_object();
  EXPECT_EQ(over.at("endsAt"), "2027-01-15T08:01:30.000000Z") << "when it was over, however late that is said";
  EXPECT_EQ(over.at("labels"), posted.at("labels"));
}

} // namespace
} // namespace murphy::watch
