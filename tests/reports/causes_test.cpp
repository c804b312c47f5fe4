#include "reports/causes.h"

#include "example_run.h"

#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

// A run of scenarios that failed by these suspects, one each; null: by none.
record::Run run_by(const std::vector<const record::Suspect*>& suspects) {
  record::Run run;
  record::FeatureResult& feature = run.features.emplace_back();
  for (const record::Suspect* suspect : suspects) {
    record::CaseResult& result = feature.cases.emplace_back();
    result.plan.edit().name = "case " + std::to_string(feature.cases.size());
    result.outcome = Outcome::failed;
    record::StepResult& step = result.steps.emplace_back();
    step.title = "open /" + std::to_string(feature.cases.size());
    step.outcome = Outcome::failed;
    record::Failure failure;
    failure.code = record::FailureCode::missing_text;
    failure.key = "text";
    failure.wanted.kind = record::Wanted::Kind::part;
    failure.wanted.text = "Welcome";
    failure.got = record::got_text("request 4711 failed");
    step.failures = {failure};
    if (suspect != nullptr) step.suspects = {*suspect};
  }
  return run;
}

record::Suspect suspect_with(const std::string& fingerprint, record::Confidence confidence) {
  record::Suspect made;
  made.layer = record::Layer::model;
  made.cause = "cause " + fingerprint;
  made.fingerprint = fingerprint;
  made.confidence = confidence;
  return made;
}

std::vector<std::size_t> sizes(const std::vector<Cause>& causes) {
  std::vector<std::size_t> numbers;
  for (const Cause& cause : causes) numbers.push_back(cause.members.size());
  return numbers;
}

TEST(Causes, AreOrderedByConfidenceThenBySize) {
  const record::Suspect sure = suspect_with("aaaa", record::Confidence::high);
  const record::Suspect common = suspect_with("bbbb", record::Confidence::medium);
  const record::Run run = run_by({&common, &common, &sure, nullptr, &common, nullptr});
  const std::vector<Cause> causes = causes_of(run);
  EXPECT_THAT(sizes(causes), ElementsAre(1, 3, 2));
  EXPECT_EQ(causes[0].words, "the model — cause aaaa");
  EXPECT_EQ(causes[1].id, "bbbb");
  EXPECT_THAT(causes[2].words, StartsWith("cause unknown: open /4, text: expected"));
  EXPECT_EQ(causes[2].suspect, nullptr);
}

TEST(Causes, OfAGuessAreNone) {
  const record::Suspect guess = suspect_with("aaaa", record::Confidence::guess);
  const std::vector<Cause> causes = causes_of(run_by({&guess, nullptr}));
  ASSERT_THAT(causes, SizeIs(1)) << "both got the same";
  EXPECT_EQ(causes.front().suspect, nullptr);
  EXPECT_NE(causes.front().id, "aaaa");
}

TEST(Causes, AreProvedByTheMemberThatShowsMost) {
  const record::Suspect plain = suspect_with("aaaa", record::Confidence::high);
  record::Suspect shown = plain;
  shown.evidence = {{record::EvidenceSource::schema, "users has emial"}};
  const record::Run run = run_by({&plain, &shown, &plain});
  EXPECT_EQ(causes_of(run).front().proof, 1U);
}

TEST(Causes, AreTheSameInEveryRun) {
  const record::Run one = run_by({nullptr});
  record::Run other = run_by({nullptr});
  other.features.front().cases.front().steps.front().failures.front().got = record::got_text("request 9 failed");
  EXPECT_EQ(causes_of(one).front().id, causes_of(other).front().id);
  EXPECT_THAT(causes_of(one).front().id, SizeIs(16));
}

TEST(Causes, OfALostAppHoldWhatDidNotRun) {
  const record::Run never = example::fold(example::never_ready());
  const std::vector<Cause> causes = causes_of(never);
  ASSERT_THAT(sizes(causes), ElementsAre(2));
  EXPECT_NE(causes.front().lost, nullptr);
  EXPECT_THAT(causes.front().words, StartsWith("the configuration — the file"));
  EXPECT_TRUE(causes.front().is_judged()) << "the app is broken";
  const record::Run died = example::fold(example::lost());
  EXPECT_THAT(sizes(causes_of(died)), ElementsAre(2)) << "the case that had no answer, and the one that did not run";
  EXPECT_FALSE(causes_of(died).front().is_judged());
}

TEST(Causes, OfWhatPassedAreNone) { EXPECT_THAT(causes_of(example::fold(example::green())), IsEmpty()); }

} // namespace
} // namespace murphy::reports
