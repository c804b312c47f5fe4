// How near a watch comes to locking an account: over rounds, restarts and days.
#include "watch/lockout.h"

#include "looks.h"
#include "set_clock.h"
#include "watch/state_json.h"
#include "watch/watching.h"

#include <algorithm>
#include <functional>
#include <gmock/gmock.h>
#include <set>
#include <string>
#include <vector>

namespace murphy::watch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;

constexpr LockoutPolicy five{.limit = 5, .window = hours(1)};

TEST(Lockouts, LeaveAnAccountOneShort) {
  SpentByAccount spent;
  spend(spent, {{"ada", 3}, {"bob", 0}}, at(seconds(0)));
  EXPECT_THAT(spent, SizeIs(1));
  EXPECT_TRUE(may_try(spent, "ada", 1, five));
  EXPECT_FALSE(may_try(spent, "ada", 2, five));
  EXPECT_TRUE(may_try(spent, "bob", 4, five));
  EXPECT_TRUE(may_try(spent, "ada", 20, {})) << "the app locks nobody";
  spend(spent, {{"ada", 1}}, at(minutes(10)));
  EXPECT_FALSE(may_try(spent, "ada", 1, five));
  EXPECT_TRUE(may_try(spent, "ada", 0, five)) << "a right password";
}

TEST(Lockouts, ForgetWhatTheAppForgets) {
  SpentByAccount spent;
  spend(spent, {{"ada", 3}}, at(seconds(0)));
  spend(spent, {{"ada", 1}}, at(minutes(10)));
  EXPECT_EQ(free_at(spent, "ada", 1, five, at(minutes(20))), at(minutes(60)));
  EXPECT_EQ(free_at(spent, "ada", 4, five, at(minutes(20))), at(minutes(70)));
  EXPECT_EQ(free_at(spent, "bob", 4, five, at(minutes(20))), at(minutes(20)));
  forget_old(spent, five, at(minutes(60)));
  EXPECT_TRUE(may_try(spent, "ada", 3, five));
  forget_old(spent, five, at(minutes(60)) - hours(3));
  EXPECT_FALSE(may_try(spent, "ada", 4, five)) << "by a clock that was set back";
  EXPECT_EQ(free_at(spent, "ada", 4, five, at(minutes(60)) - hours(3)), at(minutes(60)) - hours(2));
}

CheckLook refused(const std::string& check) {
  CheckLook look = failed(check);
  look.refused = {"ada"};
  return look;
}

class LockoutHours : public testing::Test {
protected:
  // Watches until the clock ends, from what is known. `look` says how a run ended.
  void watch(SetClock& clock, const std::vector<ScheduledCheck>& checks,
             const std::function<CheckLook(const std::string&)>& look, const LockoutPolicy& lockout = five) {
    Watching* asked = nullptr;
    Watching watching(state_, checks, policy_, "staging", clock,
                      {.about_to_try = [&](const WatchState& state, Instant) { kept_ = state; },
                       .look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                         clock.pass(milliseconds(400));
                         RoundLook round{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
                         ++looks_at_app_;
                         round.checks.push_back(is_app_there_ ? passed(target_check) : failed(target_check));
                         for (const std::string& each : due) {
                           if (!is_app_there_ || !each.contains('#') || !asked->may_run(each)) continue;
                           ran_.push_back(clock.now().wall);
                           const CheckLook seen = look(each);
                           NumberByAccount& sent = round.wrong_passwords[each];
                           sent = std::ranges::find(checks, each, &ScheduledCheck::check)->wrong_passwords;
                           for (const std::string& account : seen.refused) ++sent[account];
                           asked->has_run(each, sent, seen.refused);
                           round.checks.push_back(seen);
                         }
                         return round;
                       },
                       .acknowledged = [] { return Acknowledged(); },
                       .keep = [&](const WatchState&, const std::vector<Notice>& notices,
                                   Instant) { told_.insert(told_.end(), notices.begin(), notices.end()); }},
                      lockout);
    asked = &watching;
    while (watching.round()) {
    }
    state_ = watching.state();
    held_back_ = watching.held_back();
  }
  // Most runs within an hour.
  std::size_t most_in_an_hour() const {
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; last < ran_.size(); ++last) {
      while (ran_[last] - ran_[first] >= hours(1)) ++first;
      most = std::max(most, last - first + 1);
    }
    return most;
  }

  WatchPolicy policy_{
      .fail_after = 3, .fail_if = {}, .pass_after = 2, .confirm = {seconds(10), seconds(30)}, .remind = {}};
  WatchState state_, kept_;
  std::vector<Instant> ran_;
  std::vector<Notice> told_;
  int held_back_ = 0, looks_at_app_ = 0;
  bool is_app_there_ = true;
};

TEST_F(LockoutHours, RunEachScenarioInItsTurnWhereTheBudgetIsEnough) {
  SetClock clock(hours(48));
  watch(clock, {{.check = "a#wrong", .every = minutes(15), .wrong_passwords = {{"ada", 1}}}},
        [](const std::string& check) { return passed(check); });
  EXPECT_EQ(most_in_an_hour(), 4U);
  EXPECT_GE(ran_.size(), 180U) << "of 192: the first hour begins with one more";
}

TEST_F(LockoutHours, LeaveRunsOutThatWouldLockAnAccount) {
  SetClock clock(hours(10));
  watch(clock, {{.check = "a#wrong", .every = minutes(1), .wrong_passwords = {{"ada", 1}}}},
        [](const std::string& check) { return passed(check); });
  EXPECT_EQ(most_in_an_hour(), 4U);
  EXPECT_GT(held_back_, 500);
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_THAT(state_.wrong_passwords.at("ada"), SizeIs(testing::Le(4U))) << "no more than the app counts";
}

TEST_F(LockoutHours, CountOverRestarts) {
  const std::vector<ScheduledCheck> checks{{.check = "a#wrong", .every = minutes(1), .wrong_passwords = {{"ada", 1}}}};
  // It is killed in the middle of each run, and knows what it kept before.
  for (int start = 0; start < 20; ++start) {
    SetClock clock(hours(1), minutes(start));
    state_ = *read_state(state_text(kept_));
    Watching killed(state_, checks, policy_, "staging", clock,
                    {.about_to_try = [&](const WatchState& state, Instant) { kept_ = state; },
                     .look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                       if (due.front() != target_check) ran_.push_back(clock.now().wall);
                       return std::nullopt;
                     },
                     .acknowledged = [] { return Acknowledged(); },
                     .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}},
                    five);
    EXPECT_FALSE(killed.round());
  }
  EXPECT_EQ(ran_.size(), 4U);
}

TEST_F(LockoutHours, CountOverClocksThatAreSet) {
  for (const hours by : {hours(3), hours(-3)}) {
    SetClock clock(hours(8));
    state_ = {};
    ran_.clear();
    std::vector<std::chrono::steady_clock::time_point> steady;
    watch(clock, {{.check = "a#wrong", .every = minutes(1), .wrong_passwords = {{"ada", 1}}}},
          [&](const std::string& check) {
            steady.push_back(clock.now().steady);
            if (steady.size() == 4) clock.sleep(by);
            return passed(check);
          });
    ASSERT_GT(steady.size(), 4U);
    EXPECT_GE(steady[4] - steady[0], hours(1)) << by;
  }
}

// The app refuses what is right, and each confirmation comes closer to a lock.
TEST_F(LockoutHours, TellAnOutageWithoutLockingTheAccount) {
  SetClock clock(hours(1));
  watch(clock,
        {{.check = "a#1", .every = minutes(1), .accounts = {"ada"}},
         {.check = "a#2", .every = minutes(1), .accounts = {"ada"}}},
        [](const std::string& check) { return refused(check); });
  EXPECT_EQ(ran_.size(), 4U);
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_EQ(told_[0].incident.severity, Severity::critical);
  EXPECT_THAT(told_[0].incident.affected, SizeIs(2));
  EXPECT_LT(told_[0].at, at(minutes(2)));
  EXPECT_THAT(state_.held_back, SizeIs(2));
}

TEST_F(LockoutHours, LeaveEachAccountOneShortWithinARound) {
  for (const int limit : {2, 3, 5}) {
    SetClock clock(minutes(50));
    std::vector<ScheduledCheck> checks;
    for (const char* id : {"a#1", "a#2", "a#3", "a#4", "a#5", "a#6"})
      checks.push_back({.check = id, .every = minutes(1), .accounts = {"ada"}});
    state_ = {};
    told_.clear();
    ran_.clear();
    watch(clock, checks, refused, {.limit = limit, .window = hours(1)});
    EXPECT_EQ(ran_.size(), static_cast<std::size_t>(limit - 1)) << limit;
    ASSERT_THAT(told_, SizeIs(1)) << limit;
    EXPECT_LT(told_[0].at, at(minutes(2)));
  }
}

TEST_F(LockoutHours, SpendNothingOnAnAppThatIsNotThere) {
  SetClock clock(hours(2));
  is_app_there_ = false;
  watch(clock, {{.check = "a#wrong", .every = minutes(15), .wrong_passwords = {{"ada", 1}}}},
        [](const std::string& check) { return passed(check); });
  EXPECT_THAT(ran_, IsEmpty());
  EXPECT_THAT(state_.wrong_passwords, IsEmpty());
  EXPECT_EQ(held_back_, 0);
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_EQ(told_[0].incident.affected, std::set<std::string>{target_check});
}

TEST_F(LockoutHours, LookAtTheAppThoughTheBudgetIsSpent) {
  SetClock clock(minutes(30));
  is_app_there_ = false;
  spend(state_.wrong_passwords, {{"ada", 4}}, at(seconds(0)));
  watch(clock, {{.check = "a#wrong", .every = minutes(5), .wrong_passwords = {{"ada", 1}}}},
        [](const std::string& check) { return passed(check); });
  EXPECT_THAT(ran_, IsEmpty());
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_EQ(told_[0].incident.affected, std::set<std::string>{target_check});
  EXPECT_LT(told_[0].at, at(minutes(2)));
}

// One try is kept for it.
TEST_F(LockoutHours, SeeARecoveryBeforeTheAppForgets) {
  SetClock clock(hours(1));
  watch(clock, {{.check = "a#1", .every = minutes(1), .accounts = {"ada"}}},
        [&](const std::string& check) { return clock.now().wall < at(minutes(5)) ? refused(check) : passed(check); });
  ASSERT_THAT(told_, SizeIs(2));
  EXPECT_EQ(told_[1].what, Notice::What::resolved);
  EXPECT_LT(told_[1].at, at(minutes(18))) << "a quarter of the window after the third refusal";
}

TEST_F(LockoutHours, TryARecoveryInTurnAndLockNobody) {
  SetClock clock(hours(20));
  watch(clock, {{.check = "a#1", .every = minutes(1), .accounts = {"ada"}}}, refused);
  EXPECT_EQ(most_in_an_hour(), 4U);
  EXPECT_GE(ran_.size(), 60U);
  EXPECT_THAT(told_, SizeIs(1));
}

TEST_F(LockoutHours, ConfirmNothingByTheBudgetAlone) {
  SetClock clock(hours(1));
  int runs = 0;
  watch(clock, {{.check = "a#wrong", .every = minutes(10), .wrong_passwords = {{"ada", 2}}}},
        [&](const std::string& check) { return ++runs == 2 ? failed(check) : passed(check); });
  EXPECT_THAT(told_, IsEmpty()) << "one failure of a wrong password";
  EXPECT_GT(held_back_, 0);
}

TEST_F(LockoutHours, OneRoundEndsThoughTheBudgetIsSpent) {
  SetClock clock(hours(5));
  spend(state_.wrong_passwords, {{"ada", 4}}, at(seconds(0)));
  Watching once(
      state_, {{.check = "a#wrong", .every = minutes(30), .wrong_passwords = {{"ada", 1}}}}, policy_, "staging", clock,
      {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
         EXPECT_THAT(due, testing::ElementsAre(target_check));
         return RoundLook{.at = clock.now().wall, .checks = {passed(target_check)}, .schema = {}, .trouble = {}};
       },
       .acknowledged = [] { return Acknowledged(); },
       .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}},
      five);
  EXPECT_TRUE(once.settle());
  EXPECT_EQ(once.state().held_back.at("a#wrong"), "ada");
  EXPECT_EQ(clock.now().wall, at(seconds(0)));
}

TEST_F(LockoutHours, OneRoundEndsThoughWhatCouldNotBeJudgedIsHeldBack) {
  SetClock clock(hours(5));
  spend(state_.wrong_passwords, {{"ada", 4}}, at(seconds(0)));
  state_.unjudged = {"a#wrong"};
  note(state_.checks[own_check], failed(own_check), policy_, at(seconds(0)));
  Watching once(
      state_, {{.check = "a#wrong", .every = minutes(30), .wrong_passwords = {{"ada", 1}}}}, policy_, "staging", clock,
      {.look = [&](const std::vector<std::string>&) -> std::optional<RoundLook> {
         return RoundLook{.at = clock.now().wall, .checks = {passed(target_check)}, .schema = {}, .trouble = {}};
       },
       .acknowledged = [] { return Acknowledged(); },
       .keep = [](const WatchState&, const std::vector<Notice>&, Instant) {}},
      five);
  EXPECT_TRUE(once.settle());
  EXPECT_LT(clock.now().wall, at(minutes(1)));
}

} // namespace
} // namespace murphy::watch
