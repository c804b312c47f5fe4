// What a watch answers to whoever asks.
#include "watch/page/answers.h"

#include "looks.h"
#include "watch/page/status_json.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string header(const Reply& answer, const std::string& name) {
  const auto found = std::ranges::find(answer.headers, name, [](const auto& each) { return each.first; });
  return found == answer.headers.end() ? "" : found->second;
}

class Answers : public testing::Test {
protected:
  Answers() {
    published_.facts.target = "staging";
    for (const char* feature : {"Sign in", "<Profile>", "sign-in"}) {
      const std::string id = std::string("a#") + feature;
      published_.facts.scenarios.push_back({.id = id, .feature = feature, .name = "works", .every = seconds(60)});
      published_.state.checks[id].looked = at(seconds(100));
    }
    CheckState& red = published_.state.checks["a#Sign in"];
    red.is_red = true;
    red.headline = "column users.pasword_hash";
    Incident incident;
    incident.cause = cause_named("the column pasword_hash");
    incident.headline = "db.example.com";
    published_.state.open = {incident};
    const Day today = std::chrono::floor<std::chrono::days>(at(seconds(0)));
    published_.uptime["Sign in"][today] = {.up = hours(3), .degraded = {}, .down = minutes(12), .maintenance = {}};
    published_.uptime["Sign in"][today - std::chrono::days(1)] = {
        .up = hours(1), .degraded = {}, .down = {}, .maintenance = {}};
  }
  Reply ask(const std::string& path, const std::string& accept = {}, const std::string& tag = {}) const {
    return answer_to({.path = path, .accept = accept, .has_tag = tag}, published_, Pulse::beats, at(seconds(110)));
  }
  Published published_;
};

TEST_F(Answers, ShowThePageToEverybody) {
  const Reply page = ask("/status");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.type, StartsWith("text/html"));
  EXPECT_THAT(header(page, "Content-Security-Policy"), StartsWith("default-src 'none'; style-src 'unsafe-inline'"));
  EXPECT_THAT(page.body, AllOf(HasSubstr("<h1>Sign-in status: <b class=\"down\">down</b></h1>"),
                               HasSubstr("<th scope=\"row\">&lt;Profile&gt;</th><td><b class=\"up\">up</b>"),
                               HasSubstr(", 10 s before this page was made."), HasSubstr("down for 12 min"),
                               HasSubstr("95.23 %"), HasSubstr("prefers-color-scheme: dark")));
  EXPECT_THAT(page.body, HasSubstr("preserveAspectRatio=\"none\"")) << "bars of a narrow screen are as tall";
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_THAT(page.body, Not(HasSubstr("http:"))) << "it needs nothing from elsewhere";
}

TEST_F(Answers, NameNeitherColumnNorHostNorCause) {
  published_.facts.counts.emplace();
  for (const char* path : {"/status", "/status.json", "/badge/sign-in.svg", "/metrics"})
    for (const char* secret : {"pasword_hash", "example.com"})
      EXPECT_THAT(ask(path).body, Not(HasSubstr(secret))) << path;
  for (const auto& [name, text] : status_files(published_, at(seconds(110))))
    for (const char* secret : {"pasword_hash", "example.com", "staging", "works"})
      EXPECT_THAT(text, Not(HasSubstr(secret))) << name;
}

TEST_F(Answers, AreJsonForPrograms) {
  const std::string body = ask("/status.json").body;
  EXPECT_THAT(body, HasSubstr("\"percent_up\":95.23,")) << "not 9.523E1";
  const auto status = boost::json::parse(body).as_object();
  EXPECT_EQ(status.at("version").as_int64(), 1);
  EXPECT_EQ(status.at("state").as_string(), "down");
  const auto& features = status.at("features").as_array();
  ASSERT_EQ(features.size(), 3U);
  EXPECT_EQ(features[1].at("name").as_string(), "Sign in");
  EXPECT_EQ(features[1].at("state").as_string(), "down");
  const auto& days = features[1].at("days").as_array();
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].at("state").as_string(), "unknown") << "an hour says nothing of a day";
  EXPECT_EQ(days[1].at("down").as_int64(), 720);
  EXPECT_TRUE(features[0].at("percent_up").is_null());
}

TEST_F(Answers, AreReadAgain) {
  EXPECT_THAT(slugs_in(ask("/status.json").body), ElementsAre("profile", "sign-in", "sign-in-2"));
  EXPECT_THAT(slugs_in(R"({"features":[{"slug":"../x"},{"slug":""},{"slug":1},2,{"slug":"a-1"}]})"),
              ElementsAre("a-1"));
  for (const char* other : {"", "[]", "{}", R"({"features":{}})", "not JSON"})
    EXPECT_THAT(slugs_in(other), testing::IsEmpty()) << other;
}

TEST_F(Answers, AreBadges) {
  const Reply badge = ask("/badge/sign-in.svg");
  EXPECT_EQ(badge.type, "image/svg+xml");
  EXPECT_THAT(badge.body, AllOf(StartsWith("<svg "), HasSubstr("aria-label=\"Sign in: down\"")));
  EXPECT_EQ(header(badge, "Cache-Control"), "max-age=60");
  const Reply same = ask("/badge/Sign%20in.svg", "", header(badge, "ETag"));
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_THAT(ask("/badge/sign-in-2.svg").body, HasSubstr("sign-in: up")) << "two that look alike have two addresses";
  EXPECT_THAT(ask("/badge/profile.svg").body, HasSubstr("&lt;Profile&gt;"));
  EXPECT_EQ(ask("/badge/none.svg").status, 404);
}

TEST_F(Answers, AreFilesToo) {
  std::vector<std::string> names;
  for (const auto& [name, text] : status_files(published_, at(seconds(110)))) names.push_back(name);
  EXPECT_THAT(
      names, ElementsAre("index.html", "status.json", "badge/profile.svg", "badge/sign-in.svg", "badge/sign-in-2.svg"));
  published_.has_ended = true;
  EXPECT_THAT(status_files(published_, at(seconds(110)))[0].second,
              HasSubstr("<h1>Sign-in status: <b class=\"unknown\">unknown</b></h1>"));
}

TEST_F(Answers, AreMetricsInTheFormatThatIsAskedFor) {
  EXPECT_EQ(ask("/metrics").type, "text/plain; version=0.0.4; charset=utf-8");
  const Reply open = ask("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
  EXPECT_EQ(open.type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_THAT(open.body, testing::EndsWith("# EOF\n"));
}

TEST_F(Answers, SayWhetherTheWatchGoesOn) {
  EXPECT_EQ(ask("/healthz").status, 200);
  EXPECT_EQ(ask("/readyz").status, 200);
  EXPECT_EQ(ask("/").status, 404);
  published_.has_begun = false;
  const auto first = [this](const std::string& path, Pulse pulse) {
    return answer_to({.path = path, .accept = {}, .has_tag = {}}, published_, pulse, at(seconds(110)));
  };
  EXPECT_EQ(first("/healthz", Pulse::beats).status, 200) << "it has only begun";
  EXPECT_EQ(first("/healthz", Pulse::stopped).status, 503);
  EXPECT_EQ(first("/readyz", Pulse::beats).status, 503);
  EXPECT_EQ(first("/metrics", Pulse::beats).status, 200) << "counters are born at 0";
  EXPECT_THAT(first("/status", Pulse::beats).body, HasSubstr("<b class=\"down\">down</b>")) << "it was a moment before";
  published_.state = {};
  EXPECT_THAT(first("/status", Pulse::beats).body, HasSubstr("Nothing has been checked yet."));
}

} // namespace
} // namespace murphy::watch
