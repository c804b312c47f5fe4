#include "history/summary.h"

#include <gtest/gtest.h>

namespace murphy::history {
namespace {

record::Run run() {
  record::RunStarted started;
  started.at = record::Instant(std::chrono::microseconds(1'790'000'000'000'001));
  started.target = "local";
  started.origin.commit = "c1";
  for (const char* name : {"a", "b"}) {
    record::PlannedCase& planned = started.plan.emplace_back().edit();
    planned.id = name;
    planned.name = name;
    planned.place = {.file = "a.toml", .line = 3, .column = 1, .length = 1};
  }
  record::StepResult step;
  step.outcome = record::Outcome::failed;
  step.place = {.file = "a.toml", .line = 9, .column = 1, .length = 1};
  step.failures.emplace_back().code = record::FailureCode::wrong_status;
  record::Suspect suspect;
  suspect.layer = record::Layer::model;
  suspect.confidence = record::Confidence::high;
  suspect.cause = "the column is not there";
  suspect.fingerprint = "c0ffee";
  step.suspects = {suspect};
  record::Run whole;
  for (const record::Event& event : std::vector<record::Event>{
           started, record::StepFinished{.id = "a", .step = step},
           record::CaseFinished{.id = "a", .outcome = record::Outcome::failed, .duration = {}, .note = {}},
           record::CaseFinished{.id = "b", .outcome = record::Outcome::passed, .duration = {}, .note = {}},
           record::RunFinished{.at = started.at, .duration = std::chrono::milliseconds(5)}})
    EXPECT_TRUE(record::apply(whole, event));
  return whole;
}

TEST(RunSummaries, HoldWhatAHistoryKeeps) {
  const RunSummary summary = summary_of(run());
  EXPECT_EQ(summary.id.size(), 32U);
  EXPECT_EQ(summary.outcome, "failed");
  EXPECT_EQ(summary.started, 1'790'000'000'000'001);
  EXPECT_EQ(summary.duration, 5000);
  ASSERT_EQ(summary.cases.size(), 2U);
  EXPECT_EQ(summary.cases[0].outcome, "failed");
  EXPECT_EQ(summary.cases[0].cause, "c0ffee");
  EXPECT_EQ(summary.cases[1].cause, "");
  EXPECT_EQ(summary.cases[1].place, "a.toml:3");
  ASSERT_EQ(summary.causes.size(), 1U);
  EXPECT_EQ(summary.causes[0].words, "the model — the column is not there");
}

TEST(RunSummaries, HaveTheIdOfTheirJournal) {
  EXPECT_EQ(summary_of(run()).id, summary_of(run()).id);
  record::Run later = run();
  later.started.at += std::chrono::microseconds(1);
  EXPECT_NE(summary_of(later).id, summary_of(run()).id);
  later.finished.reset();
  EXPECT_EQ(summary_of(later).outcome, "interrupted");
}

} // namespace
} // namespace murphy::history
