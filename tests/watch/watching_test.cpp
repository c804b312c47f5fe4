// The watch over hours and days, on a clock that is set by hand.
#include "watch/watching.h"

#include "looks.h"
#include "set_clock.h"

#include <gmock/gmock.h>
#include <map>
#include <random>
#include <set>
#include <utility>

namespace murphy::watch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;

class Hours : public testing::Test {
protected:
  std::vector<ScheduledCheck> checks(int scenarios) const {
    std::vector<ScheduledCheck> all;
    for (int i = 0; i < scenarios; ++i) all.push_back({.check = "a#" + std::to_string(i), .every = seconds(60)});
    return all;
  }

  // Watches until the clock ends. `judge` says whether a check passes at a time.
  void watch(int scenarios, SetClock& clock, const std::function<bool(const std::string&, Instant)>& passes) {
    const WatchHooks hooks{.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                             ++rounds_;
                             clock.pass(milliseconds(400));
                             RoundLook round{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
                             const bool is_up = passes(target_check, round.at);
                             round.checks.push_back(is_up ? passed(target_check) : failed(target_check));
                             if (is_up)
                               for (const std::string& each : due)
                                 round.checks.push_back(passes(each, round.at) ? passed(each) : failed(each));
                             runs_ += static_cast<int>(due.size());
                             return round;
                           },
                           .acknowledged = [] { return Acknowledged(); },
                           .keep = [&](const WatchState&, const std::vector<Notice>& notices,
                                       Instant) { told_.insert(told_.end(), notices.begin(), notices.end()); }};
    Watching watching({}, checks(scenarios), policy_, "staging", clock, hooks);
    while (watching.round()) {
    }
    missed_ = watching.missed();
  }

  WatchPolicy policy_{
      .fail_after = 3, .fail_if = {}, .pass_after = 2, .confirm = {seconds(10), seconds(30)}, .remind = {}};
  std::vector<Notice> told_;
  int rounds_ = 0, runs_ = 0, missed_ = 0;
};

TEST_F(Hours, WithRandomFailuresPageNobody) {
  SetClock clock(hours(1000));
  std::mt19937 random(20'261'129); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same in every run
  watch(1, clock, [&](const std::string& check, Instant) { return check == target_check || random() % 200 != 0; });
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_GT(runs_, 60'000);
}

TEST_F(Hours, ARestartOfTheAppPagesNobody) {
  SetClock clock(hours(2));
  const Instant restart = at(minutes(60));
  watch(17, clock, [&](const std::string&, Instant now) { return now < restart || now > restart + seconds(25); });
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(Hours, AnAppThatIsGoneIsOneIncident) {
  SetClock clock(hours(2));
  const Instant gone = at(minutes(60));
  watch(17, clock, [&](const std::string&, Instant now) { return now < gone || now > gone + minutes(20); });
  ASSERT_THAT(told_, SizeIs(2));
  EXPECT_LT(told_[0].at - gone, seconds(60));
  EXPECT_EQ(told_[1].what, Notice::What::resolved);
  EXPECT_LT(told_[1].at - gone, minutes(22));
}

TEST_F(Hours, AnOutageIsToldInLessThanTwoIntervals) {
  SetClock clock(hours(2));
  const Instant broken = at(minutes(60));
  watch(17, clock, [&](const std::string& check, Instant now) { return check == target_check || now < broken; });
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_EQ(told_[0].incident.affected.size(), 17U) << "those that passed before the first failure, too";
  EXPECT_LT(told_[0].at - broken, seconds(50));
}

TEST_F(Hours, ASleepOfTheMachineIsNoVerdict) {
  SetClock clock(hours(9));
  bool has_slept = false;
  watch(3, clock, [&](const std::string&, Instant now) {
    if (now < at(minutes(60)) || has_slept) return true;
    has_slept = true;
    clock.sleep(hours(7));
    return false; // what ran while the lid was closed
  });
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_TRUE(has_slept);
  EXPECT_LT(runs_, 3 * 60 * 3) << "what was missed is not caught up with";
}

TEST_F(Hours, AClockThatIsSetBackIsNoVerdictAndHoldsNothingUp) {
  SetClock clock(hours(3));
  int runs_before = 0;
  watch(3, clock, [&](const std::string&, Instant now) {
    if (now < at(minutes(60)) || runs_before > 0) return true;
    runs_before = runs_;
    clock.sleep(-hours(2));
    return false; // what ran while it was set
  });
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_GT(runs_ - runs_before, 3 * 60 * 4) << "the four hours that are left of the clock";
}

// Nobody has looked at the clock for a while: the process was stopped, or the machine had other things to do.
TEST_F(Hours, ALateLookIsOneLook) {
  SetClock clock(hours(2));
  bool was_stopped = false;
  watch(1, clock, [&](const std::string&, Instant now) {
    if (now > at(minutes(60)) && !std::exchange(was_stopped, true)) clock.pass(minutes(30));
    return true;
  });
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_GT(missed_, 25);
  EXPECT_LT(runs_, 100) << "what was missed is not caught up with";
}

TEST_F(Hours, SlowRunsLeaveOthersOut) {
  SetClock clock(hours(1));
  watch(1, clock, [&](const std::string& check, Instant) {
    if (check != target_check) clock.pass(seconds(150));
    return true;
  });
  EXPECT_GT(missed_, 20);
  EXPECT_THAT(told_, IsEmpty());
}

// A sound scenario beside it must not hide it.
TEST_F(Hours, AScenarioThatCannotBeJudgedIsToldSoon) {
  SetClock clock(hours(1));
  WatchState last;
  Watching watching({}, checks(2), policy_, "staging", clock,
                    {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                       RoundLook round{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
                       for (const std::string& each : due) {
                         if (each == "a#1" && round.at < at(minutes(30))) {
                           round.unjudged.insert(each);
                           round.trouble = "the password is not set";
                         } else {
                           round.checks.push_back(passed(each));
                         }
                       }
                       return round;
                     },
                     .acknowledged = [] { return Acknowledged(); },
                     .keep =
                         [&](const WatchState& state, const std::vector<Notice>& notices, Instant) {
                           last = state;
                           told_.insert(told_.end(), notices.begin(), notices.end());
                         }});
  while (watching.round()) {
  }
  ASSERT_THAT(told_, SizeIs(2));
  EXPECT_EQ(told_[0].incident.key, "murphy/staging/murphy");
  EXPECT_EQ(told_[0].incident.severity, Severity::warning);
  EXPECT_LT(told_[0].at, at(seconds(50))) << "after its confirmations";
  EXPECT_EQ(told_[1].what, Notice::What::resolved);
  EXPECT_GE(told_[1].at, at(minutes(30)));
  EXPECT_THAT(last.unjudged, IsEmpty());
}

// A watch that is started again and again, or reads its files again.
TEST_F(Hours, FailuresAreConfirmedInTheirTimeOverRestarts) {
  WatchState known;
  // Waits for the next round after a start, and says for how long.
  const auto waited = [&](SetClock clock) {
    const Instant begin = clock.now().wall;
    Watching watching(known, checks(1), policy_, "staging", clock,
                      {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                         return RoundLook{
                             .at = clock.now().wall, .checks = {failed(due.front())}, .schema = {}, .trouble = {}};
                       },
                       .acknowledged = [] { return Acknowledged(); },
                       .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}});
    EXPECT_TRUE(watching.round());
    known = watching.state();
    return clock.now().wall - begin;
  };
  EXPECT_EQ(waited(SetClock(hours(1))), seconds(0));
  EXPECT_EQ(waited(SetClock(hours(1), seconds(4))), seconds(6)) << "10 after the first failure";
  EXPECT_EQ(waited(SetClock(hours(1))), seconds(30)) << "by a clock that was set back";
  known = {};
  waited(SetClock(hours(1)));
  EXPECT_EQ(waited(SetClock(hours(2), hours(1))), seconds(0)) << "that is over";
}

// These have no place of their own in the schedule.
TEST_F(Hours, WhatEachScenarioLooksAtIsConfirmedInItsTimeOverRestarts) {
  for (const std::string& id : {std::string(target_check), std::string(own_check), std::string("server/write")}) {
    std::vector<ScheduledCheck> watched = checks(2);
    if (id.starts_with(server_prefix)) watched = {{.check = server_check, .every = seconds(60)}};
    WatchState known;
    note(known.checks[id], failed(id), policy_, at(seconds(0)));
    SetClock clock(hours(1), seconds(4));
    Watching watching(known, watched, policy_, "staging", clock,
                      {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                         EXPECT_THAT(due, SizeIs(watched.size()));
                         return RoundLook{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
                       },
                       .acknowledged = [] { return Acknowledged(); },
                       .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}});
    EXPECT_TRUE(watching.round());
    EXPECT_EQ(clock.now().wall, at(seconds(10))) << id;
  }
}

TEST_F(Hours, OneRoundEndsThoughAScenarioCannotBeJudgedAnyLonger) {
  SetClock clock(hours(1));
  int looks = 0;
  Watching watching({}, checks(2), policy_, "staging", clock,
                    {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                       RoundLook round{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
                       const bool is_first = ++looks == 1;
                       for (const std::string& each : due) {
                         if (each == "a#0") {
                           round.checks.push_back(passed(each));
                         } else if (is_first) {
                           round.checks.push_back(failed(each));
                         } else {
                           round.unjudged.insert(each);
                           round.trouble = "the password is not set";
                         }
                       }
                       return round;
                     },
                     .acknowledged = [] { return Acknowledged(); },
                     .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}});
  EXPECT_TRUE(watching.settle());
  EXPECT_THAT(watching.state().unjudged, testing::ElementsAre("a#1"));
  EXPECT_TRUE(watching.state().checks.at(own_check).is_red);
}

// One failure, and then nobody can see any longer whether it goes on.
TEST_F(Hours, OneRoundDoesNotWaitForWhatHasTurnedBlind) {
  for (const char* check : {process_check, server_check}) {
    SetClock clock(hours(9));
    int looks = 0;
    Watching watching({}, {{.check = check, .every = seconds(60)}}, policy_, "staging", clock,
                      {.look = [&](const std::vector<std::string>&) -> std::optional<RoundLook> {
                         const bool is_first = ++looks == 1;
                         RoundLook round{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
                         if (check == std::string(process_check)) {
                           round.process.emplace();
                           (is_first ? round.process->gone : round.process->blind) = "no process 12 runs";
                           return round;
                         }
                         round.is_server_looked_at = true;
                         if (is_first)
                           round.checks.push_back(failed("server/write"));
                         else
                           round.blind_server["write"] = "no connection";
                         return round;
                       },
                       .acknowledged = [] { return Acknowledged(); },
                       .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}});
    EXPECT_TRUE(watching.settle()) << check;
    EXPECT_EQ(looks, 2) << check;
  }
}

TEST_F(Hours, OneRoundThatASleepHasCutIsDoneAnew) {
  SetClock clock(hours(9));
  int looks = 0;
  Watching watching({}, checks(1), policy_, "staging", clock,
                    {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                       if (++looks == 1) clock.sleep(hours(1));
                       return round_of(std::chrono::floor<seconds>(clock.now().wall - at(seconds(0))),
                                       {failed(due.front())});
                     },
                     .acknowledged = [] { return Acknowledged(); },
                     .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}});
  EXPECT_TRUE(watching.settle());
  EXPECT_EQ(looks, 4) << "one that was cut, and three to confirm";
  EXPECT_TRUE(watching.state().checks.at("a#0").is_red);
}

TEST_F(Hours, OneRoundIsRepeatedUntilItIsClear) {
  SetClock clock(hours(1));
  int looks = 0;
  const auto settled = [&](const std::function<bool(int)>& passes) {
    looks = 0;
    Watching watching({}, checks(1), policy_, "staging", clock,
                      {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                         ++looks;
                         return RoundLook{.at = clock.now().wall,
                                          .checks = {passes(looks) ? passed(due.front()) : failed(due.front())},
                                          .schema = {},
                                          .trouble = {}};
                       },
                       .acknowledged = [] { return Acknowledged(); },
                       .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}});
    EXPECT_TRUE(watching.settle());
    return watching.state();
  };
  EXPECT_FALSE(settled([](int) { return true; }).checks.at("a#0").is_red);
  EXPECT_EQ(looks, 1);
  EXPECT_FALSE(settled([](int look) { return look > 1; }).checks.at("a#0").is_red);
  EXPECT_EQ(looks, 2);
  EXPECT_TRUE(settled([](int) { return false; }).checks.at("a#0").is_red);
  EXPECT_EQ(looks, 3);
}

// It is not red, and not asked all the more.
TEST(AnAppThatThrottles, IsAskedLessAndLess) {
  SetClock clock(hours(2));
  std::vector<Instant> rounds;
  std::vector<Notice> told;
  bool is_throttled = true;
  seconds asked(1);
  const WatchHooks hooks{.look = [&](const std::vector<std::string>&) -> std::optional<RoundLook> {
                           rounds.push_back(clock.now().wall);
                           RoundLook round{
                               .at = clock.now().wall, .checks = {passed(target_check)}, .schema = {}, .trouble = {}};
                           if (!is_throttled) {
                             round.checks.push_back(passed("a#1"));
                             return round;
                           }
                           round.unjudged = {"a#1"};
                           round.throttled["a#1"] = asked;
                           round.trouble = "429";
                           return round;
                         },
                         .acknowledged = [] { return Acknowledged(); },
                         .keep = [&](const WatchState&, const std::vector<Notice>& notices,
                                     Instant) { told.insert(told.end(), notices.begin(), notices.end()); }};
  const WatchPolicy policy{
      .fail_after = 3, .fail_if = {}, .pass_after = 2, .confirm = {seconds(10), seconds(30)}, .remind = {}};
  Watching watching({}, {{.check = "a#1", .every = seconds(60)}}, policy, "staging", clock, hooks);
  for (int round = 0; round < 4; ++round) ASSERT_TRUE(watching.round());
  EXPECT_EQ(rounds[1] - rounds[0], seconds(60));
  EXPECT_EQ(rounds[2] - rounds[1], seconds(120));
  EXPECT_EQ(rounds[3] - rounds[2], seconds(240));
  ASSERT_THAT(told, SizeIs(1)) << "Murphy cannot judge, and says so";
  EXPECT_EQ(told[0].incident.severity, Severity::warning);
  EXPECT_TRUE(told[0].incident.affected.contains(own_check));
  asked = seconds(1800);
  ASSERT_TRUE(watching.round());
  EXPECT_EQ(watching.state().quiet_until, rounds[4] + seconds(1800)) << "whoever asks hears that the watch is not late";
  is_throttled = false;
  ASSERT_TRUE(watching.round());
  EXPECT_EQ(rounds[5] - rounds[4], seconds(1800)) << "as long as the app asks for";
  EXPECT_EQ(watching.state().quiet_until, Instant());
  ASSERT_TRUE(watching.round());
  EXPECT_LE(rounds[6] - rounds[5], seconds(60)) << "it goes on as before";
}

// One scenario with a limit of its own holds up nothing else.
TEST(AnAppThatThrottles, LetsTheOthersGoOn) {
  SetClock clock(hours(1));
  std::map<std::string, int> runs;
  const auto look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
    RoundLook round{.at = clock.now().wall, .checks = {passed(target_check)}, .schema = {}, .trouble = {}};
    for (const std::string& id : due) {
      ++runs[id];
      if (id != "a#1") {
        round.checks.push_back(id == "a#2" ? failed(id) : passed(id));
        continue;
      }
      round.unjudged = {id};
      round.throttled[id] = seconds(600);
      round.trouble = "429";
    }
    return round;
  };
  const WatchHooks hooks{.look = look,
                         .acknowledged = [] { return Acknowledged(); },
                         .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}};
  const WatchPolicy policy{
      .fail_after = 3, .fail_if = {}, .pass_after = 2, .confirm = {seconds(10), seconds(30)}, .remind = {}};
  std::vector<ScheduledCheck> checks;
  for (const char* id : {"a#1", "a#2", "a#3"}) checks.push_back({.check = id, .every = seconds(60)});
  Watching once({}, checks, policy, "staging", clock, hooks);
  EXPECT_TRUE(once.settle());
  EXPECT_TRUE(once.state().checks.at("a#2").is_red) << "a single round confirms the others";
  EXPECT_EQ(runs["a#1"], 1);
  EXPECT_THAT(once.state().unjudged, testing::ElementsAre("a#1"));
  runs.clear();
  Watching watching({}, checks, policy, "staging", clock, hooks);
  while (watching.round()) {
  }
  EXPECT_LE(runs["a#1"], 6);
  EXPECT_GE(runs["a#3"], 55);
}

// The app failed, and then its ready page asks all of them to wait.
TEST(AnAppThatThrottles, IsNotWaitedForByASingleRound) {
  SetClock clock(hours(1));
  int looks = 0;
  const auto look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
    RoundLook round{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
    if (++looks == 1) {
      round.checks = {failed(target_check)};
      return round;
    }
    for (const std::string& id : due) round.throttled[id] = seconds(600);
    round.unjudged = {due.begin(), due.end()};
    round.trouble = "429";
    return round;
  };
  const WatchHooks hooks{.look = look,
                         .acknowledged = [] { return Acknowledged(); },
                         .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}};
  const WatchPolicy policy{.fail_after = 3, .fail_if = {}, .pass_after = 2, .confirm = {seconds(10)}, .remind = {}};
  Watching once({}, {{.check = "a#1", .every = seconds(60)}}, policy, "staging", clock, hooks);
  EXPECT_TRUE(once.settle());
  EXPECT_EQ(looks, 2);
  EXPECT_FALSE(once.state().checks.at(target_check).is_red);
  EXPECT_THAT(once.state().unjudged, testing::ElementsAre("a#1"));
}

} // namespace
} // namespace murphy::watch
