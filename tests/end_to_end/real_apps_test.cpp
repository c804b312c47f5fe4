// Real apps with real databases: healthy they pass everything, and every fault is caught at the step its data names.
#include "evidence.h"
#include "real_apps.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <optional>
#include <poll.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

TEST(Django, HealthyItPassesEverything) { expect_all_pass("django", 16); }

TEST(WordPress, HealthyItPassesEverything) { expect_all_pass("wordpress", 10); }

TEST(Django, WithThePasswordColumnMisspelledEveryReportHoldsItsConsoleLine) {
  const TemporaryFolder folder;
  const Finished finished = run(target_run("django",
                                           {folder_of("django") + "/scenarios/sign-in.toml", "--journal",
                                            (folder / "run.jsonl").string(), "--junit", (folder / "run.xml").string()},
                                           "password-column"));
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::CaseResult red = case_of(run_of(folder / "run.jsonl"), "A registered user reaches the dashboard");
  ASSERT_FALSE(red.steps.empty());
  EXPECT_TRUE(std::ranges::any_of(red.steps.back().evidence.console, [](const record::ConsoleLine& line) {
    return line.text.find("no such column: ") != std::string::npos;
  }));
  EXPECT_THAT(finished.out, HasSubstr("no such column: "));
  EXPECT_THAT(read_file(folder / "run.xml"), HasSubstr("no such column: "));
}

// It says nothing on its console, and on its page that the password is wrong: the tables alone tell.
TEST(WordPress, WithThePasswordColumnMisspelledTheRightPasswordIsWrong) {
  const Finished finished =
      run(target_run("wordpress", {folder_of("wordpress") + "/scenarios/sign-in.toml"}, "password-column"));
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("✗ A registered user reaches the dashboard"));
  EXPECT_THAT(finished.out, HasSubstr("The password you entered for the username ada is incorrect"));
  EXPECT_THAT(finished.out, HasSubstr("✓ A wrong password says so and lets no one in"));
  EXPECT_THAT(finished.out, HasSubstr("Likely cause: the database — wp_users.user_pass is gone, user_pas is new\n"));
}

// Its start is a script with two servers.
class WordPressServers : public testing::Test {
protected:
  WordPressServers() {
    const std::string held = (folder_ / "held").string();
    EXPECT_EQ(mkfifo(held.c_str(), 0600), 0);
    held_ = open(held.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    std::string project = read_file(folder_of("wordpress") + "/murphy.toml");
    project = replaced(project, "PORT=${port} ./start",
                       "exec 8>'" + held + "'; PORT=${port} exec " + folder_of("wordpress") + "/start");
    Invocation invocation;
    invocation.arguments = {"run", "--project", folder_.write("murphy.toml", project),
                            folder_of("wordpress") + "/scenarios"};
    murphy_.emplace(invocation);
  }
  ~WordPressServers() override { close(held_); }

  // Whether every process that holds the other end of the pipe has ended; waits so long for it.
  bool are_gone(int milliseconds) const {
    pollfd ended{held_, POLLIN, 0};
    return poll(&ended, 1, milliseconds) > 0;
  }

  TemporaryFolder folder_;
  int held_ = -1;
  std::optional<Running> murphy_;
};

TEST_F(WordPressServers, AreGoneBeforeMurphyIs) {
  const Finished finished = murphy_->wait();
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_TRUE(are_gone(0));
}

TEST_F(WordPressServers, GoWhenMurphyIsKilled) {
  ASSERT_TRUE(murphy_->wait_for("answers after"));
  EXPECT_FALSE(are_gone(0));
  murphy_->send(SIGKILL);
  EXPECT_EQ(murphy_->wait().code, 128 + SIGKILL);
  EXPECT_TRUE(are_gone(60'000));
}

std::vector<Fault> faults_of_all() {
  std::vector<Fault> faults = faults_of("wordpress");
  for (const Fault& fault : faults_of("django"))
    if (can_be_made_on(fault, "sqlite")) faults.push_back(fault);
  return faults;
}

class RealAppFault : public testing::TestWithParam<Fault> {};

TEST_P(RealAppFault, IsRedAtTheStepItsFaultNames) { expect_caught(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, RealAppFault, testing::ValuesIn(faults_of_all()), [](const auto& instance) {
  std::string name = instance.param.target + "_" + instance.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

// The data and the edits say the same, and nothing is an edit without data.
class Faults : public testing::TestWithParam<std::string> {};

TEST_P(Faults, AreDescribed) {
  const std::string& target = GetParam();
  const std::set<std::string> layers = {"database", "model", "view", "controller", "session", "config", "network"};
  std::set<std::string> described, made;
  for (const Fault& fault : faults_of(target)) {
    SCOPED_TRACE(fault.name);
    described.insert(fault.edit);
    EXPECT_TRUE(layers.contains(fault.layer)) << fault.layer;
    EXPECT_FALSE(fault.wrong.empty() && fault.right.empty());
    EXPECT_NE(fault.of, "");
    const std::string edit = read_file(folder_of(target) + "/faults/" + fault.edit + ".patch") +
                             read_file(folder_of(target) + "/faults/" + fault.edit + ".sql");
    EXPECT_THAT(edit, HasSubstr(fault.wrong));
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(target) + "/faults"))
    made.insert(entry.path().stem().string());
  EXPECT_EQ(described, made);
  EXPECT_GE(made.size(), 8U);
}

INSTANTIATE_TEST_SUITE_P(All, Faults, testing::Values("django", "wordpress", "flask", "lemonldap", "symfony"),
                         [](const auto& instance) { return instance.param; });

} // namespace
} // namespace murphy::end_to_end
