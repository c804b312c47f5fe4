// `murphy watch` as a service: what its manager hears, how it reads its files again, and what it survives.
#include "evidence.h"
#include "watched_app.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WatchService : public WatchedApp {
protected:
  // A manager listens, and `murphy watch` finds it in its environment.
  void start_manager(const std::string& name) {
    Invocation sink;
    sink.binary = "/usr/bin/python3";
    sink.arguments = {in_project("tests/end_to_end/servers/notify_sink.py"), name};
    manager_.emplace(sink);
    ASSERT_EQ(manager_->first_line(), "listening");
    environment_["NOTIFY_SOCKET"] = name;
  }
  std::string told() {
    manager_->send(SIGTERM);
    return manager_->wait().out;
  }
  void add_scenario(const std::string& name) const {
    folder_.write("scenarios/" + name + ".toml", "feature = \"" + name + "\"\n[[scenario]]\nname = \"opens\"\n" +
                                                     "steps = [{ open = \"/login\", expect = { status = 200 } }]\n");
  }

  std::optional<Running> manager_;
};

TEST_F(WatchService, TellsItsManager) {
  start_manager("@murphy-watch-" + std::to_string(port_));
  environment_["WATCHDOG_USEC"] = "2000000";
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(manager_->wait_for("READY=1\n"));
  ASSERT_TRUE(manager_->wait_for("STATUS=2 scenarios watched, 0 red, 0 incidents open\n"));
  ASSERT_TRUE(manager_->wait_for("WATCHDOG=1\n"));
  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  ASSERT_TRUE(manager_->wait_for("STATUS=2 scenarios watched, 2 red, 1 incident open\n"));
  watch.send(SIGTERM);
  ASSERT_TRUE(manager_->wait_for("STOPPING=1\n"));
  const Finished finished = watch.wait();
  EXPECT_EQ(finished.code, 130);
  EXPECT_EQ(finished.err, "");
  EXPECT_THAT(told(), Not(AnyOf(HasSubstr("hash"), HasSubstr("correct horse"))));
}

// What is known stays: an incident that is open is told of once, and ends in the new set of files.
TEST_F(WatchService, ReadsItsFilesAgain) {
  start_manager((folder_ / "notify").string());
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round: 2 of 2 scenarios passed"));
  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  ASSERT_TRUE(watch.wait_for("DOWN  Sign in on staging"));
  add_scenario("more");
  watch.send(SIGHUP);
  ASSERT_TRUE(manager_->wait_for("RELOADING=1 MONOTONIC_USEC="));
  ASSERT_TRUE(manager_->wait_for_next("STATUS=3 scenarios watched, 2 red, 1 incident open\n"));
  migrate("ALTER TABLE users RENAME COLUMN pasword_hash TO password_hash");
  ASSERT_TRUE(watch.wait_for("RESOLVED  Sign in on staging"));
  // Without a signal, the content tells.
  std::filesystem::remove(folder_ / "scenarios/more.toml");
  ASSERT_TRUE(manager_->wait_for_next("STATUS=2 scenarios watched, 0 red, 0 incidents open\n"));
  watch.send(SIGTERM);
  const Finished finished = watch.wait();
  EXPECT_EQ(finished.code, 130);
  EXPECT_EQ(finished.out.find("DOWN"), finished.out.rfind("DOWN")) << finished.out;
  EXPECT_EQ(finished.out.find("First round"), finished.out.rfind("First round")) << finished.out;
  EXPECT_THAT(
      finished.err,
      AllOf(StartsWith("murphy watch: reloaded, scenarios/more.toml is new; watching staging: 3 scenarios every "
                       "1 s, 0 channels\n"),
            HasSubstr("murphy watch: reloaded, scenarios/more.toml is gone; watching staging: 2 scenarios")));
}

std::string served_metrics(const std::string& address) {
  Invocation curl;
  curl.binary = "/usr/bin/curl";
  curl.arguments = {"--silent", "--show-error", "http://" + address + "/metrics"};
  return run(curl).out;
}

// One bad file, and everything stays as it is.
TEST_F(WatchService, KeepsWhatItReadWhereAFileIsWrong) {
  const std::string address = "127.0.0.1:" + std::to_string(refusing_port());
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]\nlisten = \"" + address + "\"");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round: 2 of 2 scenarios passed"));
  // Waits until the files are read again.
  const auto wait_for_metric = [&](const std::string& line) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    std::string metrics = served_metrics(address);
    while (!metrics.contains(line) && std::chrono::steady_clock::now() < end) metrics = served_metrics(address);
    return metrics;
  };
  EXPECT_THAT(served_metrics(address), HasSubstr("murphy_config_last_reload_successful 1\n"));
  const std::string project = read_file(folder_ / "murphy.toml");
  folder_.write("murphy.toml", project + "store = \"sqlite:other.db\"\n");
  watch.send(SIGHUP);
  EXPECT_THAT(wait_for_metric("murphy_config_last_reload_successful 0\n"),
              Not(HasSubstr("\nmurphy_config_last_reload_success_timestamp_seconds ")));
  folder_.write("murphy.toml", project);
  watch.send(SIGHUP);
  EXPECT_THAT(wait_for_metric("murphy_config_last_reload_successful 1\n"),
              HasSubstr("\nmurphy_config_last_reload_success_timestamp_seconds "));
  folder_.write("scenarios/wrong.toml", "feature = \"Wrong\"\n[[scenario]]\nnmae = \"x\"\n");
  watch.send(SIGHUP);
  EXPECT_THAT(wait_for_metric("murphy_config_last_reload_successful 0\n"),
              AllOf(HasSubstr("murphy_config_last_reload_successful 0\n"),
                    HasSubstr("murphy_scenario_success{target=\"staging\",feature=\"Sign in\",scenario=\"stays signed "
                              "in\"} 1\n")));
  watch.send(SIGTERM);
  const Finished finished = watch.wait();
  EXPECT_EQ(finished.code, 130);
  EXPECT_THAT(finished.err, AllOf(HasSubstr("murphy.toml: a watch that runs keeps its `store` of [watch]"),
                                  HasSubstr("murphy watch: reloaded, murphy.toml changed; watching staging"),
                                  HasSubstr("scenarios/wrong.toml:3:1: "),
                                  HasSubstr("murphy watch: not reloaded; it goes on with what it read before\n")));
}

// The list of files that it read before does not have it.
TEST_F(WatchService, ReadsAFileThatWasWrongOnceItIsMended) {
  start_manager("@murphy-mended-" + std::to_string(port_));
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(manager_->wait_for_next("READY=1\n"));
  ASSERT_TRUE(watch.wait_for("First round: 2 of 2 scenarios passed"));
  folder_.write("parts.toml", "[[flow]]\nname = ");
  folder_.write("scenarios/more.toml",
                "feature = \"More\"\nimport = [\"../parts.toml\"]\n[[scenario]]\nname = \"opens\"\n"
                "steps = [{ use = \"look\" }]\n");
  watch.send(SIGHUP);
  ASSERT_TRUE(manager_->wait_for_next("RELOADING=1 MONOTONIC_USEC="));
  ASSERT_TRUE(manager_->wait_for_next("READY=1\n"));
  folder_.write("parts.toml", "[flow.look]\nsteps = [{ open = \"/login\" }]\n");
  ASSERT_TRUE(manager_->wait_for_next("STATUS=3 scenarios watched, 0 red, 0 incidents open\n"));
  watch.send(SIGTERM);
  EXPECT_THAT(watch.wait().err, AllOf(HasSubstr("murphy watch: not reloaded"),
                                      HasSubstr("murphy watch: reloaded, parts.toml changed; watching staging: 3")));
}

TEST_F(WatchService, OutlivesAStormOfSignals) {
  start_manager("@murphy-storm-" + std::to_string(port_));
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round: 2 of 2 scenarios passed"));
  for (int signal = 0; signal < 200; ++signal) watch.send(SIGHUP);
  ASSERT_TRUE(manager_->wait_for_next("RELOADING=1"));
  ASSERT_TRUE(manager_->wait_for_next("STATUS=2 scenarios watched, 0 red, 0 incidents open\n"));
  watch.send(SIGTERM);
  const Finished finished = watch.wait();
  EXPECT_EQ(finished.code, 130);
  EXPECT_THAT(finished.out, Not(HasSubstr("DOWN")));
  EXPECT_THAT(finished.err, StartsWith("murphy watch: reloaded, no file changed; watching staging: 2 scenarios"));
}

// A disk that is full ends no watch: it judges in memory, and alerts past the store.
TEST_F(WatchService, GoesOnWithAFullDisk) {
  write_project(R"(every = "1s"
confirm = ["10ms", "10ms"]
notify = [{ kind = "exec", command = "cat >>heard.jsonl" }])");
  start_app();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  // No file may grow beyond 64 KiB; the journal of the store soon does.
  Invocation limited = murphy({});
  limited.binary = "/bin/sh";
  limited.arguments = {"-c", R"(trap '' XFSZ; ulimit -f 128; exec "$0" watch)", murphy_program()};
  Running watch(limited);
  ASSERT_TRUE(watch.wait_for("First round"));
  for (int turn = 0; turn < 2; ++turn) {
    migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
    ASSERT_TRUE(watch.wait_for_next("DOWN  Sign in on staging")) << turn;
    migrate("ALTER TABLE users RENAME COLUMN pasword_hash TO password_hash");
    ASSERT_TRUE(watch.wait_for_next("RESOLVED  Sign in on staging")) << turn;
  }
  watch.send(SIGTERM);
  const Finished finished = watch.wait();
  EXPECT_EQ(finished.code, 130) << finished.err;
  EXPECT_THAT(finished.err, HasSubstr("the store of the watch .murphy/watch.db: "));
  const std::string heard = read_file(folder_ / "heard.jsonl");
  // The schema may be mended between a failure and the look at it: that is another cause, and an incident of its own.
  EXPECT_EQ(count(heard, R"("event":"opened")"), count(finished.out, "DOWN  "));
  EXPECT_GE(count(heard, R"("event":"opened")"), 2);
  EXPECT_GE(count(heard, R"("event":"resolved")") + 1, count(finished.out, "RESOLVED  ")) << "the last may wait";
}

TEST(WatchUnits, AreTakenBySystemd) {
  const TemporaryFolder folder;
  std::string unit = read_file(in_project("docs/murphy-watch@.service"));
  EXPECT_THAT(unit, HasSubstr("\nExecStart=murphy watch\n"));
  unit.replace(unit.find("ExecStart=murphy "), std::string_view("ExecStart=murphy ").size(),
               "ExecStart=" + murphy_program() + " ");
  folder.write("murphy-watch@staging.service", unit);
  const auto analyzed = [&](std::vector<std::string> arguments) {
    Invocation analyze;
    analyze.binary = "/usr/bin/systemd-analyze";
    analyze.arguments = std::move(arguments);
    analyze.arguments.push_back("./murphy-watch@staging.service");
    analyze.directory = folder.path();
    return run(analyze);
  };
  const Finished verified = analyzed({"verify", "--man=no"});
  EXPECT_EQ(verified.code, 0) << verified.err;
  EXPECT_EQ(verified.err, "");
  const Finished safe = analyzed({"security", "--offline=true", "--threshold=20"});
  EXPECT_EQ(safe.code, 0) << safe.out << safe.err;
}

// What people are shown is what it says it is.
TEST(WatchDemo, ShowsTheOutage) {
  Invocation demo;
  demo.binary = in_project("scripts/demo-watch");
  demo.environment = {{"MURPHY", murphy_program()}, {"DASHBOARD_BIN", dashboard_program()}};
  const Finished shown = run(demo);
  EXPECT_EQ(shown.code, 0) << shown.out << shown.err;
  std::size_t at = 0;
  for (const char* next :
       {"First round: 2 of 2 scenarios passed", "WARNING  staging: the database changed between ",
        "users has \"pasword_hash\" where it had \"password_hash\"", "DOWN  Sign in on staging: 2 of 2 scenarios",
        "Likely cause: the database", "RESOLVED  Sign in on staging", "The database is as it was: the change is gone",
        "\non-call:\n  DOWN  Sign in on staging", "\nteam:\n  WARNING  staging"}) {
    at = shown.out.find(next, at);
    ASSERT_NE(at, std::string::npos) << next << "\n" << shown.out;
  }
}

} // namespace
} // namespace murphy::end_to_end
