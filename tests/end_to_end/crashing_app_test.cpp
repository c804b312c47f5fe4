// An app that a request ends: its scenario fails, and `restart` decides what becomes of the others.
#include "own_project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::Outcome;
using testing::HasSubstr;
using testing::Not;

class CrashingApp : public OwnProject {
protected:
  static std::string project(const std::string& more) {
    return fmt::format("[target.local]\nurl = \"http://127.0.0.1:${{port}}\"\n"
                       "start = \"exec /usr/bin/python3 -u '{}/crashing.py' ${{port}}\"\n{}",
                       servers, more);
  }

  static constexpr const char* scenarios = R"(
[[scenario]]
name  = "Before"
steps = [{ open = "/", expect.text = "Welcome" }]

[[scenario]]
name  = "Saving"
steps = [{ open = "/" }, { submit = "Save", with = { Name = "Ada" } }]

[[scenario]]
name  = "After"
steps = [{ open = "/", expect.text = "Welcome" }]
)";
};

TEST_F(CrashingApp, FailsTheScenarioWhoseRequestEndsIt) {
  run_murphy(project(""), scenarios);
  EXPECT_EQ(finished_.code, 1) << finished_.out;
  expect_passed("Before");
  EXPECT_EQ(result("Saving").outcome, Outcome::failed);
  EXPECT_THAT(failure("Saving", record::FailureCode::app_ended).got.text, "the app of target \"local\" exited with 7");
  EXPECT_EQ(result("After").outcome, Outcome::not_run);
  ASSERT_TRUE(run_.lost);
  EXPECT_THAT(finished_.out, HasSubstr("      expected  an answer\n"
                                       "      got       the app of target \"local\" exited with 7 before it answered\n"
                                       "      hint      http://127.0.0.1:"));
  EXPECT_THAT(finished_.out, HasSubstr("│ fatal: the heap is corrupt"));
  EXPECT_THAT(finished_.out, Not(HasSubstr("waits"))) << "it is gone";
  EXPECT_THAT(finished_.out, HasSubstr("3 scenarios: 1 passed, 1 failed, 1 not run"));
}

TEST_F(CrashingApp, IsRestartedForTheOthers) {
  run_murphy(project("restart = true\n"), scenarios);
  EXPECT_EQ(finished_.code, 1) << finished_.out;
  expect_passed("Before");
  EXPECT_EQ(result("Saving").outcome, Outcome::failed);
  expect_passed("After");
  EXPECT_FALSE(run_.lost);
  EXPECT_THAT(finished_.out, HasSubstr("\nStarted again: http://127.0.0.1:"));
  EXPECT_THAT(finished_.out, HasSubstr("3 scenarios: 2 passed, 1 failed"));
}

TEST_F(CrashingApp, IsNotRestartedForNobody) {
  run_murphy(project("restart = true\n"),
             "\n[[scenario]]\nname = \"Saving\"\n"
             "steps = [{ open = \"/\" }, { submit = \"Save\", with = { Name = \"Ada\" } }]\n");
  EXPECT_EQ(finished_.code, 1) << finished_.out;
  EXPECT_THAT(finished_.out, Not(HasSubstr("Started again")));
}

// It ends behind its answer: either Murphy notices before the next scenario, or that one meets it. Green it is not.
TEST_F(CrashingApp, NeverEndsUnnoticed) {
  run_murphy(project("restart = true\n"), "\n[[scenario]]\nname = \"Leaves\"\nsteps = [{ open = \"/leaves\" }]\n"
                                          "\n[[scenario]]\nname = \"After\"\nsteps = [{ open = \"/\" }]\n");
  EXPECT_THAT(finished_.code, testing::AnyOf(1, 3)) << finished_.out;
  expect_passed("Leaves");
  EXPECT_NE(result("After").outcome, Outcome::passed);
}

TEST_F(CrashingApp, RunsWhatItTookAlongOnceMore) {
  folder_.write("murphy.toml", project("restart = true\n"));
  folder_.write("scenarios/a.toml", "feature = \"A\"\n[[scenario]]\nname = \"Saving\"\n"
                                    "steps = [{ request = { method = \"POST\", url = \"/crash?meet\" } }]\n");
  folder_.write("scenarios/b.toml", "feature = \"B\"\n[[scenario]]\nname = \"Innocent\"\n"
                                    "steps = [{ open = \"/meet\", expect.text = \"Welcome\" }]\n");
  Invocation murphy;
  murphy.directory = folder_.path();
  murphy.arguments = {"run", "--journal", "run.jsonl", "--jobs", "2"};
  finished_ = run(murphy);
  run_ = run_of(folder_ / "run.jsonl");
  EXPECT_EQ(finished_.code, 1) << finished_.out << finished_.err;
  EXPECT_EQ(result("Saving").outcome, Outcome::failed);
  expect_passed("Innocent");
  EXPECT_EQ(result("Innocent").earlier.size(), 1U);
  EXPECT_FALSE(run_.lost);
}

} // namespace
} // namespace murphy::end_to_end
