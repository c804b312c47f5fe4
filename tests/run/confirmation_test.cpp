#include "run/confirmation.h"

#include "record/trace.h"

#include <gmock/gmock.h>

namespace murphy::run {
namespace {

record::StepResult judged_by(record::EvidenceSource source) {
  record::StepResult step;
  step.place = {"scenarios/sign-in.toml", 4, 3, 8};
  step.outcome = record::Outcome::failed;
  step.failures.emplace_back().code = record::FailureCode::dashboard_not_reached;
  step.evidence.console = {{.at = {}, .text = "no such column: emial"}};
  step.suspects.emplace_back().confidence = record::Confidence::medium;
  step.suspects.front().evidence = {{source, "no such column: emial"}};
  return step;
}

TEST(Confirmation, IsForWhatRestsOnTheConsole) {
  EXPECT_TRUE(may_be_of_others(judged_by(record::EvidenceSource::console)));
  EXPECT_FALSE(may_be_of_others(judged_by(record::EvidenceSource::page)));
  EXPECT_FALSE(may_be_of_others({})) << "no suspect";
  auto guess = judged_by(record::EvidenceSource::console);
  guess.suspects.front().confidence = record::Confidence::guess;
  EXPECT_FALSE(may_be_of_others(guess)) << "no headline names it";
}

TEST(Confirmation, IsNotForAnAppThatLogsTheTrace) {
  auto step = judged_by(record::EvidenceSource::console);
  const std::string trace = record::new_trace({});
  auto& exchange = step.evidence.exchanges.emplace_back();
  for (const auto& [name, value] : record::trace_headers(trace)) exchange.request_headers.push_back({name, value});
  EXPECT_TRUE(may_be_of_others(step));
  step.evidence.console.push_back({.at = {}, .text = "[" + record::new_trace(trace) + "] POST /login"});
  EXPECT_TRUE(may_be_of_others(step)) << "the trace of another";
  step.evidence.console.push_back({.at = {}, .text = "[" + trace + "] POST /login"});
  EXPECT_FALSE(may_be_of_others(step));
}

TEST(Confirmation, IsOfAStepThatEndsAlike) {
  const auto step = judged_by(record::EvidenceSource::console);
  EXPECT_TRUE(ended_alike(step, judged_by(record::EvidenceSource::page)));
  auto other = step;
  other.place.line = 5;
  EXPECT_FALSE(ended_alike(step, other));
  other = step;
  other.failures.front().code = record::FailureCode::wrong_page;
  EXPECT_FALSE(ended_alike(step, other));
  other = step;
  other.outcome = record::Outcome::error;
  EXPECT_FALSE(ended_alike(step, other));
}

} // namespace
} // namespace murphy::run
