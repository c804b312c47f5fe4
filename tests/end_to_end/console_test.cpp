// The console of an app that Murphy did not start.
#include "command.h"
#include "evidence.h"
#include "project.h"
#include "tests/places.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ConsoleOfOthers : public testing::Test {
protected:
  ConsoleOfOthers() {
    log_ = (folder_ / "app.log").string();
    Invocation app;
    app.binary = "/usr/bin/python3";
    app.arguments = {servers + "/log_writer.py", log_};
    app_.emplace(app);
    url_ = "url = \"http://127.0.0.1:" + app_->first_line().value_or("") + "\"\n";
  }

  // What the console of the one failed step of a scenario holds.
  static std::vector<std::string> console_of(const record::Run& run, const std::string& name) {
    std::vector<std::string> lines;
    for (const record::StepResult& step : case_of(run, name).steps)
      for (const record::ConsoleLine& line : step.evidence.console) lines.push_back(line.text);
    return lines;
  }

  TemporaryFolder folder_;
  std::string log_, url_;
  std::optional<Running> app_;
};

TEST_F(ConsoleOfOthers, InAFileIsReadThroughRotationAndTruncation) {
  Project project(url_ + "console = { file = \"" + log_ + "\" }");
  for (const char* path : {"/plain", "/rotate", "/after", "/truncate", "/last"}) project.open(path);
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  EXPECT_EQ(finished.err, "");
  const record::Run run = run_of(project.journal());
  EXPECT_THAT(console_of(run, "/plain"), ElementsAre("served /plain"));
  EXPECT_THAT(console_of(run, "/rotate"), ElementsAre("the last line of the old log", "served /rotate"));
  EXPECT_THAT(console_of(run, "/after"), ElementsAre("served /after"));
  EXPECT_THAT(console_of(run, "/truncate"), ElementsAre("served /truncate"));
  EXPECT_THAT(console_of(run, "/last"), ElementsAre("served /last"));
  EXPECT_THAT(finished.out, HasSubstr("console   │ served /plain"));
}

TEST_F(ConsoleOfOthers, OfACommandIsWhatItPrintsAndEndsWithTheRun) {
  ASSERT_EQ(mkfifo(log_.c_str(), 0600), 0);
  Project project(url_ + "console = { command = \"echo $$ >pid; exec cat '" + log_ + "'\" }");
  project.open("/plain");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  EXPECT_EQ(finished.err, "");
  EXPECT_THAT(finished.out, HasSubstr("served /plain"));
  const std::string id = read_file(project.folder() / "pid");
  EXPECT_NE(id, "");
  EXPECT_FALSE(std::filesystem::exists("/proc/" + id.substr(0, id.find('\n')))) << "it is stopped with the run";
}

TEST_F(ConsoleOfOthers, ThatCannotBeReadIsSaidBesideTheResult) {
  Project project(url_ + "console = { file = \"" + log_ + "\" }");
  project.open("/vanish");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1) << finished.out;
  EXPECT_THAT(finished.err,
              AllOf(HasSubstr("murphy.toml:7:20: warning: the console of target \"local\" is not being read: " + log_ +
                              " is not there\n"),
                    HasSubstr("failures may lack what the app logged")));

  Project ended(url_ + "console = { command = \"echo no such pod correct horse 9; exit 1\" }");
  ended.open("/plain");
  EXPECT_THAT(ended.run().err, HasSubstr("is not being read: its command exited with 1: no such pod ‹ada.password›\n"));
}

TEST_F(ConsoleOfOthers, ThatCanNeverBeReadIsRefused) {
  Project project(url_ + "console = { file = \".\" }");
  project.open("/plain");
  const Finished folder = project.run();
  EXPECT_EQ(folder.code, 2);
  EXPECT_THAT(folder.err,
              AllOf(HasSubstr("murphy.toml:7:20: . is a folder\n"), HasSubstr("name the file that the app writes to")));
  EXPECT_FALSE(std::filesystem::exists(project.journal())) << "nothing was sent";

  Project overwritten(url_ + "console = { file = \"run.xml\" }");
  overwritten.open("/plain");
  overwritten.folder().write("run.xml", "what the app logs\n");
  EXPECT_EQ(overwritten.run().code, 2);
  EXPECT_EQ(overwritten.junit(), "what the app logs\n");
}

// A baseline without the console's everyday lines would make each of them news later.
TEST_F(ConsoleOfOthers, ThatCannotBeReadMakesNoBaseline) {
  Project project(url_ + "console = { file = \"nowhere.log\" }");
  project.folder().write("scenarios/pages.toml",
                         "feature = \"Pages\"\n[[scenario]]\nname = \"one\"\nsteps = [{ open = \"/plain\" }]\n");
  Invocation snapshot;
  snapshot.directory = project.folder().path();
  snapshot.arguments = {"snapshot"};
  const Finished finished = run(snapshot);
  EXPECT_EQ(finished.code, 2) << finished.out;
  EXPECT_THAT(finished.err, HasSubstr("the console of target \"local\" is not being read: nowhere.log is not there"));
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "murphy.lock"));
}

} // namespace
} // namespace murphy::end_to_end
