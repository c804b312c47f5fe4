// How features are, for everybody.
#include "watch/public_state.h"

#include "looks.h"
#include "watch/uptime.h"

#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

class PublicStates : public testing::Test {
protected:
  PublicStates() {
    for (const char* id : {"a#1", "a#2"}) {
      scenarios_.push_back({.id = id, .feature = "Sign in", .name = id + 2, .every = seconds(60)});
      state_.checks[id].looked = at(seconds(100));
    }
  }
  PublicState state(seconds now = seconds(110)) const {
    return public_states(state_, scenarios_, at(now)).at("Sign in");
  }
  std::vector<WatchedScenario> scenarios_;
  WatchState state_;
};

TEST_F(PublicStates, SayHowManyScenariosAreRed) {
  EXPECT_EQ(state(), PublicState::up);
  state_.checks["a#1"].is_red = true;
  EXPECT_EQ(state(), PublicState::degraded);
  state_.checks["a#2"].is_red = true;
  EXPECT_EQ(state(), PublicState::down);
}

TEST_F(PublicStates, AreDegradedWhereAScenarioIsSlow) {
  state_.checks["a#1"].is_slow = true;
  EXPECT_EQ(state(), PublicState::degraded);
  EXPECT_EQ(state(seconds(1000)), PublicState::unknown);
}

TEST_F(PublicStates, AreDownWithTheApp) {
  state_.checks[target_check].is_red = true;
  state_.checks[target_check].looked = at(seconds(110));
  EXPECT_EQ(state(), PublicState::down);
  EXPECT_EQ(state(seconds(1000)), PublicState::unknown) << "nobody has looked since";
}

TEST_F(PublicStates, AreNeverGreenWhereNobodyKnows) {
  EXPECT_EQ(state(seconds(280)), PublicState::up);
  EXPECT_EQ(state(seconds(281)), PublicState::unknown) << "after three intervals";
  state_.unjudged = {"a#2"};
  EXPECT_EQ(state(), PublicState::unknown);
  state_.checks["a#1"].is_red = true;
  EXPECT_EQ(state(), PublicState::down) << "none is known to work";
  state_.checks.clear();
  EXPECT_EQ(state(), PublicState::unknown);
}

TEST_F(PublicStates, CountAClockThatWasSetBackAsUnknown) {
  EXPECT_EQ(state(seconds(-80)), PublicState::up);
  EXPECT_EQ(state(seconds(-81)), PublicState::unknown);
}

// An app that refuses is asked again and again within one round.
TEST_F(PublicStates, LastAsLongAsASlowRound) {
  for (WatchedScenario& each : scenarios_) each.every = seconds(10);
  state_.checks[target_check].is_red = true;
  state_.checks[target_check].looked = at(seconds(100));
  EXPECT_EQ(state(seconds(140)), PublicState::unknown);
  note_round(scenarios_, seconds(30));
  note_round(scenarios_, seconds(1));
  EXPECT_EQ(state(seconds(170)), PublicState::down) << "an interval, a round, and the next";
  EXPECT_EQ(state(seconds(171)), PublicState::unknown);
  note_round(scenarios_, hours(5));
  EXPECT_EQ(state(seconds(3000)), PublicState::unknown) << "that was no round";
}

TEST_F(PublicStates, OfASlowRoundCountAsTime) {
  for (WatchedScenario& each : scenarios_) each.every = seconds(10);
  WatchState down = state_;
  down.checks[target_check].is_red = true;
  down.checks[target_check].looked = at(seconds(100));
  UptimeMeter meter(scenarios_, down, at(seconds(100)));
  const Uptime passed = meter.round(down, at(seconds(140)), seconds(30));
  ASSERT_TRUE(passed.contains("Sign in"));
  EXPECT_EQ(passed.at("Sign in").begin()->second.down, seconds(40));
}

TEST_F(PublicStates, AreOfWhenTheAppDidNotAnswer) {
  EXPECT_EQ(last_judged(state_, scenarios_), at(seconds(100)));
  state_.checks[target_check].looked = at(seconds(900));
  EXPECT_EQ(last_judged(state_, scenarios_), at(seconds(100))) << "that it answers says nothing of a scenario";
  state_.checks[target_check].failed_in_row = 1;
  EXPECT_EQ(last_judged(state_, scenarios_), at(seconds(900)));
}

TEST_F(PublicStates, AreAsBadAsTheWorst) {
  EXPECT_EQ(worst_of({}), PublicState::unknown);
  EXPECT_EQ(worst_of({{"a", PublicState::up}, {"b", PublicState::unknown}}), PublicState::unknown);
  EXPECT_EQ(worst_of({{"a", PublicState::degraded}, {"b", PublicState::unknown}}), PublicState::degraded);
  EXPECT_EQ(worst_of({{"a", PublicState::degraded}, {"b", PublicState::down}}), PublicState::down);
}

TEST(Uptimes, AreDividedAtMidnight) {
  const Instant midnight(std::chrono::sys_days(std::chrono::year(2026) / 11 / 29));
  const Uptime all =
      spent({{"a", PublicState::down}, {"b", PublicState::unknown}}, midnight - hours(1), midnight + hours(25));
  ASSERT_EQ(all.size(), 1U) << "what is not known is no time";
  const auto& of = all.at("a");
  ASSERT_EQ(of.size(), 3U);
  const Day today = std::chrono::floor<days>(midnight);
  EXPECT_EQ(of.at(today - days(1)).down, hours(1));
  EXPECT_EQ(of.at(today).down, hours(24));
  EXPECT_EQ(of.at(today + days(1)).down, hours(1));
  EXPECT_TRUE(spent({{"a", PublicState::up}}, midnight, midnight - hours(1)).empty()) << "the clock was set back";
}

TEST(Uptimes, AddUpAndAreForgotten) {
  Uptime all;
  const Instant first = at(seconds(0));
  add(all, spent({{"a", PublicState::up}}, first, first + seconds(5)));
  add(all, spent({{"a", PublicState::degraded}}, first + seconds(5), first + seconds(7)));
  add(all, spent({{"a", PublicState::maintenance}}, first + seconds(7), first + seconds(8)));
  const SpentTime& time = all.at("a").begin()->second;
  EXPECT_EQ(time, (SpentTime{.up = seconds(5), .degraded = seconds(2), .down = {}, .maintenance = seconds(1)}));
  EXPECT_EQ(time.known(), seconds(8));
  add(all, spent({{"a", PublicState::up}}, first + days(1000), first + days(1000) + seconds(1)));
  forget_old(all);
  EXPECT_EQ(all.at("a").size(), 2U) << "a clock that jumped ahead takes nothing";
  const Day today = std::chrono::floor<days>(first);
  for (int day = 1; day < kept_days.count(); ++day) all["b"][today + days(day)] = {};
  forget_old(all);
  EXPECT_EQ(all.at("a").size(), 1U) << "there are ninety newer ones";
  EXPECT_EQ(all.at("b").size(), 89U);
}

TEST_F(PublicStates, LastUntilTheNextRound) {
  UptimeMeter meter(scenarios_, state_, at(seconds(100)));
  WatchState red = state_;
  for (auto& [id, check] : red.checks) {
    check.is_red = true;
    check.looked = at(seconds(160));
  }
  const auto only = [](const Uptime& passed) { return passed.at("Sign in").begin()->second; };
  EXPECT_EQ(only(meter.round(red, at(seconds(160)), seconds(1))).up, seconds(60));
  EXPECT_EQ(only(meter.round(red, at(seconds(170)), seconds(1))).down, seconds(10));
  EXPECT_TRUE(meter.round(red, at(hours(1)), seconds(1)).empty()) << "the watch hung: nobody knows";
}

} // namespace
} // namespace murphy::watch
