// What people are told.
#include "watch/alert.h"

#include "looks.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

Incident incident() {
  Incident down;
  down.id = "4fb85142";
  down.key = "murphy/staging/f1";
  down.severity = Severity::critical;
  down.opened = at(seconds(90));
  down.failed_from = at(seconds(50));
  down.last_good = at(seconds(10));
  down.cause = cause_named("users has \"pasword_hash\"");
  down.affected = {"a#1", "a#2"};
  down.features = {"Sign in"};
  down.failed_in_row = 3;
  down.headline = "submit “Sign in”, status: expected a page, got 500";
  down.place = "scenarios/sign-in.toml:8:5";
  return down;
}

std::vector<std::string> lines(Notice::What what, const Incident& of, int second = 90, bool remains = false) {
  return alert_of({.what = what, .incident = of, .at = at(seconds(second)), .schema_remains = remains}, "staging", 17)
      .lines;
}

TEST(Alerts, OfAnOutageSayWhatAndWhyAndWhatToDo) {
  Incident down = incident();
  down.schema = SchemaChange{.differences = {"users has \"pasword_hash\" where it had \"password_hash\""},
                             .after = at(seconds(20)),
                             .before = at(seconds(48))};
  EXPECT_THAT(
      lines(Notice::What::opened, down),
      ElementsAre("DOWN  Sign in on staging: 2 of 17 scenarios, 3 runs in a row since 08:00 UTC (last good 08:00)",
                  "Likely cause: the database — users has \"pasword_hash\"   [4fb85142]",
                  "The database changed between 08:00:20 and 08:00:48 UTC: users has \"pasword_hash\" where it "
                  "had \"password_hash\"",
                  "First: submit “Sign in”, status: expected a page, got 500 (scenarios/sign-in.toml:8:5)",
                  "Acknowledge: murphy watch ack 4fb85142 \"who, why\""));
  EXPECT_LE(lines(Notice::What::opened, down).front().size(), 120U);
}

TEST(Alerts, SayPlainlyWhatIsNotKnown) {
  Incident down = incident();
  down.cause->confidence = record::Confidence::low;
  down.last_good = {};
  down.features = {"Sign in", "Sign out"};
  const auto low = lines(Notice::What::opened, down);
  EXPECT_EQ(low[0], "DOWN  2 features on staging: 2 of 17 scenarios, 3 runs in a row since 08:00 UTC");
  EXPECT_EQ(low[1], "Perhaps: the database — users has \"pasword_hash\"   [4fb85142]");
  down.cause.reset();
  EXPECT_EQ(lines(Notice::What::opened, down)[1], "The evidence does not tell the cause   [4fb85142]");
  down.affected = {target_check};
  down.features = {};
  EXPECT_EQ(lines(Notice::What::opened, down)[0],
            "DOWN  staging: the app is not there, 3 runs in a row since 08:00 UTC");
}

TEST(Alerts, OfAChangeAloneAreAWarning) {
  Incident change;
  change.id = "4fb85142";
  change.failed_from = at(seconds(48));
  change.schema = SchemaChange{
      .differences = {"a is new", "b is new", "c is new", "d is new"}, .after = {}, .before = at(seconds(48))};
  EXPECT_THAT(lines(Notice::What::opened, change),
              ElementsAre("WARNING  staging: the database changed before 08:00:48 UTC",
                          "a is new; b is new; c is new; and 1 more   [4fb85142]",
                          "No failure is confirmed yet. If the change is meant, update the baseline with murphy "
                          "snapshot."));
  EXPECT_THAT(lines(Notice::What::resolved, change, 148),
              ElementsAre("RESOLVED  staging: the database is as it was, after 100 s",
                          "The database is as it was: the change is gone"));
}

TEST(Alerts, OfMurphyItselfDoNotBlameTheApp) {
  Incident own = incident();
  own.severity = Severity::warning;
  own.cause.reset();
  own.affected = {own_check};
  own.features = {};
  own.headline = "sign in: the password is not set";
  own.place = {};
  const auto told = lines(Notice::What::opened, own);
  EXPECT_EQ(told[0],
            "WARNING  staging: Murphy cannot judge the scenarios, 3 runs in a row since 08:00 UTC (last good 08:00)");
  EXPECT_EQ(told[1], "Nobody knows whether sign-in works   [4fb85142]");
  EXPECT_EQ(told[2], "First: sign in: the password is not set");
}

TEST(Alerts, OfAnEndSayHowLongItWasAndWhatIsLeft) {
  Incident down = incident();
  EXPECT_THAT(lines(Notice::What::resolved, down, 50 + 12 * 60),
              ElementsAre("RESOLVED  Sign in on staging: after 12 min, 08:00 to 08:12 UTC",
                          "The likely cause was: the database — users has \"pasword_hash\"   [4fb85142]"));
  down.schema = SchemaChange{.differences = {"a is new"}, .after = {}, .before = {}};
  EXPECT_EQ(lines(Notice::What::resolved, down, 90, true)[2], "The change of the database is still there: a is new");
  EXPECT_EQ(lines(Notice::What::reminder, down, 50 + 2 * 3600)[0], "STILL DOWN  Sign in on staging: for 2 h 0 min");
  EXPECT_EQ(lines(Notice::What::sharpened, down)[0], "UPDATE  Sign in on staging: the cause is known now");
}

TEST(Alerts, NameTheDayOfWhatWasNotToday) {
  Incident down = incident(); // from 08:00:50 on, and it was good at 08:00:20
  down.schema = SchemaChange{.differences = {"a is new"}, .after = {}, .before = at(seconds(48))};
  constexpr int day = 24 * 3600;
  const auto opened = lines(Notice::What::opened, down, day);
  EXPECT_THAT(opened[0], testing::HasSubstr("since 2027-01-15 08:00 UTC (last good 2027-01-15 08:00)"));
  EXPECT_EQ(opened[2], "The database changed before 2027-01-15 08:00:48 UTC: a is new");
  EXPECT_EQ(lines(Notice::What::resolved, down, 50 + 3 * day + 2 * 3600)[0],
            "RESOLVED  Sign in on staging: after 3 d 2 h, 2027-01-15 08:00 to 2027-01-18 10:00 UTC");
}

TEST(Alerts, OfAnEndThatIsNoneSayWhatIsKnown) {
  Incident down = incident();
  const Notice moved{.what = Notice::What::resolved, .incident = down, .at = at(seconds(90)), .goes_on_as = "5fb85142"};
  EXPECT_THAT(alert_of(moved, "staging", 17).lines,
              ElementsAre("MOVED  Sign in on staging: it goes on as [5fb85142]",
                          "The likely cause was: the database — users has \"pasword_hash\"   [4fb85142]"));
  down.cause->confidence = record::Confidence::low;
  EXPECT_EQ(lines(Notice::What::resolved, down)[1],
            "Perhaps the cause was: the database — users has \"pasword_hash\"   [4fb85142]");
  down.cause->confidence = record::Confidence::high;
  down.is_unwatched = true;
  EXPECT_THAT(lines(Notice::What::resolved, down, 100),
              ElementsAre("CLOSED  Sign in on staging: it is not watched any longer, after 50 s",
                          "Nobody knows whether it works. The likely cause was: the database — users has "
                          "\"pasword_hash\"   [4fb85142]"));
}

TEST(Alerts, AreJsonForPrograms) {
  const Alert alert =
      alert_of({.what = Notice::What::opened, .incident = incident(), .at = at(seconds(90))}, "staging", 17);
  EXPECT_EQ(alert.event, "opened");
  const auto body = boost::json::parse(alert.body).as_object();
  EXPECT_EQ(body.at("version"), 1);
  EXPECT_EQ(body.at("key"), "murphy/staging/f1");
  EXPECT_EQ(body.at("cause").at("confidence"), "high");
  EXPECT_EQ(body.at("opened"), "2027-01-15T08:01:30.000000Z");
  EXPECT_EQ(body.at("scenarios").as_array().size(), 2U);
  EXPECT_EQ(alert.body.find('\n'), std::string::npos);
  EXPECT_EQ(boost::json::parse(test_alert("staging", at(seconds(1))).body).at("event"), "test");
}

} // namespace
} // namespace murphy::watch
