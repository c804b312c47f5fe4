#include "cli/recorder.h"

#include "command.h"
#include "example_run.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

// The events of a run whose one step shows a secret.
std::vector<record::Event> events() {
  record::RunStarted started;
  started.plan.emplace_back().edit().id = "a.toml#signs in";
  started.plan.back().edit().name = "signs in";
  started.plan.back().edit().place.file = "a.toml";
  record::StepFinished step;
  step.id = started.plan.back()->id;
  step.step.outcome = record::Outcome::failed;
  step.step.failures.emplace_back().got.text = "the password correct horse 9";
  record::CaseFinished finished;
  finished.outcome = record::Outcome::failed;
  finished.id = started.plan.back()->id;
  return {started, step, finished, record::RunFinished{}};
}

struct Recorded {
  record::Run run;
  Errors errors;
  std::string out, error;
};

Recorded recorded(const std::string& journal, Stream console) {
  record::Redactor redactor;
  redactor.learn(std::make_shared<const Secret>(std::string("correct horse 9"), "ada.password"));
  auto writer = record::JournalWriter::open(journal);
  EXPECT_TRUE(writer);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Recorder recorder(redactor, std::move(*writer), console, record::PassedSteps::remarks);
  for (const record::Event& event : events()) recorder(event);
  Recorded result{.run = recorder.finish(), .errors = recorder.errors(), .out = {}, .error = {}};
  result.error = testing::internal::GetCapturedStderr();
  result.out = testing::internal::GetCapturedStdout();
  return result;
}

TEST(Recorder, MasksWhatItKeepsShowsAndWrites) {
  const reports::ScratchFolder folder;
  const Recorded result = recorded((folder.path() / "run.jsonl").string(), Stream::output);
  EXPECT_TRUE(result.errors.empty());
  EXPECT_EQ(record::totals(result.run).failed, 1);
  for (const std::string& text : {result.out, reports::read_file(folder.path() / "run.jsonl"),
                                  result.run.features.front().cases.front().steps.front().failures.front().got.text}) {
    EXPECT_THAT(text, HasSubstr("the password ‹ada.password›"));
    EXPECT_THAT(text, Not(HasSubstr("horse")));
  }
  EXPECT_EQ(result.error, "");
}

// A run of one case that passed.
record::Run recorded_pass(record::PassedSteps kept) {
  std::vector<record::Event> all = events();
  record::StepResult& step = std::get<record::StepFinished>(all[1]).step;
  step.outcome = record::Outcome::passed;
  step.failures.clear();
  step.evidence.exchanges.emplace_back().url = "http://app.test/";
  std::get<record::CaseFinished>(all[2]).outcome = record::Outcome::passed;
  record::Redactor redactor;
  testing::internal::CaptureStdout();
  Recorder recorder(redactor, std::nullopt, Stream::output, kept);
  for (const record::Event& event : all) recorder(event);
  record::Run run = recorder.finish();
  testing::internal::GetCapturedStdout();
  return run;
}

TEST(Recorder, KeepsOfPassedStepsWhatIsAskedFor) {
  EXPECT_THAT(recorded_pass(record::PassedSteps::remarks).features[0].cases[0].steps, testing::IsEmpty());
  const record::Run with_outcomes = recorded_pass(record::PassedSteps::outcomes);
  ASSERT_THAT(with_outcomes.features[0].cases[0].steps, testing::SizeIs(1));
  EXPECT_EQ(with_outcomes.features[0].cases[0].steps[0].evidence, record::Evidence{});
  const record::Run whole = recorded_pass(record::PassedSteps::evidence);
  EXPECT_THAT(whole.features[0].cases[0].steps.at(0).evidence.exchanges, testing::SizeIs(1));
}

TEST(Recorder, ShowsTheRunWhereItIsTold) {
  const Recorded result = recorded("/dev/null", Stream::error);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.error, HasSubstr("signs in"));
}

TEST(Recorder, SaysOnStandardErrorWhatIsNotOfTheRun) {
  record::Redactor redactor;
  redactor.learn(std::make_shared<const Secret>(std::string("correct horse 9"), "ada.password"));
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Recorder recorder(redactor, std::nullopt, Stream::output, record::PassedSteps::remarks);
  recorder.say("it waits for correct horse 9");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "murphy: it waits for ‹ada.password›\n");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(Recorder, SaysOnceThatTheJournalCannotBeWrittenAndGoesOn) {
  const Recorded result = recorded("/dev/full", Stream::output);
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors.front().kind, ErrorKind::internal);
  EXPECT_EQ(record::totals(result.run).failed, 1);
  EXPECT_TRUE(result.run.finished);
}

} // namespace
} // namespace murphy::cli
