// A run, as the watch sees it.
#include "cli/round_look.h"

#include <gmock/gmock.h>
#include <set>
#include <utility>

namespace murphy::cli {
namespace {

using record::Outcome;
using testing::IsEmpty;
using testing::SizeIs;
using watch::CheckLook;

record::CaseResult result(const std::string& id, Outcome outcome) {
  record::CaseResult made;
  made.plan.edit().id = id;
  made.outcome = outcome;
  made.steps.emplace_back().outcome = outcome;
  if (outcome == Outcome::failed) {
    record::Failure& failure = made.steps.back().failures.emplace_back();
    failure.code = record::FailureCode::wrong_status;
    failure.place = {.file = "scenarios/sign-in.toml", .line = 8, .column = 5};
  }
  return made;
}

record::Run run_of(std::vector<record::CaseResult> cases) {
  record::Run run;
  run.ready.emplace();
  run.features.push_back({.name = "Sign in", .file = "scenarios/sign-in.toml", .cases = std::move(cases)});
  return run;
}

TEST(RoundLooks, TakeWhatWasJudged) {
  record::CaseResult failed = result("a#2", Outcome::failed);
  record::Suspect suspect;
  suspect.layer = record::Layer::database;
  suspect.cause = "users has \"pasword_hash\"";
  suspect.identifier = "password_hash";
  suspect.fingerprint = "0123456789abcdef";
  suspect.confidence = record::Confidence::high;
  failed.steps.back().suspects = {suspect};
  const auto round = look_of(run_of(
      {result("a#1", Outcome::passed), failed, result("a#3", Outcome::skipped), result("a#4", Outcome::not_run)}));
  ASSERT_THAT(round.checks, SizeIs(4)) << "the app, two scenarios, and the answers";
  EXPECT_EQ(round.checks[0].check, watch::target_check);
  EXPECT_EQ(round.checks[0].outcome, CheckLook::Outcome::passed);
  EXPECT_EQ(round.checks[1].outcome, CheckLook::Outcome::passed);
  EXPECT_EQ(round.checks[2].outcome, CheckLook::Outcome::failed);
  EXPECT_EQ(round.checks[2].feature, "Sign in");
  EXPECT_EQ(round.checks[2].cause->words, "the database — users has \"pasword_hash\"");
  EXPECT_EQ(round.checks[2].cause->fingerprint, "0123456789abcdef");
  EXPECT_EQ(round.checks[2].place, "scenarios/sign-in.toml:8:5");
  EXPECT_EQ(round.trouble, "");
}

TEST(RoundLooks, DoNotBlameTheAppForWhatMurphyCannotJudge) {
  record::CaseResult broken = result("a#1", Outcome::error);
  broken.steps.back().error =
      Error{.kind = ErrorKind::usage, .what = "the password is not set", .hint = {}, .place = {}, .source_line = {}};
  record::CaseResult lost = result("a#2", Outcome::error);
  lost.steps.back().error =
      Error{.kind = ErrorKind::target, .what = "connection refused", .hint = {}, .place = {}, .source_line = {}};
  const auto round = look_of(run_of({broken, lost}));
  ASSERT_THAT(round.checks, SizeIs(3));
  EXPECT_EQ(round.checks[1].check, "a#2");
  EXPECT_EQ(round.checks[1].outcome, CheckLook::Outcome::failed);
  EXPECT_THAT(round.trouble, testing::HasSubstr("the password is not set"));
  EXPECT_THAT(round.unjudged, testing::ElementsAre("a#1"));
  EXPECT_THAT(look_of(run_of({result("a#1", Outcome::error)})).unjudged, testing::ElementsAre("a#1"));
}

record::CaseResult answered(const std::string& id, int status) {
  record::CaseResult made = result(id, Outcome::failed);
  record::Exchange& exchange = made.steps.back().evidence.exchanges.emplace_back();
  exchange.method = "POST";
  exchange.url = "http://127.0.0.1:8080/login";
  exchange.status = status;
  return made;
}

TEST(RoundLooks, CountServerErrorsAmongTheAnswers) {
  const auto answers = [](std::vector<record::CaseResult> cases) {
    const auto round = look_of(run_of(std::move(cases)));
    EXPECT_EQ(round.checks.back().check, watch::answers_check);
    return round.checks.back();
  };
  EXPECT_EQ(answers({answered("a#1", 200)}).outcome, CheckLook::Outcome::passed);
  const CheckLook two = answers({answered("a#1", 500), answered("a#2", 200), answered("a#3", 503)});
  EXPECT_EQ(two.outcome, CheckLook::Outcome::failed);
  EXPECT_EQ(two.headline, "POST was answered with 500, and 1 more");
}

TEST(RoundLooks, OfAnAppThatWantsFewerRequestsAreNotItsFault) {
  record::CaseResult throttled = answered("a#1", 429);
  const auto round = look_of(run_of({throttled, result("a#2", Outcome::passed)}));
  EXPECT_THAT(round.unjudged, testing::ElementsAre("a#1"));
  EXPECT_THAT(round.trouble, testing::HasSubstr("the app asks Murphy for fewer requests: 429"));
  EXPECT_EQ(round.throttled.at("a#1"), std::chrono::seconds(60));
  EXPECT_THAT(round.throttled, SizeIs(1));
  ASSERT_THAT(round.checks, SizeIs(3));
  EXPECT_EQ(round.checks[1].check, "a#2");
  const auto wait = [&](const std::string& text) {
    throttled.steps.back().evidence.exchanges.back().headers = {{"Retry-After", text}};
    return look_of(run_of({throttled})).throttled.at("a#1");
  };
  EXPECT_EQ(wait("120"), std::chrono::seconds(120));
  EXPECT_EQ(wait("99999999"), std::chrono::hours(1));
  record::Exchange& answer = throttled.steps.back().evidence.exchanges.back();
  answer.started = std::chrono::sys_days(std::chrono::year(2026) / 10 / 21) + std::chrono::hours(7);
  EXPECT_EQ(wait("Wed, 21 Oct 2026 07:28:00 GMT"), std::chrono::minutes(28));
  EXPECT_EQ(wait("Thu, 22 Oct 2026 07:28:00 GMT"), std::chrono::hours(1));
  EXPECT_EQ(wait("Tue, 20 Oct 2026 07:28:00 GMT"), std::chrono::seconds(60)) << "it is past";
  EXPECT_EQ(wait("soon"), std::chrono::seconds(60));
}

TEST(RoundLooks, OfAReadyPageThatWantsFewerRequestsAreNoOutage) {
  record::Run run;
  run.lost.emplace().error.what = "http://127.0.0.1:8080/health answered 429";
  run.lost->exchanges.emplace_back().status = 429;
  run.lost->exchanges.back().headers = {{"Retry-After", "120"}};
  run.features.push_back({.name = "Sign in", .file = "a", .cases = {result("a#1", Outcome::not_run)}});
  watch::RoundLook round = look_of(run);
  put_off_by_ready_page(round, {"a#1", watch::schema_check});
  EXPECT_THAT(round.checks, IsEmpty()) << "nobody hears that the app is down";
  EXPECT_EQ(round.trouble, "the app asks Murphy for fewer requests: http://127.0.0.1:8080/health answered 429");
  EXPECT_THAT(round.unjudged, testing::ElementsAre("a#1"));
  EXPECT_THAT(round.throttled, testing::ElementsAre(testing::Pair("a#1", std::chrono::seconds(120))));
  run.lost->exchanges.back().status = 500;
  EXPECT_THAT(look_of(run).throttled, IsEmpty());
  EXPECT_THAT(look_of(run).checks, SizeIs(1));
}

// One 429 on the way is no excuse for what is broken behind it.
TEST(RoundLooks, AreThrottledOnlyByTheAnswerThatTheStepFailedBy) {
  const auto is_throttled = [](const record::CaseResult& each, const std::set<std::string>& refused = {}) {
    return look_of(run_of({each}), refused).unjudged.contains("a#1");
  };
  record::CaseResult went_on = answered("a#1", 429);
  record::Exchange& behind = went_on.steps.back().evidence.exchanges.emplace_back();
  behind.method = "GET";
  behind.url = "http://127.0.0.1:8080/dashboard";
  behind.status = 500;
  EXPECT_FALSE(is_throttled(went_on));
  record::CaseResult other = answered("a#1", 429);
  other.steps.back().failures.back().code = record::FailureCode::wrong_title;
  EXPECT_FALSE(is_throttled(other)) << "the step expects the status, and fails by something else";
  other.steps.back().failures.back().code = record::FailureCode::error_status;
  EXPECT_TRUE(is_throttled(other));
  EXPECT_TRUE(is_throttled(answered("a#1", 429), {"a#2"}));
  EXPECT_FALSE(is_throttled(answered("a#1", 429), {"a#1"})) << "the account may be locked";
}

TEST(RoundLooks, AreBlindWithTheBaselineOfAnotherEngine) {
  record::KnownGood baseline, seen;
  baseline.engine = "sqlite";
  seen.engine = "postgresql";
  EXPECT_EQ(compared(baseline, seen).blind, "the baseline is of sqlite, and this database is postgresql: run murphy "
                                            "snapshot against this target");
  seen.engine = "sqlite";
  EXPECT_EQ(compared(baseline, seen).blind, "");
  EXPECT_THAT(compared(baseline, seen).differences, IsEmpty());
}

TEST(RoundLooks, OfAnAppThatIsNotThereSayThatAlone) {
  record::Run run;
  run.lost.emplace().error.what = "http://127.0.0.1:8080: connection refused";
  run.features.push_back({.name = "Sign in", .file = "a", .cases = {result("a#1", Outcome::not_run)}});
  const auto round = look_of(run);
  ASSERT_THAT(round.checks, SizeIs(1));
  EXPECT_EQ(round.checks[0].check, watch::target_check);
  EXPECT_EQ(round.checks[0].outcome, CheckLook::Outcome::failed);
  EXPECT_EQ(round.checks[0].headline, "http://127.0.0.1:8080: connection refused");
  EXPECT_FALSE(round.checks[0].cause);
  EXPECT_THAT(look_of({}).checks, IsEmpty());
}

TEST(RoundLooks, WithoutANetworkSayNothingOfTheApp) {
  const auto look = [](const std::string& check, CheckLook::Outcome outcome, const std::string& layer = {}) {
    CheckLook made;
    made.check = check;
    made.outcome = outcome;
    made.layer = layer;
    return made;
  };
  watch::RoundLook round;
  round.checks = {look("a#1", CheckLook::Outcome::failed, "database")};
  EXPECT_FALSE(seems_gone(round));
  round.checks.push_back(look("a#2", CheckLook::Outcome::failed, "network"));
  EXPECT_TRUE(seems_gone(round));
  round.checks = {look(watch::target_check, CheckLook::Outcome::failed)};
  EXPECT_TRUE(seems_gone(round));
  blind(round, {"a#1", watch::schema_check});
  EXPECT_THAT(round.checks, IsEmpty());
  EXPECT_THAT(round.unjudged, testing::ElementsAre("a#1"));
  EXPECT_EQ(round.trouble, "neither the app nor the control address answers: this machine may have no network");
}

} // namespace
} // namespace murphy::cli
