#include "record/run.h"

#include "samples.h"

#include <gtest/gtest.h>

namespace murphy::record {
namespace {

using namespace std::chrono_literals;
using RecordedRun = record::Run; // testing::Test has a Run of its own

Note noted(std::string text) {
  Note note;
  note.kind = Note::Kind::as_written;
  note.text = std::move(text);
  return note;
}

PlannedCase planned(const std::string& file, const std::string& feature, const std::string& name) {
  PlannedCase result;
  result.id = file + "#" + name;
  result.feature = feature;
  result.name = name;
  result.place.file = file;
  return result;
}

RunStarted started() {
  RunStarted event;
  event.murphy_version = "0.1.0";
  event.plan = {planned("b.toml", "B", "one"), planned("b.toml", "B", "two"), planned("a.toml", "A", "one")};
  return event;
}

TargetReady ready() {
  TargetReady event;
  event.started_by_us = true;
  return event;
}

StepFinished step(const std::string& id, const std::string& title) {
  StepFinished event;
  event.id = id;
  event.step.title = title;
  return event;
}

void expect_refused(RecordedRun& run, const Event& event, const std::string& what) {
  const RecordedRun before = run;
  const auto applied = apply(run, event);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, ErrorKind::internal);
  EXPECT_EQ(applied.error().what, what);
  EXPECT_EQ(run, before) << "a refused event changes nothing";
}

TEST(Apply, FoldsARunInTheOrderOfThePlan) {
  RecordedRun run;
  for (const Event& event : std::vector<Event>{
           started(), ready(), CaseStarted{"b.toml#two", moment(2)}, step("b.toml#two", "open /"),
           step("b.toml#two", "click"), CaseFinished{"b.toml#two", Outcome::failed, 3ms, {}},
           CaseStarted{"a.toml#one", moment(3)}, CaseFinished{"a.toml#one", Outcome::skipped, 0ms, noted("no account")},
           ControlFinished{true, {}, {}}, RunFinished{moment(4), 5ms, true}}) {
    const auto applied = apply(run, event);
    ASSERT_TRUE(applied) << applied.error().what;
  }
  ASSERT_EQ(run.features.size(), 2U);
  EXPECT_EQ(run.features[0].file, "b.toml");
  EXPECT_EQ(run.features[0].name, "B");
  EXPECT_EQ(run.features[1].name, "A");
  ASSERT_EQ(run.features[0].cases.size(), 2U);
  EXPECT_EQ(run.features[0].cases[0].outcome, Outcome::not_run);
  const CaseResult& two = run.features[0].cases[1];
  EXPECT_EQ(two.outcome, Outcome::failed);
  EXPECT_EQ(two.started, moment(2));
  EXPECT_EQ(two.duration, 3ms);
  ASSERT_EQ(two.steps.size(), 2U);
  EXPECT_EQ(two.steps[1].title, "click");
  EXPECT_EQ(*run.features[1].cases[0].note, noted("no account"));
  EXPECT_TRUE(run.ready->started_by_us);
  EXPECT_TRUE(run.control->holds);
  EXPECT_TRUE(run.finished->interrupted);
  EXPECT_FALSE(run.lost);
  EXPECT_EQ(totals(run.features[0]),
            (Totals{.passed = 0, .failed = 1, .errors = 0, .skipped = 0, .not_run = 1, .flaky = 0}));
  EXPECT_EQ(totals(run), (Totals{.passed = 0, .failed = 1, .errors = 0, .skipped = 1, .not_run = 1, .flaky = 0}));
  EXPECT_EQ(totals(run).all(), 3);
}

TEST(Apply, KeepsTheAttemptsBeforeTheLastOne) {
  RecordedRun run;
  for (const Event& event :
       std::vector<Event>{started(), CaseStarted{"a.toml#one", moment(1)}, step("a.toml#one", "first"),
                          CaseRetried{"a.toml#one", moment(2), Outcome::failed, 5ms}, step("a.toml#one", "again"),
                          CaseFinished{"a.toml#one", Outcome::passed, 3ms, {}}})
    ASSERT_TRUE(apply(run, event));
  const CaseResult& one = run.features[1].cases[0];
  ASSERT_EQ(one.earlier.size(), 1U);
  EXPECT_EQ(one.earlier[0].steps.at(0).title, "first");
  EXPECT_EQ(one.earlier[0].outcome, Outcome::failed);
  EXPECT_EQ(one.steps.at(0).title, "again");
  EXPECT_EQ(one.started, moment(2));
  EXPECT_TRUE(one.flaky());
  EXPECT_EQ(totals(run).flaky, 1);
  expect_refused(run, CaseRetried{"a.toml#one", moment(3), Outcome::failed, 1ms},
                 "the case \"a.toml#one\" is retried after its end");
}

TEST(Apply, GathersAFeatureWhoseCasesStandApart) {
  RecordedRun run;
  RunStarted event = started();
  event.plan.push_back(planned("b.toml", "B", "three"));
  ASSERT_TRUE(apply(run, event));
  ASSERT_EQ(run.features.size(), 2U);
  EXPECT_EQ(run.features[0].cases.size(), 3U);
}

TEST(Apply, RefusesACaseThatWasNeverPlanned) {
  RecordedRun run;
  ASSERT_TRUE(apply(run, started()));
  expect_refused(run, CaseStarted{"c.toml#x", moment(1)}, "the case \"c.toml#x\" starts, but was never planned");
  expect_refused(run, step("c.toml#x", "open"), "a step of the case \"c.toml#x\" ends, but the case was never planned");
  expect_refused(run, CaseFinished{"c.toml#x", Outcome::passed, 0ms, {}},
                 "the case \"c.toml#x\" ends, but was never planned");
}

TEST(Apply, RefusesWhatHappensTwice) {
  RecordedRun run;
  ASSERT_TRUE(apply(run, started()));
  expect_refused(run, started(), "the run starts a second time");
  ASSERT_TRUE(apply(run, CaseStarted{"a.toml#one", moment(1)}));
  expect_refused(run, CaseStarted{"a.toml#one", moment(2)}, "the case \"a.toml#one\" starts twice");
  ASSERT_TRUE(apply(run, CaseFinished{"a.toml#one", Outcome::passed, 1ms, {}}));
  expect_refused(run, CaseFinished{"a.toml#one", Outcome::failed, 1ms, {}}, "the case \"a.toml#one\" ends twice");
  expect_refused(run, CaseStarted{"a.toml#one", moment(3)}, "the case \"a.toml#one\" starts again after its end");
  expect_refused(run, step("a.toml#one", "open"), "a step of the case \"a.toml#one\" ends after the case itself");
  ASSERT_TRUE(apply(run, RunFinished{moment(4), 1ms, false}));
  expect_refused(run, RunFinished{moment(5), 1ms, false}, "the run ends twice");
}

TEST(Apply, RefusesAPlanThatNamesACaseTwice) {
  RecordedRun run;
  RunStarted event = started();
  event.plan.push_back(event.plan.front());
  expect_refused(run, event, "the plan names the case \"b.toml#one\" twice");
}

TEST(Apply, CountsEveryOutcome) {
  FeatureResult feature;
  for (const Outcome outcome :
       {Outcome::passed, Outcome::failed, Outcome::error, Outcome::skipped, Outcome::not_run, Outcome::error})
    feature.cases.emplace_back().outcome = outcome;
  EXPECT_EQ(totals(feature), (Totals{.passed = 1, .failed = 1, .errors = 2, .skipped = 1, .not_run = 1, .flaky = 0}));
}

StepResult step_that(Outcome outcome) {
  StepResult step;
  step.title = "open /";
  step.outcome = outcome;
  step.evidence.exchanges.emplace_back().body = "<h1>Welcome</h1>";
  step.evidence.console = {{.at = {}, .text = "GET /"}};
  return step;
}

// A case that passed: with a plain step, one that was skipped, one that proved something, one that let a secret go.
CaseResult passed_case() {
  CaseResult result;
  result.outcome = Outcome::passed;
  result.steps = {step_that(Outcome::passed), step_that(Outcome::skipped), step_that(Outcome::passed),
                  step_that(Outcome::passed)};
  result.steps[1].note = noted("not here");
  result.steps[2].evidence.validation.emplace().form = "Create account";
  result.steps[3].evidence.exchanges[0].disclosed = "ada.password";
  return result;
}

TEST(ForgetSteps, LeavesOnlyThoseWithSomethingToSay) {
  CaseResult result = passed_case();
  forget_steps(result, PassedSteps::remarks);
  ASSERT_EQ(result.steps.size(), 3U);
  EXPECT_EQ(result.steps[0].note, noted("not here"));
  EXPECT_EQ(result.steps[1].evidence.validation->form, "Create account");
  EXPECT_EQ(result.steps[2].evidence.exchanges.at(0).disclosed, "ada.password");
  EXPECT_EQ(result.steps[2].evidence.exchanges[0].body, "");
  EXPECT_TRUE(result.steps[2].evidence.exchanges[0].body_cut);
  for (const StepResult& step : result.steps) EXPECT_TRUE(step.evidence.console.empty());
}

TEST(ForgetSteps, LeavesTheOutcomesOfAllWhereAReportListsThem) {
  CaseResult result = passed_case();
  forget_steps(result, PassedSteps::outcomes);
  ASSERT_EQ(result.steps.size(), 4U);
  EXPECT_EQ(result.steps[0].title, "open /");
  EXPECT_EQ(result.steps[0].evidence, Evidence{});
  EXPECT_EQ(result.steps[2].evidence.validation->form, "Create account");
}

TEST(ForgetSteps, LeavesAllWhereAReportShowsWhatTheySaw) {
  CaseResult result = passed_case();
  forget_steps(result, PassedSteps::evidence);
  EXPECT_EQ(result, passed_case());
}

TEST(FindCase, FindsThoseOfThePlanAlone) {
  RecordedRun run;
  ASSERT_TRUE(apply(run, started()));
  for (const char* id : {"b.toml#one", "b.toml#two", "a.toml#one"}) {
    const CaseResult* found = find_case(std::as_const(run), id);
    ASSERT_NE(found, nullptr) << id;
    EXPECT_EQ(found->plan->id, id);
  }
  EXPECT_EQ(find_case(run, "a.toml#two"), nullptr);
  EXPECT_EQ(find_case(run, ""), nullptr);
}

TEST(FindHeader, ComparesNamesWithoutCase) {
  const std::vector<Header> headers{{"Set-Cookie", "a=1"}, {"set-cookie", "b=2"}};
  ASSERT_TRUE(find_header(headers, "SET-COOKIE"));
  EXPECT_EQ(*find_header(headers, "SET-COOKIE"), "a=1");
  EXPECT_EQ(find_header(headers, "Cookie"), nullptr);
}

} // namespace
} // namespace murphy::record
