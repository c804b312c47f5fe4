// Apps that answer what no app should: each is named for what it did, and none keeps the next scenario from running.
#include "evidence.h"
#include "project.h"

#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

struct Hypothesis {
  std::string path;
  std::string what;
  std::string hint;
};

const Hypothesis reported[] = {
    {"/closes-before", "ORIGIN: the server closed the connection without an answer",
     "see the app's console; a crash during the request causes this; if this port speaks TLS, use https://"},
    {"/closes-in-the-header",
     "ORIGIN: the server closed the connection in the middle of the header of its answer, after 27 bytes",
     "see the app's console; a crash during the answer causes this, and so does a proxy timeout"},
    {"/closes-in-the-body", "ORIGIN: the server closed the connection after 7 of the 1000 bytes of the body",
     "see the app's console; a crash during the answer causes this, and so does a proxy timeout"},
    {"/answers-garbage", "ORIGIN: the answer is not HTTP: it begins with “␁␂ who goes there?”",
     "another service may be listening on this port"},
    {"/endless-header", "ORIGIN: the header of the answer is larger than the limit of 262144 bytes",
     "an endless answer is a fault of the app, or an attack"},
    {"/endless-body", "ORIGIN: the body of the answer is larger than the limit of 33554432 bytes",
     "an endless answer is a fault of the app, or an attack"},
    {"/gzip-bomb", "ORIGIN: the decoded body is larger than the limit of 33554432 bytes",
     "an endless answer is a fault of the app, or an attack"},
    {"/nested-divisions", "the page cannot be read as HTML: its elements nest more than 2000 deep (line 1 of the page)",
     "look at the app's answer; a template or a loop may be endless"},
};

TEST(BadAnswers, EachIsNamedAndTheRunGoesOn) {
  Project project(misbehaving());
  for (const Hypothesis& each : reported) project.open(each.path);
  project.open("/ready");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1) << "the last page was judged, and does not say “Welcome”";
  EXPECT_EQ(finished.err, "");
  const record::Run run = run_of(project.journal());
  ASSERT_TRUE(run.ready);
  const std::string origin = run.ready->url.substr(0, run.ready->url.find_last_not_of('/') + 1);
  const std::string junit = project.junit();
  for (const Hypothesis& each : reported) {
    SCOPED_TRACE(each.path);
    const record::CaseResult result = case_of(run, each.path);
    EXPECT_EQ(result.outcome, record::Outcome::error);
    ASSERT_EQ(result.steps.size(), 1U);
    const record::StepResult& step = result.steps.front();
    ASSERT_TRUE(step.error);
    EXPECT_EQ(replaced(step.error->what, origin, "ORIGIN"), each.what);
    EXPECT_THAT(step.error->hint, HasSubstr(each.hint));
    EXPECT_EQ(step.error->place.file, "scenarios/pages.toml");
    EXPECT_GT(step.error->place.line, 1U);
    EXPECT_THAT(finished.out, HasSubstr("because   " + step.error->what));
    EXPECT_THAT(junit, HasSubstr(replaced(each.what, "ORIGIN", origin).substr(0, 60)));
    EXPECT_FALSE(step.evidence.console.empty()) << "the app prints every request";
  }
  EXPECT_EQ(case_of(run, "/ready").outcome, record::Outcome::failed);
  EXPECT_EQ(count(junit, "<error "), 8);
  EXPECT_EQ(count(junit, "<failure "), 1);
}

TEST(BadAnswers, WithoutAJudgementTheExitCodeSaysThatTheAppCouldNotBeUnderstood) {
  Project project(misbehaving());
  project.open("/closes-before");
  EXPECT_EQ(project.run().code, 3);
}

TEST(BadAnswers, WhatNeverComesIsWaitedForAsLongAsTheTargetAllows) {
  Project project(misbehaving("timeout = \"250ms\"\n"));
  project.open("/never-answers");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 3) << finished.out << finished.err;
  const record::CaseResult result = case_of(run_of(project.journal()), "/never-answers");
  ASSERT_EQ(result.steps.size(), 1U);
  ASSERT_TRUE(result.steps.front().error);
  EXPECT_THAT(result.steps.front().error->what,
              MatchesRegex("http://127\\.0\\.0\\.1:[0-9]+: no complete answer within [0-9]+ ms; still waiting for the "
                           "first byte of the answer from 127\\.0\\.0\\.1:[0-9]+"));
  EXPECT_EQ(result.steps.front().error->hint, "see the app's console for the reason, or raise `timeout`");
  EXPECT_GE(result.steps.front().duration, std::chrono::milliseconds(250));
}

// What cleans up waits in vain, too: the app did not answer, and nothing of Murphy broke.
TEST(BadAnswers, OfAScenarioWithACleanupAreTheAppsWhereItHangs) {
  const Project project(misbehaving("timeout = \"250ms\"\n"));
  const Invocation invocation = project.invocation();
  project.folder().write("scenarios/pages.toml", "feature = \"Hangs\"\n[[scenario]]\nname = \"hangs\"\n"
                                                 "steps = [{ open = \"/never-answers\" }]\n"
                                                 "cleanup = [{ open = \"/never-answers\" }]\n");
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 3) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("no complete answer within"));
}

TEST(BadAnswers, RedirectsInACircleAreTheAppsFailure) {
  Project project(misbehaving());
  project.open("/redirects-in-a-circle");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1);
  const record::CaseResult result = case_of(run_of(project.journal()), "/redirects-in-a-circle");
  EXPECT_EQ(result.outcome, record::Outcome::failed);
  ASSERT_EQ(result.steps.size(), 1U);
  ASSERT_EQ(result.steps.front().failures.size(), 1U);
  EXPECT_EQ(result.steps.front().failures.front().code, record::FailureCode::redirect_loop);
  EXPECT_THAT(result.steps.front().failures.front().reason.what,
              HasSubstr("the app redirects in a circle: http://127.0.0.1:"));
  EXPECT_THAT(project.junit(),
              HasSubstr("; open /redirects-in-a-circle, step: expected redirects that lead to a page"));
}

} // namespace
} // namespace murphy::end_to_end
