// What only one app says when it breaks: [[signature]] in murphy.toml counts wherever a cause is named.
#include "evidence.h"
#include "explained.h"
#include "project.h"

#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

// The server notes every request on its console, and this one never gets an answer that can be read.
constexpr const char* of_the_app = R"(
[[signature]]
layer    = "config"
says     = "the licence has run out"
contains = "get /answers"
pattern  = 'GET /(?<name>answers-\w+)'
example  = "GET /answers-garbage HTTP/1.1"
)";

TEST(OwnSignatures, CountInARunInItsReportsAndInItsJournal) {
  Project project(misbehaving(of_the_app));
  project.open("/answers-garbage");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 3) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("the configuration — the licence has run out"));
  EXPECT_THAT(project.junit(), HasSubstr("the licence has run out"));
  const record::Run ran = run_of(project.journal());
  const auto& suspects = ran.features.front().cases.front().steps.back().suspects;
  ASSERT_FALSE(suspects.empty());
  EXPECT_EQ(suspects.front().layer, record::Layer::config);
  EXPECT_EQ(suspects.front().identifier, "answers-garbage");

  expect_explained_as_by_its_run(project.journal());
}

TEST(OwnSignatures, AreThoseOfTheRunForItsJournalUnlessAProjectIsNamed) {
  Project project(misbehaving(of_the_app));
  project.open("/answers-garbage");
  ASSERT_EQ(project.run().code, 3);
  std::string now = read_file(project.folder() / "murphy.toml");
  now = replaced(now, "the licence has run out", "nobody paid");
  project.folder().write("murphy.toml", now);
  Invocation explain;
  explain.directory = project.folder().path();
  explain.arguments = {"explain", "run.jsonl"};
  EXPECT_THAT(run(explain).out, HasSubstr("the licence has run out")) << "as the run said";
  explain.arguments.insert(explain.arguments.end(), {"--project", "murphy.toml"});
  EXPECT_THAT(run(explain).out, HasSubstr("nobody paid"));
}

TEST(OwnSignatures, ThatAreWrongStopTheRunBeforeAnythingIsSent) {
  Project project(
      misbehaving("\n[[signature]]\nlayer = \"config\"\ncontains = \"a\"\npattern = '(a'\nexample = \"a\"\n"));
  project.open("/ready");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 2);
  EXPECT_THAT(finished.err, HasSubstr("murphy.toml"));
}

} // namespace
} // namespace murphy::end_to_end
