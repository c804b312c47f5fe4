// What `murphy watch` sees of the server that the app is: its console, its process, and whether it wants fewer
// requests.
#include "command.h"
#include "evidence.h"
#include "listener.h"
#include "project.h"
#include "watched_app.h"

#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <optional>
#include <string>
#include <vector>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The example app, which logs to a file, and a project that watches it.
class WatchedAppServer : public WatchedApp {
protected:
  WatchedAppServer() { start_app(); }

  void write_project(const std::string& target) const {
    folder_.write("murphy.toml", fmt::format(R"(
[app]
sign_in   = {{ page = "/login", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}
[target.staging]
url   = "http://127.0.0.1:{}"
ready = "/health"
{}
[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}
[watch]
every   = "1s"
confirm = ["50ms", "50ms"]
metrics = "m.prom"
)",
                                             port_, target));
    folder_.write("scenarios/sign-in.toml", R"(feature = "Sign in"
[[scenario]]
name  = "stays signed in"
steps = [{ sign_in = "ada" }, { open = "/profile", expect = { status = 200 } }]
)");
  }
  void log(const std::string& line) const { std::ofstream(folder_ / "app.log", std::ios::app) << line << "\n"; }
};

// The earliest sign that people fail where Murphy's own account does not.
TEST_F(WatchedAppServer, IsWarnedOfByANewErrorLineBehindARotation) {
  write_project("console = { file = \"app.log\" }");
  const Finished baseline = run_murphy({"snapshot"});
  ASSERT_EQ(baseline.code, 0) << baseline.out << baseline.err;
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round: 1 of 1 scenarios passed"));
  std::filesystem::rename(folder_ / "app.log", folder_ / "app.log.1");
  log("DatabaseError (no such column: nickname of ada@example.com):");
  ASSERT_TRUE(
      watch.wait_for("WARNING  staging: the app server: a new kind of error line: DatabaseError (no such column"));
  ASSERT_TRUE(watch.wait_for("Likely cause: the database"));
  ASSERT_TRUE(watch.wait_for("Acknowledge: murphy watch ack "));
  watch.send(SIGTERM);
  const Finished finished = watch.wait();
  EXPECT_EQ(finished.err, "");
  EXPECT_THAT(finished.out, AllOf(HasSubstr("column \"nickname\""), Not(HasSubstr("DOWN")), Not(HasSubstr("correct"))));
  EXPECT_THAT(read_file(folder_ / "m.prom"),
              AllOf(HasSubstr("murphy_app_check_state{target=\"staging\",check=\"answers\"} 1\n"),
                    HasSubstr("murphy_app_check_state{target=\"staging\",check=\"console\"} 0\n")));
}

TEST_F(WatchedAppServer, IsWarnedOfByANewErrorLineBehindATruncation) {
  write_project("console = { file = \"app.log\" }");
  ASSERT_EQ(run_murphy({"snapshot"}).code, 0);
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round: 1 of 1 scenarios passed"));
  std::filesystem::resize_file(folder_ / "app.log", 0);
  log("NameError: undefined local variable or method `curent_user' for an instance of SessionsController");
  ASSERT_TRUE(watch.wait_for("a new kind of error line: NameError: undefined local variable or method `curent_user'"));
  watch.send(SIGTERM);
  EXPECT_EQ(watch.wait().code, 130);
}

// The outage that Murphy was made for, with all that a watch can look at: one incident.
TEST_F(WatchedAppServer, IsOneOutageTogetherWithTablesAndScenarios) {
  write_project("database = \"sqlite:app.db\"\nconsole = { file = \"app.log\" }");
  ASSERT_EQ(run_murphy({"snapshot"}).code, 0);
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round: 1 of 1 scenarios passed"));
  Invocation migration;
  migration.binary = "/usr/bin/python3";
  migration.arguments = {"-c",
                         "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); "
                         "c.execute('ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash'); c.commit()",
                         (folder_ / "app.db").string()};
  ASSERT_EQ(run(migration).code, 0);
  ASSERT_TRUE(watch.wait_for("DOWN  Sign in on staging: 1 of 1 scenario, 3 runs in a row since "));
  ASSERT_TRUE(watch.wait_for("Acknowledge: murphy watch ack "));
  const std::string status = run_murphy({"watch", "status"}).out;
  EXPECT_EQ(count(status, "\nopen      "), 1) << status;
  watch.send(SIGTERM);
  EXPECT_THAT(watch.wait().out, HasSubstr(R"(users has "pasword_hash")"));
}

TEST_F(WatchedAppServer, IsNotGoodWhereItCannotBeSeen) {
  write_project("console = { file = \"nowhere.log\" }\nprocess = { pid_file = \"app.pid\" }");
  const Finished once = run_murphy({"watch", "--once"});
  EXPECT_EQ(once.code, 0);
  EXPECT_THAT(once.out, HasSubstr("; the app's console could not be judged: it is not being read: nowhere.log is not "
                                  "there; the app's "));
  EXPECT_THAT(read_file(folder_ / "m.prom"),
              AllOf(HasSubstr("murphy_app_check_blind{target=\"staging\",check=\"console\"} 1\n"),
                    HasSubstr("murphy_app_check_blind{target=\"staging\",check=\"process\"} 1\n"),
                    Not(HasSubstr("murphy_app_check_state{target=\"staging\",check=\"console\"}"))));
  EXPECT_THAT(
      run_murphy({"watch", "status"}).out,
      AllOf(HasSubstr("The app's console could not be judged: it is not being read: nowhere.log is not there\n"),
            HasSubstr("The app's process could not be judged: app.pid is not there")));
}

TEST_F(WatchedAppServer, HasAProcess) {
  write_project("process = { pid_file = \"app.pid\" }");
  folder_.write("app.pid", std::to_string(app_->id()) + "\n");
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  EXPECT_THAT(read_file(folder_ / "m.prom"),
              AllOf(HasSubstr("murphy_app_check_state{target=\"staging\",check=\"process\"} 1\n"),
                    HasSubstr("murphy_app_check_state{target=\"staging\",check=\"descriptors\"} 1\n"),
                    HasSubstr("murphy_app_threads{target=\"staging\"} "),
                    HasSubstr("murphy_app_open_fds{target=\"staging\"} ")));
  folder_.write("app.pid", "99999998\n"); // more than there can be
  const Finished gone = run_murphy({"watch", "--once"});
  EXPECT_EQ(gone.code, 0) << "people can sign in";
  EXPECT_THAT(
      gone.out,
      HasSubstr("WARNING  staging: the app server: no process 99999998 runs, which app.pid names, 3 runs in a"));
}

TEST(AThrottle, IsNoOutage) {
  Invocation app;
  app.binary = "/usr/bin/python3";
  app.arguments = {servers + "/throttling.py"};
  Running running(app);
  const Project project("url = \"http://127.0.0.1:" + running.first_line().value_or("") + "\"");
  project.folder().write("scenarios/pages.toml", "feature = \"Pages\"\n[[scenario]]\nname = \"one\"\n"
                                                 "steps = [{ open = \"/login\", expect = { status = 200 } }]\n");
  std::string file = read_file(project.folder() / "murphy.toml");
  project.folder().write("murphy.toml", file + "\n[watch]\nevery = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]\n");
  Invocation once;
  once.directory = project.folder().path();
  once.arguments = {"watch", "--once"};
  const Finished finished = run(once);
  EXPECT_EQ(finished.code, 3) << finished.out << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("1 could not be judged"), Not(HasSubstr("DOWN"))));
  EXPECT_THAT(finished.err, HasSubstr("this could not be judged: the app asks Murphy for fewer requests: 429"));
}

} // namespace
} // namespace murphy::end_to_end
