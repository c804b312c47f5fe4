// However Murphy ends, nothing of the app stays, and what was known until then is kept.
#include "evidence.h"
#include "family.h"

#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <optional>
#include <thread>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

// A run that has passed one scenario and is in the middle of the second, with a third to come.
class InMidRun : public testing::Test {
protected:
  explicit InMidRun(bool stubborn = false) : project_(Family::target(stubborn)) {
    project_.open("/");
    project_.open("/slow");
    project_.open("/never-reached");
    family_.listen(project_);
    murphy_.emplace(project_.invocation());
    EXPECT_TRUE(family_.meet());
  }

  // What both ways of telling a run have to say of it.
  void expect_kept() {
    const record::Run run = run_of(project_.journal());
    EXPECT_EQ(case_of(run, "/").outcome, record::Outcome::passed);
    EXPECT_EQ(case_of(run, "/slow").outcome, record::Outcome::not_run);
    EXPECT_EQ(case_of(run, "/never-reached").outcome, record::Outcome::not_run);
  }

  Project project_;
  Family family_;
  std::optional<Running> murphy_;
};

TEST_F(InMidRun, AnInterruptEndsTheAppAndWritesEveryReport) {
  murphy_->send(SIGINT);
  const Finished finished = murphy_->wait();
  EXPECT_TRUE(family_.is_gone()) << "before Murphy itself ends";
  EXPECT_EQ(finished.code, 130) << finished.out << finished.err;
  EXPECT_EQ(finished.err, "");
  EXPECT_THAT(finished.out, HasSubstr("interrupted"));
  EXPECT_THAT(finished.out, HasSubstr("1 passed"));
  expect_kept();
  const record::Run run = run_of(project_.journal());
  ASSERT_TRUE(run.finished);
  EXPECT_TRUE(run.finished->interrupted);
  EXPECT_FALSE(run.lost);
  EXPECT_FALSE(run.gathered) << "nothing was judged";
  Invocation explain;
  explain.arguments = {"explain", project_.journal().string()};
  EXPECT_EQ(end_to_end::run(explain).err, "murphy: nothing failed in " + project_.journal().string() + "\n");
  EXPECT_THAT(project_.junit(), HasSubstr("<testsuites name=\"murphy\" tests=\"3\" failures=\"0\""));
}

TEST_F(InMidRun, ARequestToTerminateDoesTheSame) {
  murphy_->send(SIGTERM);
  const Finished finished = murphy_->wait();
  EXPECT_TRUE(family_.is_gone());
  EXPECT_EQ(finished.code, 130);
  expect_kept();
  EXPECT_THAT(project_.junit(), HasSubstr("tests=\"3\""));
}

TEST_F(InMidRun, AKillLeavesNothingOfTheAppAndAJournalThatCanBeRead) {
  murphy_->send(SIGKILL);
  EXPECT_EQ(murphy_->wait().code, 128 + SIGKILL);
  EXPECT_TRUE(family_.wait_until_gone());
  expect_kept();
  EXPECT_FALSE(run_of(project_.journal()).finished);
  Invocation report;
  report.directory = project_.folder().path();
  report.arguments = {"report", "run.jsonl", "--junit", "again.xml"};
  const Finished reported = run(report);
  EXPECT_EQ(reported.code, 130) << reported.err;
  EXPECT_THAT(reported.out, HasSubstr("✓ /"));
  EXPECT_THAT(reported.out, HasSubstr("1 passed"));
  EXPECT_THAT(read_file(project_.folder() / "again.xml"), HasSubstr("tests=\"3\""));
}

class InMidRunOfAStubbornApp : public InMidRun {
protected:
  InMidRunOfAStubbornApp() : InMidRun(true) {}
};

TEST_F(InMidRunOfAStubbornApp, ASecondInterruptEndsMurphyAtOnceAndTheAppSoonAfter) {
  murphy_->send(SIGINT);
  EXPECT_EQ(family_.line(), "terminated") << "the app was asked to end, and does not";
  EXPECT_FALSE(family_.is_gone());
  murphy_->send(SIGINT);
  EXPECT_EQ(murphy_->wait().code, 130);
  EXPECT_TRUE(family_.wait_until_gone());
  expect_kept();
}

TEST_F(InMidRunOfAStubbornApp, AnAppThatIgnoresTheRequestIsEndedByForce) {
  murphy_->send(SIGINT);
  EXPECT_EQ(family_.line(), "terminated");
  const Finished finished = murphy_->wait();
  EXPECT_TRUE(family_.is_gone());
  EXPECT_EQ(finished.code, 130);
  EXPECT_THAT(project_.junit(), HasSubstr("tests=\"3\""));
}

// The example app keeps its data in the temporary folder. Whoever kills Murphy while the app makes its tables, or
// later, leaves none of it there.
TEST(Killed, LeavesNothingOfTheExampleAppInTheTemporaryFolder) {
  const TemporaryFolder temporary, project;
  std::string target = read_file(in_project("fixtures/dashboard/murphy.toml"));
  target = replaced(target, "\"./start", "\"" + in_project("fixtures/dashboard/start"));
  target = replaced(target, "../../build", (project / "build").string());
  project.write("murphy.toml", target);
  project.write("scenarios/one.toml",
                "feature = \"One\"\n[[scenario]]\nname = \"one\"\nsteps = [{ sign_in = \"ada\" }]\n");
  Invocation invocation;
  invocation.directory = project.path();
  invocation.arguments = {"run"};
  invocation.environment = {{"DASHBOARD_BIN", dashboard_program()}, {"TMPDIR", temporary.path().string()}};
  const auto is_empty = [&] { return std::filesystem::is_empty(temporary.path()); };
  const auto has_data = [&] {
    std::error_code ignored;
    for (const auto& folder : std::filesystem::directory_iterator(temporary.path(), ignored))
      if (std::filesystem::exists(folder.path() / "dashboard.db", ignored)) return true;
    return false;
  };
  const auto wait_for = [](const auto& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!condition() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  };
  for (int round = 0; round < 5; ++round) {
    Running murphy(invocation);
    wait_for([&] { return !is_empty(); });
    // Of every other round, when the app has begun to make its tables.
    if (round % 2 == 1) wait_for(has_data);
    murphy.send(SIGKILL);
    murphy.wait();
    wait_for(is_empty); // the guard ends the app
    EXPECT_TRUE(is_empty()) << "round " << round;
  }
}

TEST(Interrupted, WhileItWaitsForTheAppNothingStaysEither) {
  Project project("url = \"http://127.0.0.1:${port}\"\n"
                  "start = \"sleep 1000 & a=$!; sleep 1000 & b=$!; setsid sleep 1000 & "
                  "echo $$ $a $b $! >family; : ${port}; wait\"");
  Family family;
  family.listen(project);
  project.open("/");
  Running murphy(project.invocation());
  ASSERT_TRUE(family.meet());
  murphy.send(SIGINT);
  const Finished finished = murphy.wait();
  EXPECT_TRUE(family.is_gone());
  EXPECT_EQ(finished.code, 130) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("interrupted"));
  EXPECT_EQ(case_of(run_of(project.journal()), "/").outcome, record::Outcome::not_run);
}

} // namespace
} // namespace murphy::end_to_end
