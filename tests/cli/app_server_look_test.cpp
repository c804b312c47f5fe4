// The server that the app is, as a watch sees it.
#include "cli/app_server_look.h"

#include "sample_project.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <memory>
#include <unistd.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class AppServers : public testing::Test {
protected:
  AppServers() { setenv("ADA_PASSWORD", "correct horse 9", 1); }
  ~AppServers() override { unsetenv("ADA_PASSWORD"); }

  // The sample project, whose first target has these lines, too.
  std::unique_ptr<PreparedRun> prepared(const std::string& lines) {
    std::string text = sample_project;
    const std::string before = "url = \"http://127.0.0.1:8080\"\n";
    text.insert(text.find(before) + before.size(), lines);
    project_.write("murphy.toml", text);
    RunOptions options;
    options.files.project = project_.path("murphy.toml");
    auto ready = prepare(options);
    EXPECT_TRUE(ready);
    return ready ? std::move(*ready) : nullptr;
  }

  AppServerLook::ReadSchema tables() {
    return [this] {
      ++reads_;
      return std::optional<record::Schema>();
    };
  }

  SampleProject project_;
  int reads_ = 0; // of the tables
};

TEST_F(AppServers, ShowErrorLinesWithTheirCauseAndWithoutSecrets) {
  const auto ready = prepared("console = { command = \"echo hello; echo 'OperationalError: no such column: nickname of "
                              "correct horse 9'; exec sleep 1000\" }\n");
  ASSERT_TRUE(ready);
  AppServerLook look(*ready);
  watch::ConsoleLook seen = look.console(tables());
  while (seen.lines.empty()) seen = look.console(tables());
  ASSERT_THAT(seen.lines, SizeIs(1));
  EXPECT_EQ(seen.lines[0].text, "OperationalError: no such column: nickname of ‹ada.password›");
  ASSERT_TRUE(seen.lines[0].cause);
  EXPECT_THAT(seen.lines[0].cause->words, HasSubstr("column \"nickname\""));
  EXPECT_EQ(seen.blind, "");
  EXPECT_FALSE(seen.has_baseline);
  EXPECT_THAT(look.console(tables()).lines, IsEmpty()) << "each is seen once";
}

TEST_F(AppServers, ShowNoTokenOfOthersThatMurphyNeverSaw) {
  const auto ready = prepared("console = { command = \"echo 'OperationalError: no such table: sessions at "
                              "/reset?token=p3Qz81kQ7vWx&password=hunter-2-of-bob'; exec sleep 1000\" }\n");
  ASSERT_TRUE(ready);
  AppServerLook look(*ready);
  watch::ConsoleLook seen = look.console(tables());
  while (seen.lines.empty()) seen = look.console(tables());
  for (const std::string& text : {seen.lines[0].text, seen.lines[0].form}) {
    EXPECT_THAT(text, HasSubstr("no such table: sessions"));
    EXPECT_THAT(text, Not(HasSubstr("p3Qz81kQ7vWx")));
    EXPECT_THAT(text, Not(HasSubstr("hunter-2-of-bob")));
  }
}

TEST_F(AppServers, ReadTheTablesOnceForAllErrorLines) {
  const auto ready = prepared("console = { command = \"echo 'OperationalError: no such table: one'; echo "
                              "'OperationalError: no such table: two'; echo hello; exec sleep 1000\" }\n");
  ASSERT_TRUE(ready);
  while (ready->setup->console()->mark() < 3) ready->setup->console()->drain(std::chrono::steady_clock::now());
  AppServerLook look(*ready);
  EXPECT_THAT(look.console(tables()).lines, SizeIs(2));
  EXPECT_EQ(reads_, 1);
  EXPECT_THAT(look.console(tables()).lines, IsEmpty());
  EXPECT_EQ(reads_, 1) << "without an error line, nobody needs them";
}

TEST_F(AppServers, AreBlindWhereLinesWereLost) {
  const auto ready = prepared("console = { command = \"seq 60000; exec sleep 1000\" }\n");
  ASSERT_TRUE(ready);
  while (ready->setup->console()->mark() < 60'000) ready->setup->console()->drain(std::chrono::steady_clock::now());
  AppServerLook look(*ready);
  EXPECT_EQ(look.console(tables()).blind, "10000 lines are lost, as more came at once than Murphy keeps");
  EXPECT_EQ(look.console(tables()).blind, "") << "nothing was lost since";
}

// One that a look alone reads would not be behind: the log is there before anybody looks.
TEST_F(AppServers, AreBlindWhereTheLogGrowsFasterThanItIsRead) {
  const auto ready = prepared("console = { file = \"app.log\" }\n");
  ASSERT_TRUE(ready);
  AppServerLook look(*ready);
  EXPECT_THAT(look.console(tables()).blind, HasSubstr("app.log is not there"));
  const std::string line(999, 'x');
  std::string log;
  for (int i = 0; i < 20'000; ++i) log += line + '\n';
  project_.write("whole.log", log);
  std::filesystem::rename(project_.path("whole.log"), project_.path("app.log")); // it is there as a whole
  const watch::ConsoleLook seen = look.console(tables());
  EXPECT_THAT(seen.blind, testing::MatchesRegex("Murphy did not read [0-9.]+ MB of it, which came faster than it "
                                                "reads"));
  EXPECT_EQ(look.console(tables()).blind, "") << "nothing was left out since";
  const auto warning = ready->setup->close_console();
  ASSERT_TRUE(warning);
  EXPECT_THAT(warning->what, HasSubstr(" MB of the console of target \"local\", which came faster than it reads"));
}

TEST_F(AppServers, AreBlindWithoutTheirConsoleAndTheirProcess) {
  const auto ready = prepared("console = { file = \"nowhere.log\" }\nprocess = { pid_file = \"nowhere.pid\" }\n");
  ASSERT_TRUE(ready);
  AppServerLook look(*ready);
  EXPECT_THAT(look.console(tables()).blind, HasSubstr("nowhere.log is not there"));
  EXPECT_THAT(look.process().missing, HasSubstr("nowhere.pid"));
}

TEST_F(AppServers, HaveAProcess) {
  const auto ready = prepared("process = { pid_file = \"app.pid\" }\n");
  ASSERT_TRUE(ready);
  project_.write("app.pid", std::to_string(getpid()));
  const watch::ProcessLook look = AppServerLook(*ready).process();
  EXPECT_EQ(look.id, getpid());
  EXPECT_GT(look.resident_bytes, 0);
  EXPECT_GT(look.most_bytes, look.resident_bytes);
  EXPECT_TRUE(look.open_files);
  EXPECT_EQ(look.gone + look.blind, "");
  // As if the id had been given again since.
  std::filesystem::last_write_time(project_.path("app.pid"),
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * 365));
  EXPECT_THAT(AppServerLook(*ready).process().gone, HasSubstr("is another one: it began after"));
  project_.write("app.pid", "99999998");
  EXPECT_THAT(AppServerLook(*ready).process().gone, HasSubstr("no process 99999998 runs"));
}

} // namespace
} // namespace murphy::cli
