#include "diagnose/one_step.h"

#include "diagnose/evidence_of_step.h"

#include <cstdint>
#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Reason;
using record::StepResult;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

record::Exchange exchange(Reason reason, const std::string& method, const std::string& path, int status) {
  record::Exchange made;
  made.reason = reason;
  made.method = method;
  made.url = "http://127.0.0.1:8080" + path;
  made.status = status;
  return made;
}

record::PageSeen page(const std::string& text) {
  record::PageSeen seen;
  seen.text = text;
  return seen;
}

StepResult opened_page() {
  StepResult step;
  step.evidence.exchanges = {exchange(Reason::opened, "GET", "/login", 200)};
  return step;
}

// As a run has it that keeps everything.
StepResult submitted() {
  StepResult step;
  step.title = "submit Sign in";
  step.evidence.exchanges = {exchange(Reason::submitted, "POST", "/login", 200)};
  step.evidence.exchanges.back().body = "<h1>Something failed</h1>";
  step.evidence.form.emplace().action = "http://127.0.0.1:8080/login";
  step.evidence.form->fields.push_back(
      {.label = "Email", .name = "email", .type = "email", .value = "ada@example.com"});
  step.evidence.page = page("Something failed");
  step.evidence.console = {{.at = {}, .text = "no such column: emial"}};
  return step;
}

record::EarlierStep earlier(std::int64_t index, const StepResult& step) {
  return {.index = index, .title = step.title, .evidence = step.evidence};
}

// The same as a journal has it of a step that passed.
StepResult without_pages(StepResult step) {
  step.evidence.exchanges.back().body = {};
  step.evidence.page.reset();
  step.evidence.console.clear();
  return step;
}

StepResult looked() {
  StepResult step;
  step.title = "expect";
  step.evidence.page = page("Something failed");
  step.evidence.console = {{.at = {}, .text = "a late line"}};
  step.failures.emplace_back();
  return step;
}

TEST(OneStep, IsTheSameAsAnExpectationWhereTheFormIsSubmitted) {
  StepResult apart = looked();
  apart.earlier = {earlier(1, submitted())};
  StepResult together = submitted();
  together.title = apart.title;
  together.failures = apart.failures;
  together.evidence.console.push_back({.at = {}, .text = "a late line"});
  const std::vector<StepResult> in_steps{opened_page(), without_pages(submitted()), apart},
      in_one{opened_page(), together};
  const Evidence one = evidence_of(in_steps, "a case", {}), other = evidence_of(in_one, "a case", {});
  EXPECT_EQ(one.exchanges, other.exchanges);
  EXPECT_EQ(one.fields, other.fields);
  EXPECT_EQ(one.console, other.console);
  EXPECT_EQ(one.page, other.page);
  EXPECT_EQ(one.of_step->first_exchange, other.of_step->first_exchange);
  EXPECT_EQ(one.of_step->sent, other.of_step->sent);
  EXPECT_THAT(one.of_step->attempts, IsEmpty()) << "the form is what the failure is about, not one before it";
}

TEST(OneStep, HasThePagesOfTheStepsBeforeIt) {
  StepResult failed = looked();
  failed.earlier_pages = {{.index = 0, .page = page("Sign in")}, {.index = 7, .page = page("of no step")}};
  const std::vector<StepResult> whole = with_whole_evidence(std::vector{without_pages(submitted()), failed});
  EXPECT_EQ(whole.front().evidence.page, page("Sign in"));
  EXPECT_EQ(whole.back(), failed) << "its own page is its own";
}

TEST(OneStep, EndsAtTheAnswerToTheForm) {
  StepResult sent_back;
  sent_back.title = "open /dashboard";
  sent_back.evidence.exchanges = {exchange(Reason::opened, "GET", "/dashboard", 302),
                                  exchange(Reason::redirected, "GET", "/login", 200)};
  sent_back.evidence.page = page("Sign in");
  sent_back.earlier = {earlier(1, submitted())};
  const std::vector<StepResult> steps{opened_page(), without_pages(submitted()), sent_back};
  const Evidence evidence = evidence_of(steps, "a case", {});
  EXPECT_THAT(evidence.page, HasSubstr("Something failed"));
  EXPECT_THAT(evidence.exchanges, SizeIs(4));
  EXPECT_THAT(evidence.console, ElementsAre("no such column: emial"));
  EXPECT_EQ(evidence.of_step->first_exchange, 1U);
}

TEST(OneStep, IsTheFailureAloneWhereItSpeaksForItself) {
  const std::vector<StepResult> steps{opened_page(), submitted()};
  EXPECT_EQ(as_one_step(steps), steps);
  EXPECT_EQ(with_whole_evidence(steps), steps);
  EXPECT_THAT(as_one_step({}), IsEmpty());
  EXPECT_THAT(with_whole_evidence({}), IsEmpty());
}

TEST(OneStep, LeavesOutAnIndexThatNoStepHas) {
  StepResult broken = looked();
  broken.earlier = {earlier(-1, submitted()), earlier(7, submitted())};
  const std::vector<StepResult> steps{opened_page(), broken};
  EXPECT_EQ(with_whole_evidence(steps), steps);
}

} // namespace
} // namespace murphy::diagnose
