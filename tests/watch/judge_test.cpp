// From rounds to incidents.
#include "watch/judge.h"

#include "looks.h"
#include "watch/alert.h"

#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string misspelled = R"(users has "pasword_hash" where it had "password_hash")";

class Judgement : public testing::Test {
protected:
  // What is told of a round, in short: "opened critical 2".
  std::vector<std::string> tell(const RoundLook& round) {
    std::vector<std::string> all;
    last_ = judge(state_, round, policy_, "staging", acknowledged_);
    for (const Notice& each : last_) {
      std::string text = each.what == Notice::What::opened      ? "opened"
                         : each.what == Notice::What::sharpened ? "sharpened"
                         : each.what == Notice::What::spread    ? "spread"
                         : each.what == Notice::What::reminder  ? "reminder"
                                                                : "resolved";
      text += each.incident.severity == Severity::critical ? " critical " : " warning ";
      all.push_back(text + std::to_string(each.incident.affected.size()));
    }
    return all;
  }
  std::vector<std::string> fail(int second, const std::string& check, std::optional<LikelyCause> cause = {}) {
    return tell(round_of(seconds(second), {failed(check, std::move(cause))}));
  }
  std::vector<std::string> pass(int second, const std::string& check) {
    return tell(round_of(seconds(second), {passed(check)}));
  }

  WatchState state_;
  WatchPolicy policy_{
      .fail_after = 2, .fail_if = {}, .pass_after = 2, .confirm = {}, .remind = {minutes(30), minutes(60)}};
  Acknowledged acknowledged_;
  std::vector<Notice> last_;
};

TEST_F(Judgement, OpensOneIncidentForEachCause) {
  const auto cause = cause_named("f1", {"sessions"});
  std::vector<CheckLook> all;
  for (const char* check : {"a#1", "a#2", "b#1"}) all.push_back(failed(check, cause));
  all.push_back(failed("c#1", cause_named("f2", {"beds"})));
  EXPECT_THAT(tell(round_of(seconds(0), all)), IsEmpty()) << "nothing is confirmed yet";
  EXPECT_THAT(tell(round_of(seconds(60), all)), ElementsAre("opened critical 3", "opened critical 1"));
  EXPECT_EQ(last_[0].incident.key, "murphy/staging/f1");
  EXPECT_EQ(last_[0].incident.failed_from, at(seconds(0)));
  EXPECT_EQ(last_[0].incident.failed_in_row, 2);
  EXPECT_THAT(tell(round_of(seconds(120), all)), IsEmpty());
  EXPECT_THAT(state_.open, SizeIs(2));
}

TEST_F(Judgement, SaysHowManyFailThoughTheyRunOneAfterTheOther) {
  const auto cause = cause_named("f1");
  fail(0, "a#1", cause);
  fail(10, "a#2", cause);
  EXPECT_THAT(fail(60, "a#1", cause), ElementsAre("opened critical 2"));
  EXPECT_THAT(fail(70, "a#2", cause), IsEmpty()) << "the same cause was told";
  EXPECT_THAT(state_.open.front().red, ElementsAre("a#1", "a#2"));
}

TEST_F(Judgement, ResolvesWhenTheLastOfItsChecksIsGreen) {
  const auto cause = cause_named("f1");
  for (const int second : {0, 60}) tell(round_of(seconds(second), {failed("a#1", cause), failed("a#2", cause)}));
  for (const int second : {120, 180}) EXPECT_THAT(pass(second, "a#1"), IsEmpty());
  EXPECT_THAT(pass(240, "a#2"), IsEmpty());
  EXPECT_THAT(pass(300, "a#2"), ElementsAre("resolved critical 2"));
  EXPECT_EQ(last_.front().at, at(seconds(300)));
  EXPECT_THAT(state_.open, IsEmpty());
}

TEST_F(Judgement, GathersWhatTheEvidenceDoesNotTell) {
  for (const int second : {0, 60}) tell(round_of(seconds(second), {failed("a#1"), failed("b#1")}));
  ASSERT_THAT(state_.open, SizeIs(1));
  EXPECT_FALSE(state_.open.front().cause);
  EXPECT_THAT(fail(120, "a#1", cause_named("f1")), ElementsAre("sharpened critical 2"));
  EXPECT_EQ(state_.open.front().cause->fingerprint, "f1");
  EXPECT_THAT(fail(180, "a#1", cause_named("f1")), IsEmpty());
}

// One scenario shows what broke, one where it broke, and one nothing.
TEST_F(Judgement, MakesOneIncidentOfAnOutageThatShowsInSeveralWays) {
  const auto server = cause_named("f1", {"127.0.0.1:5432"});
  const auto place = cause_named("f2");
  tell(round_of(seconds(0), {passed("a#1"), passed("b#1"), passed("c#1")}));
  const std::vector<CheckLook> broken{failed("b#1", place), failed("c#1"), failed("a#1", server)};
  tell(round_of(seconds(10), broken));
  EXPECT_THAT(tell(round_of(seconds(20), broken)), ElementsAre("opened critical 3"));
  EXPECT_EQ(last_[0].incident.cause->fingerprint, "f1") << "the first message has what tells most";
  EXPECT_THAT(tell(round_of(seconds(30), broken)), IsEmpty());
  const std::vector<CheckLook> sound{passed("a#1"), passed("b#1"), passed("c#1")};
  tell(round_of(seconds(40), sound));
  EXPECT_THAT(tell(round_of(seconds(50), sound)), ElementsAre("resolved critical 3"));
}

TEST_F(Judgement, TellsTheCauseOfAnIncidentOnceAnyOfItsScenariosShowsIt) {
  for (const int second : {0, 10}) fail(second, "a#1", cause_named("f2"));
  fail(20, "b#1");
  EXPECT_THAT(fail(30, "b#1", cause_named("f1", {"sessions"})), ElementsAre("sharpened critical 2"));
  EXPECT_EQ(last_[0].incident.cause->fingerprint, "f1");
}

// Who takes care of a page has to hear that nobody can sign in any longer.
TEST_F(Judgement, SaysThatAnIncidentHasReachedAnotherFeature) {
  const auto cause = cause_named("f1", {"sessions"});
  for (const int second : {0, 10}) fail(second, "a#1", cause);
  for (const int second : {20, 30}) EXPECT_THAT(fail(second, "a#2", cause), IsEmpty()) << "the same feature";
  CheckLook other = failed("b#1", cause);
  other.feature = "Profile";
  tell(round_of(seconds(40), {other}));
  EXPECT_THAT(tell(round_of(seconds(50), {other})), ElementsAre("spread critical 3"));
  EXPECT_EQ(alert_of(last_[0], "staging", 17).lines[0],
            "UPDATE  2 features on staging: it has spread, 3 of 17 scenarios by now");
  EXPECT_EQ(alert_of(last_[0], "staging", 17).event, "updated");
  other.check = "b#2";
  for (const int second : {60, 70}) EXPECT_THAT(tell(round_of(seconds(second), {other})), IsEmpty());
}

TEST_F(Judgement, MakesOneIncidentOfCausesWithACommonName) {
  tell(round_of(seconds(0), {passed("a#1"), passed("b#1")}));
  const std::vector<CheckLook> broken{failed("a#1", cause_named("f1", {"/session"})),
                                      failed("b#1", cause_named("f2", {"POST", "/session"}))};
  tell(round_of(seconds(10), broken));
  EXPECT_THAT(tell(round_of(seconds(20), broken)), ElementsAre("opened critical 2"));
}

// It worked while the other was broken already.
TEST_F(Judgement, KeepsAnOutageApartThatBeganLater) {
  tell(round_of(seconds(0), {passed("a#1"), passed("b#1")}));
  for (const int second : {10, 20}) tell(round_of(seconds(second), {failed("a#1", cause_named("f1")), passed("b#1")}));
  fail(30, "b#1", cause_named("f2"));
  EXPECT_THAT(fail(40, "b#1", cause_named("f2")), ElementsAre("opened critical 1"));
  EXPECT_THAT(state_.open, SizeIs(2));
}

TEST_F(Judgement, KeepsWhatComesAndGoesInOneIncident) {
  for (const int second : {10, 20}) tell(round_of(seconds(second), {failed("a#1", cause_named("f1")), passed("b#1")}));
  tell(round_of(seconds(30), {passed("a#1"), passed("b#1")}));
  for (const int second : {40, 50})
    EXPECT_THAT(tell(round_of(seconds(second), {failed("a#1"), failed("b#1", cause_named("f2"))})), IsEmpty());
  EXPECT_THAT(state_.open.front().red, ElementsAre("a#1", "b#1"));
}

TEST_F(Judgement, GivesEachOpenIncidentAKeyOfItsOwn) {
  for (const int second : {0, 10}) fail(second, "a#1");
  fail(20, "a#1", cause_named("f1", {"sessions"})); // the key stays
  pass(25, "b#1");
  for (const int second : {30, 40}) fail(second, "b#1");
  ASSERT_THAT(state_.open, SizeIs(2));
  EXPECT_EQ(state_.open[0].key, "murphy/staging/unknown");
  EXPECT_EQ(state_.open[1].key, "murphy/staging/unknown/2");
}

TEST_F(Judgement, TakesAGuessForNoCause) {
  for (const int second : {0, 60}) fail(second, "a#1", cause_named("f1", {}, record::Confidence::guess));
  ASSERT_THAT(state_.open, SizeIs(1));
  EXPECT_FALSE(state_.open.front().cause);
}

TEST_F(Judgement, WarnsOfAChangeAtOnceAndOnce) {
  tell(schema_round(seconds(0), {}));
  EXPECT_THAT(tell(schema_round(seconds(60), {misspelled})), ElementsAre("opened warning 0"));
  EXPECT_EQ(last_.front().incident.schema->after, at(seconds(0)));
  EXPECT_EQ(last_.front().incident.schema->before, at(seconds(60)));
  EXPECT_THAT(tell(schema_round(seconds(120), {misspelled})), IsEmpty());
  EXPECT_THAT(tell(schema_round(seconds(180), {})), ElementsAre("resolved warning 0"));
}

TEST_F(Judgement, MakesOneIncidentOfAChangeAndWhatFailsByIt) {
  tell(schema_round(seconds(0), {}));
  tell(schema_round(seconds(60), {misspelled}));
  const std::string id = state_.open.front().id;
  const auto cause = cause_named("f1", {"password_hash", "pasword_hash"});
  fail(61, "a#1", cause);
  EXPECT_THAT(fail(71, "a#1", cause), ElementsAre("opened critical 1"));
  EXPECT_EQ(last_.front().incident.id, id);
  EXPECT_EQ(last_.front().incident.cause->fingerprint, "f1");
  // Another scenario by the same cause, and one whose cause is not told.
  for (const int second : {72, 82}) EXPECT_THAT(fail(second, "a#2", cause), IsEmpty());
  for (const int second : {73, 83}) EXPECT_THAT(fail(second, "a#3"), IsEmpty());
  EXPECT_THAT(state_.open, SizeIs(1));
  // Another cause is another incident.
  fail(90, "b#1", cause_named("f2", {"csrf"}));
  EXPECT_THAT(fail(100, "b#1", cause_named("f2", {"csrf"})), ElementsAre("opened critical 1"));
  EXPECT_THAT(state_.open, SizeIs(2));
}

TEST_F(Judgement, TakesTheChangeForTheCauseOfWhatTellsOnlyWhereItBreaks) {
  tell(schema_round(seconds(0), {misspelled}));
  fail(10, "a#1", cause_named("f1"));
  EXPECT_THAT(fail(20, "a#1", cause_named("f1")), ElementsAre("opened critical 1"));
  ASSERT_THAT(state_.open, SizeIs(1));
  EXPECT_FALSE(state_.open.front().cause) << "the change says more";
}

TEST_F(Judgement, TakesAChangeThatScenariosHaveSeenFirstIntoTheirIncident) {
  const auto cause = cause_named("f1", {"pasword_hash"});
  for (const int second : {0, 10}) fail(second, "a#1", cause);
  EXPECT_THAT(tell(schema_round(seconds(20), {misspelled})), IsEmpty());
  ASSERT_THAT(state_.open, SizeIs(1));
  EXPECT_EQ(state_.open.front().schema->differences.front(), misspelled);
  tell(schema_round(seconds(30), {}));
  pass(40, "a#1");
  EXPECT_THAT(pass(50, "a#1"), ElementsAre("resolved critical 1"));
  EXPECT_FALSE(last_.front().schema_remains);
}

TEST_F(Judgement, EndsWithTheScenariosThoughTheChangeRemains) {
  tell(schema_round(seconds(60), {misspelled}));
  for (const int second : {61, 62}) fail(second, "a#1");
  pass(70, "a#1");
  EXPECT_THAT(pass(80, "a#1"), ElementsAre("resolved critical 1"));
  EXPECT_TRUE(last_.front().schema_remains);
  EXPECT_THAT(tell(schema_round(seconds(90), {misspelled})), IsEmpty()) << "the change is known";
  EXPECT_THAT(tell(schema_round(seconds(95), {misspelled, "the table \"beds\" is gone"})),
              ElementsAre("opened warning 0"));
  tell(schema_round(seconds(100), {}));
  EXPECT_THAT(tell(schema_round(seconds(110), {misspelled})), ElementsAre("opened warning 0")) << "it came again";
}

TEST_F(Judgement, ABlindLookSaysNothing) {
  tell(schema_round(seconds(0), {misspelled}));
  RoundLook blind = schema_round(seconds(60), {});
  blind.schema->blind = "the database cannot be reached";
  EXPECT_THAT(tell(blind), IsEmpty());
  EXPECT_THAT(state_.open, SizeIs(1)) << "what cannot be seen is not repaired";
  EXPECT_EQ(state_.blind, "the database cannot be reached");
}

TEST_F(Judgement, OfAnAppThatIsGoneSaysNothingElse) {
  fail(0, "a#1");
  fail(5, target_check);
  EXPECT_THAT(fail(10, target_check), ElementsAre("opened critical 1"));
  EXPECT_EQ(last_.front().incident.key, "murphy/staging/target");
  EXPECT_THAT(fail(15, "a#1"), IsEmpty()) << "its failure from before does not count";
  EXPECT_THAT(fail(16, "a#1"), IsEmpty()) << "the app is down: that is known";
  for (const int second : {20, 30}) tell(round_of(seconds(second), {passed(target_check), passed("a#1")}));
  EXPECT_THAT(state_.open, IsEmpty());
}

TEST_F(Judgement, EndsAnIncidentThatTheAppHasLeftInBetween) {
  for (const int second : {0, 5}) fail(second, "a#1", cause_named("f1"));
  for (const int second : {10, 15}) fail(second, target_check);
  ASSERT_THAT(state_.open, SizeIs(2));
  tell(round_of(seconds(20), {passed(target_check), failed("a#1", cause_named("f1"))}));
  for (const int second : {25, 30, 35}) tell(round_of(seconds(second), {passed(target_check), passed("a#1")}));
  EXPECT_THAT(state_.open, IsEmpty());
}

TEST_F(Judgement, ForgetsTheCauseOfFailuresThatDoNotCount) {
  fail(0, "a#1", cause_named("f1", {"sessions"}));
  for (const int second : {5, 10}) fail(second, target_check);
  for (const int second : {20, 30}) tell(round_of(seconds(second), {passed(target_check)}));
  fail(40, "a#1");
  EXPECT_THAT(fail(50, "a#1"), ElementsAre("opened critical 1"));
  EXPECT_FALSE(last_.front().incident.cause);
}

TEST_F(Judgement, OfAnotherNameThanTheOthersGetsItsOwnIncident) {
  const CheckLook first = failed("a#1", cause_named("f1", {"users"}));
  for (const int second : {0, 10}) tell(round_of(seconds(second), {first, failed("b#1")}));
  ASSERT_THAT(state_.open, SizeIs(1));
  EXPECT_THAT(tell(round_of(seconds(20), {first, failed("b#1", cause_named("f2", {"beds"}))})),
              ElementsAre("opened critical 1"));
  ASSERT_THAT(state_.open, SizeIs(2));
  EXPECT_THAT(state_.open.front().red, ElementsAre("a#1"));
  EXPECT_THAT(state_.open.back().red, ElementsAre("b#1"));
}

TEST_F(Judgement, TellsTheCauseOfThoseThatAreStillRed) {
  const CheckLook second_place = failed("b#1", cause_named("f2"));
  for (const int second : {0, 10}) tell(round_of(seconds(second), {failed("a#1", cause_named("f1")), second_place}));
  ASSERT_THAT(state_.open, SizeIs(1));
  tell(round_of(seconds(20), {passed("a#1"), second_place}));
  EXPECT_THAT(tell(round_of(seconds(30), {passed("a#1"), second_place})), ElementsAre("sharpened critical 2"));
  EXPECT_EQ(state_.open.front().cause, cause_named("f2"));
}

TEST_F(Judgement, TellsOnceARoundHowFarAnIncidentHasSpread) {
  const auto cause = cause_named("f1", {"users"});
  for (const int second : {0, 10}) fail(second, "a#1", cause);
  std::vector<CheckLook> more;
  for (const char* check : {"b#1", "c#1", "d#1"}) {
    more.push_back(failed(check, cause));
    more.back().feature = check;
  }
  tell(round_of(seconds(20), more));
  EXPECT_THAT(tell(round_of(seconds(30), more)), ElementsAre("spread critical 4"));
}

TEST_F(Judgement, KnowsWhatWaitsToBeJudged) {
  RoundLook round = round_of(seconds(0), {passed("a#1")});
  round.unjudged = {"a#2"};
  round.trouble = "the password is not set";
  EXPECT_THAT(tell(round), IsEmpty());
  EXPECT_THAT(pass(10, "a#1"), IsEmpty());
  EXPECT_THAT(state_.unjudged, ElementsAre("a#2"));
  round.checks.clear();
  EXPECT_THAT(tell(round), ElementsAre("opened warning 1"));
  for (const int second : {20, 30, 40}) EXPECT_THAT(pass(second, "a#1"), IsEmpty()) << "a#2 is not judged yet";
  EXPECT_THAT(pass(50, "a#2"), IsEmpty());
  EXPECT_THAT(state_.unjudged, IsEmpty());
  EXPECT_THAT(pass(60, "a#1"), ElementsAre("resolved warning 1"));
}

TEST_F(Judgement, SaysThatMurphyItselfCannotJudge) {
  RoundLook round = round_of(seconds(0), {passed(target_check)});
  round.trouble = "the password is not set";
  EXPECT_THAT(tell(round), IsEmpty());
  EXPECT_THAT(tell(round), ElementsAre("opened warning 1"));
  EXPECT_EQ(last_.front().incident.key, "murphy/staging/murphy");
  EXPECT_THAT(tell(round), IsEmpty());
  pass(10, "a#1");
  EXPECT_THAT(pass(20, "a#1"), ElementsAre("resolved warning 1"));
}

TEST_F(Judgement, RemindsUntilSomebodyTakesCare) {
  for (const int second : {0, 60}) fail(second, "a#1", cause_named("f1"));
  const std::string id = state_.open.front().id;
  EXPECT_THAT(fail(60 + 29 * 60, "a#1"), IsEmpty());
  EXPECT_THAT(fail(60 + 30 * 60, "a#1"), ElementsAre("reminder critical 1"));
  EXPECT_THAT(fail(60 + 31 * 60, "a#1"), IsEmpty());
  acknowledged_.insert(id);
  EXPECT_THAT(fail(60 + 61 * 60, "a#1"), IsEmpty());
  acknowledged_.clear();
  EXPECT_THAT(fail(60 + 600 * 60, "a#1"), ElementsAre("reminder critical 1")) << "one, however many were missed";
}

TEST_F(Judgement, ForgetsScenariosThatAreGone) {
  for (const int second : {0, 60}) fail(second, "a#1", cause_named("f1"));
  forget_others(state_, {target_check, "a#2"});
  EXPECT_THAT(state_.checks, IsEmpty());
  EXPECT_THAT(pass(120, "a#2"), ElementsAre("resolved critical 1"));
  EXPECT_TRUE(last_.front().incident.is_unwatched);
}

TEST_F(Judgement, ForgetsTablesThatAreNotWatchedAnyLonger) {
  tell(schema_round(seconds(0), {misspelled}));
  forget_others(state_, {"a#1", schema_check});
  EXPECT_THAT(pass(60, "a#1"), IsEmpty());
  forget_others(state_, {"a#1"});
  EXPECT_THAT(pass(120, "a#1"), ElementsAre("resolved warning 0"));
  EXPECT_TRUE(last_.front().incident.is_unwatched);
}

TEST_F(Judgement, SaysWhereAFailureGoesOn) {
  for (const int second : {0, 10}) fail(second, "a#1", cause_named("f1"));
  pass(15, "b#1");
  for (const int second : {20, 30}) fail(second, "b#1");
  EXPECT_THAT(fail(40, "b#1", cause_named("f1")), ElementsAre("resolved critical 1"));
  ASSERT_THAT(state_.open, SizeIs(1));
  EXPECT_EQ(last_.front().goes_on_as, state_.open.front().id);
}

class InMaintenance : public Judgement {
protected:
  std::vector<std::string> tell_in_maintenance(RoundLook round) {
    round.is_maintenance = true;
    return tell(round);
  }
};

TEST_F(InMaintenance, NothingOpensAndWhatStillFailsIsConfirmedAnew) {
  for (int second = 0; second < 600; second += 60)
    EXPECT_THAT(tell_in_maintenance(round_of(seconds(second), {failed("a#1", cause_named("f"))})), IsEmpty());
  EXPECT_TRUE(state_.is_maintenance);
  EXPECT_THAT(fail(600, "a#1", cause_named("f")), IsEmpty());
  EXPECT_THAT(fail(660, "a#1", cause_named("f")), ElementsAre("opened critical 1"));
  EXPECT_FALSE(state_.is_maintenance);
}

TEST_F(InMaintenance, WhatWasKnownBeforeIsNotToldAgainAndItsEndIs) {
  fail(0, "a#1");
  EXPECT_THAT(fail(60, "a#1"), ElementsAre("opened critical 1"));
  EXPECT_THAT(tell_in_maintenance(round_of(minutes(40), {failed("a#1", cause_named("f"))})), IsEmpty())
      << "neither reminded of nor updated";
  EXPECT_THAT(tell_in_maintenance(round_of(minutes(41), {passed("a#1")})), IsEmpty());
  EXPECT_THAT(tell_in_maintenance(round_of(minutes(42), {passed("a#1")})), ElementsAre("resolved critical 1"));
}

TEST_F(InMaintenance, AnAppThatIsAwayIsNoIncident) {
  for (int second = 0; second < 300; second += 60)
    EXPECT_THAT(tell_in_maintenance(round_of(seconds(second), {failed(target_check)})), IsEmpty());
  EXPECT_THAT(tell(round_of(seconds(300), {passed(target_check)})), IsEmpty());
}

TEST_F(InMaintenance, MurphysOwnTroubleIsTold) {
  RoundLook round = round_of(seconds(0), {});
  round.trouble = "the password is not set";
  tell_in_maintenance(round);
  EXPECT_THAT(tell_in_maintenance(round), ElementsAre("opened warning 1"));
}

TEST_F(InMaintenance, AChangeOfTheTablesIsToldAfterwards) {
  tell(schema_round(seconds(0), {}));
  RoundLook changed = schema_round(seconds(60), {misspelled});
  EXPECT_THAT(tell_in_maintenance(changed), IsEmpty());
  changed.at = at(seconds(120));
  EXPECT_THAT(tell(changed), ElementsAre("opened warning 0"));
  EXPECT_EQ(last_[0].incident.schema->before, at(seconds(60)));
  EXPECT_EQ(last_[0].incident.schema->after, at(seconds(0)));
}

class DeployGrace : public Judgement {
protected:
  DeployGrace() { policy_.deploy_grace = minutes(10); }
};

TEST_F(DeployGrace, WaitsWithAChangeThatHurtsNobody) {
  tell(schema_round(seconds(0), {}));
  EXPECT_THAT(tell(schema_round(seconds(60), {misspelled})), IsEmpty());
  EXPECT_THAT(tell(schema_round(seconds(659), {misspelled})), IsEmpty());
  EXPECT_THAT(tell(schema_round(seconds(660), {misspelled})), ElementsAre("opened warning 0"));
  EXPECT_THAT(tell(schema_round(seconds(720), {misspelled})), IsEmpty());
}

TEST_F(DeployGrace, ForgetsAChangeThatIsGone) {
  tell(schema_round(seconds(60), {misspelled}));
  tell(schema_round(seconds(120), {}));
  EXPECT_THAT(tell(schema_round(seconds(660), {misspelled})), IsEmpty()) << "another one";
}

TEST_F(DeployGrace, EndsWithTheFirstScenarioThatFailsByIt) {
  tell(schema_round(seconds(0), {}));
  const auto cause = cause_named("f", {"pasword_hash"});
  for (const int second : {60, 120}) {
    RoundLook round = schema_round(seconds(second), {misspelled});
    round.checks = {failed("a#1", cause)};
    if (second == 60)
      EXPECT_THAT(tell(round), IsEmpty());
    else
      EXPECT_THAT(tell(round), ElementsAre("opened critical 1"));
  }
  ASSERT_TRUE(last_[0].incident.schema);
  EXPECT_EQ(last_[0].incident.schema->differences, std::vector{misspelled});
  EXPECT_THAT(tell(schema_round(seconds(1000), {misspelled})), IsEmpty()) << "it is that incident's";
}

TEST_F(Judgement, OfTheServerIsAWarningOfItsOwn) {
  CheckLook bad = failed("server/write");
  bad.feature.clear();
  bad.headline = "the server is set to read only";
  RoundLook round = round_of(seconds(0), {bad});
  round.is_server_looked_at = true;
  round.blind_server["locks"] = "this account lacks the right PROCESS";
  EXPECT_THAT(tell(round), IsEmpty());
  round.at = at(seconds(60));
  EXPECT_THAT(tell(round), ElementsAre("opened warning 1"));
  EXPECT_EQ(state_.blind_server.size(), 1U);
  const Alert alert = alert_of(last_[0], "staging", 17);
  EXPECT_EQ(alert.lines[0].substr(0, 70), "WARNING  staging: the database: the server is set to read only, 2 runs");
  EXPECT_EQ(state_.checks.at("server/write").failed_in_row, 2);
  round.at = at(seconds(120));
  round.checks.clear();
  round.blind_server = {{"connections", "it takes no more"}};
  tell(round);
  EXPECT_THAT(state_.blind_server, testing::Contains(testing::Pair("write", "the server could not be asked")))
      << "what was seen before says nothing of now";
  forget_others(state_, {"a#1"});
  EXPECT_TRUE(state_.open[0].is_unwatched) << "nobody asks the server any longer";
  EXPECT_THAT(state_.blind_server, IsEmpty());
}

TEST_F(DeployGrace, WaitsWithMigrationsToo) {
  CheckLook waits = failed(migrations_check);
  EXPECT_THAT(tell(round_of(seconds(0), {waits})), IsEmpty());
  EXPECT_THAT(tell(round_of(seconds(599), {waits})), IsEmpty());
  EXPECT_THAT(tell(round_of(seconds(600), {waits})), ElementsAre("opened warning 1"));
}

TEST_F(DeployGrace, IsNoneForTheServerItself) {
  tell(round_of(seconds(0), {failed("server/write")}));
  EXPECT_THAT(tell(round_of(seconds(60), {failed("server/write")})), ElementsAre("opened warning 1"));
}

// Each step is told of once, and the app is not down by it.
TEST_F(Judgement, OfACertificateIsToldOfAgainAsItBecomesUrgent) {
  CheckLook look = failed(app_certificate_check);
  look.feature.clear();
  look.headline = "its certificate ends in 21 days, on 2026-12-05";
  look.urgency = 1;
  RoundLook round = round_of(seconds(0), {look});
  round.certificates[app_certificate_check] = at(seconds(9000));
  tell(round);
  round.at = at(seconds(60));
  EXPECT_THAT(tell(round), ElementsAre("opened warning 1"));
  EXPECT_EQ(state_.certificates.at(app_certificate_check), at(seconds(9000)));
  EXPECT_EQ(alert_of(last_[0], "staging", 17).lines[0].substr(0, 70),
            "WARNING  staging: the app: its certificate ends in 21 days, on 2026-12");
  look.headline = "its certificate ends in 7 days, on 2026-12-05";
  look.urgency = 2;
  EXPECT_THAT(tell(round_of(seconds(120), {look})), ElementsAre("sharpened warning 1"));
  EXPECT_EQ(alert_of(last_[0], "staging", 17).lines[0].substr(0, 58),
            "UPDATE  staging: the app: its certificate ends in 7 days, ");
  EXPECT_THAT(tell(round_of(seconds(180), {look})), IsEmpty());
  const CheckLook renewed = passed(app_certificate_check, "");
  tell(round_of(seconds(240), {renewed}));
  EXPECT_THAT(tell(round_of(seconds(300), {renewed})), ElementsAre("resolved warning 1"));
}

class AppServerJudgement : public Judgement {
protected:
  // A round in which the console has these lines; the cause of each is of the same name.
  RoundLook console(int second, const std::vector<std::string>& forms, std::vector<CheckLook> checks = {}) const {
    RoundLook round = round_of(seconds(second), std::move(checks));
    round.console.emplace().has_baseline = true;
    for (const std::string& form : forms)
      round.console->lines.push_back({.at = round.at, .form = form, .text = form, .cause = cause_named(form)});
    return round;
  }
};

TEST_F(AppServerJudgement, OfANewErrorLineIsAWarningWithItsCause) {
  EXPECT_THAT(tell(console(0, {"no such column"})), IsEmpty());
  EXPECT_THAT(tell(console(60, {})), ElementsAre("opened warning 1"));
  const Alert alert = alert_of(last_[0], "staging", 17);
  EXPECT_EQ(alert.lines[0].substr(0, 80),
            "WARNING  staging: the app server: a new kind of error line: no such column, 2 ru");
  EXPECT_EQ(alert.lines[1].substr(0, 42), "Likely cause: the database — no such col");
  EXPECT_EQ(last_[0].incident.key, "murphy/staging/no such column");
  EXPECT_THAT(tell(console(700, {})), IsEmpty());
  EXPECT_THAT(tell(console(760, {})), ElementsAre("resolved warning 1"));
}

TEST_F(AppServerJudgement, BecomesTheIncidentOfTheScenariosThatFailByIt) {
  tell(console(0, {"no such column"}));
  EXPECT_THAT(tell(console(60, {"no such column"})), ElementsAre("opened warning 1"));
  const std::string id = last_[0].incident.id;
  fail(70, "a#1", cause_named("no such column"));
  EXPECT_THAT(fail(80, "a#1", cause_named("no such column")), ElementsAre("opened critical 1"));
  EXPECT_EQ(last_[0].incident.id, id);
  EXPECT_THAT(tell(console(120, {"no such column", "another"}, {failed("a#1", cause_named("no such column"))})),
              IsEmpty())
      << "people know that it does not work";
  EXPECT_THAT(pass(180, "a#1"), IsEmpty());
  EXPECT_THAT(pass(240, "a#1"), ElementsAre("resolved critical 1"));
  EXPECT_THAT(tell(console(250, {})), IsEmpty());
  EXPECT_THAT(tell(console(300, {})), IsEmpty()) << "the lines of the outage are no news";
  tell(console(360, {"another"}));
  EXPECT_THAT(tell(console(420, {"another"})), ElementsAre("opened warning 1")) << "it goes on";
}

// The scenario sees an error page that says nothing.
TEST_F(AppServerJudgement, IsTheCauseOfWhatHasFailedSinceThen) {
  tell(console(0, {}, {passed("a#1"), passed("b#1")}));
  tell(console(10, {"refused"}, {failed("a#1")}));
  EXPECT_THAT(tell(console(60, {"refused"}, {passed("b#1")})), ElementsAre("opened warning 1"));
  const std::string id = last_[0].incident.id;
  EXPECT_THAT(fail(70, "a#1"), ElementsAre("opened critical 1"));
  EXPECT_EQ(last_[0].incident.id, id);
  EXPECT_EQ(last_[0].incident.cause->fingerprint, "refused");
  fail(80, "b#1", cause_named("another"));
  EXPECT_THAT(fail(90, "b#1", cause_named("another")), ElementsAre("opened critical 1")) << "it passed after the line";
}

TEST_F(AppServerJudgement, OfAnswersIsLeftToTheScenarios) {
  for (int second = 0; second < 300; second += 10) EXPECT_THAT(fail(second, answers_check), IsEmpty());
  EXPECT_GT(state_.checks.at(answers_check).failed_in_row, 0) << "it shows in the metrics";
  EXPECT_FALSE(state_.checks.at(answers_check).is_red);
}

TEST_F(AppServerJudgement, SaysNothingOfAChangeOfTheTablesThatIsKnown) {
  const std::string misspelled = R"(users has "pasword_hash" where it had "password_hash")";
  EXPECT_THAT(tell(schema_round(seconds(0), {misspelled})), ElementsAre("opened warning 0"));
  const std::string id = last_[0].incident.id;
  for (int second = 10; second <= 50; second += 10) {
    RoundLook round = console(second, {"no such column"});
    round.console->lines[0].cause = cause_named("f1", {"password_hash", "pasword_hash"});
    EXPECT_THAT(tell(round), IsEmpty());
  }
  fail(60, "a#1", cause_named("f1", {"password_hash"}));
  EXPECT_THAT(fail(70, "a#1", cause_named("f1", {"password_hash"})), ElementsAre("opened critical 1"));
  EXPECT_EQ(last_[0].incident.id, id) << "it is the change of the tables";
}

TEST_F(AppServerJudgement, SaysNothingWhileTheAppIsGone) {
  tell(console(0, {"refused"}, {failed(target_check)}));
  EXPECT_THAT(tell(console(60, {"refused"}, {failed(target_check)})), ElementsAre("opened critical 1"));
  EXPECT_THAT(tell(console(120, {"refused"}, {failed(target_check)})), IsEmpty());
  EXPECT_THAT(state_.open, SizeIs(1));
}

TEST_F(AppServerJudgement, SaysWhatIsBlind) {
  RoundLook round = console(0, {});
  round.console->blind = "it is not being read: app.log is not there";
  round.process.emplace().blind = "app.pid cannot be read";
  EXPECT_THAT(tell(round), IsEmpty());
  EXPECT_EQ(state_.blind_app.at("console"), "it is not being read: app.log is not there");
  EXPECT_EQ(state_.blind_app.at("process"), "app.pid cannot be read");
  EXPECT_THAT(state_.checks, IsEmpty()) << "what nobody saw is not good";
  tell(console(60, {}));
  EXPECT_THAT(state_.blind_app, testing::Not(testing::Contains(testing::Key("console"))));
  EXPECT_TRUE(state_.checks.contains(console_check));
  forget_others(state_, {console_check});
  EXPECT_THAT(state_.blind_app, IsEmpty());
  EXPECT_TRUE(state_.checks.contains(console_check));
  forget_others(state_, {"a#1"});
  EXPECT_THAT(state_.checks, IsEmpty());
}

TEST_F(AppServerJudgement, OfAScenarioInAFolderOfTheNameIsThatOfAScenario) {
  fail(0, "app/sign-in.toml#1");
  EXPECT_THAT(fail(60, "app/sign-in.toml#1"), ElementsAre("opened critical 1"));
}

} // namespace
} // namespace murphy::watch
