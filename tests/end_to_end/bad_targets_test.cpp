// Apps that are not there, do not start, or do not stay: the run ends with 3 and says what to look at.
#include "evidence.h"
#include "listener.h"
#include "project.h"

#include <cstdlib>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

// Runs it, expects that the app was lost before anything was judged, and gives back what was said of it. `waiting`:
// what is said meanwhile.
record::TargetLost lost(Project& project, const std::string& waiting = {}) {
  project.open("/");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 3) << finished.out << finished.err;
  EXPECT_EQ(finished.err, waiting);
  const record::Run run = run_of(project.journal());
  if (!run.lost) {
    ADD_FAILURE() << "the app was not lost: " << finished.out;
    return {};
  }
  EXPECT_EQ(case_of(run, "/").outcome, record::Outcome::not_run);
  EXPECT_THAT(finished.out, HasSubstr("! The app is unavailable: " + run.lost->error.what));
  EXPECT_THAT(finished.out, HasSubstr("hint      " + run.lost->error.hint.substr(0, 40)));
  EXPECT_THAT(project.junit(), HasSubstr("<error message=\"not run: the app is unavailable: "));
  return *run.lost;
}

TEST(BadTarget, NothingListensThere) {
  const auto port = refusing_port();
  Project project(fmt::format("url = \"http://127.0.0.1:{}\"\nstart_timeout = \"500ms\"", port));
  const record::TargetLost reported =
      lost(project, fmt::format("murphy: http://127.0.0.1:{}/ does not answer yet: waiting for it, 0.5 s at most "
                                "(`start_timeout`)\n",
                                port));
  EXPECT_EQ(reported.error.what,
            fmt::format("target \"local\" could not be reached within 0.5 s: http://127.0.0.1:{0}: cannot connect: "
                        "127.0.0.1:{0}: Connection refused; is the app running, and is this its address and port?",
                        port));
  EXPECT_EQ(reported.error.hint, "start the app first, or add a `start` command to the target");
}

TEST(BadTarget, AnotherProgramHasThePort) {
  const Listener taken;
  Project project(fmt::format("url = \"http://127.0.0.1:{}\"\nstart = \"touch started; sleep 1000\"", taken.port()));
  const record::TargetLost reported = lost(project);
  EXPECT_THAT(reported.error.what,
              HasSubstr(fmt::format("port {} is in use by test_end_to_end", taken.port()).substr(0, 35)));
  EXPECT_EQ(reported.error.hint,
            "stop that program, or write ${port} in the target's `url` and `start` for a free port");
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "started"));
}

TEST(BadTarget, ItsCommandDoesNotExist) {
  Project project("url = \"http://127.0.0.1:${port}\"\nstart = \"bin/sever --port ${port}\"");
  const record::TargetLost reported = lost(project);
  EXPECT_EQ(reported.error.what, "the app of target \"local\" exited with 127 before it was ready");
  EXPECT_THAT(reported.error.hint, HasSubstr("the shell did not find a program in `start`; it runs in "));
  ASSERT_FALSE(reported.console.empty());
  EXPECT_THAT(reported.console.back().text, HasSubstr("bin/sever: not found"));
}

TEST(BadTarget, ItIsNeverReady) {
  Project project("url = \"http://127.0.0.1:${port}\"\n"
                  "start = \"echo waiting on ${port}; exec sleep 1000\"\nstart_timeout = \"500ms\"");
  const record::TargetLost reported = lost(project);
  EXPECT_THAT(
      reported.error.what,
      MatchesRegex("the app of target \"local\" was not ready within 0\\.5 s: http://127\\.0\\.0\\.1:[0-9]+: cannot "
                   "connect: .*Connection refused; is the app running.*"));
  EXPECT_THAT(reported.error.hint, HasSubstr("raise `start_timeout`"));
}

TEST(BadTarget, ItDiesInMidRun) {
  Project project(misbehaving());
  project.open("/ready");
  project.open("/dies");
  project.open("/never-reached");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1);
  const record::Run run = run_of(project.journal());
  ASSERT_TRUE(run.lost);
  EXPECT_EQ(run.lost->error.what, "the app of target \"local\" exited with 7");
  ASSERT_FALSE(run.lost->console.empty());
  EXPECT_EQ(run.lost->console.back().text, "fatal: the disk is on fire");
  EXPECT_EQ(case_of(run, "/ready").outcome, record::Outcome::failed);
  const record::CaseResult died = case_of(run, "/dies");
  EXPECT_EQ(died.outcome, record::Outcome::failed);
  ASSERT_EQ(died.steps.size(), 1U);
  ASSERT_EQ(died.steps.front().failures.size(), 1U);
  EXPECT_EQ(died.steps.front().failures.front().code, record::FailureCode::app_ended);
  EXPECT_EQ(died.steps.front().failures.front().got.text, "the app of target \"local\" exited with 7");
  EXPECT_THAT(died.steps.front().failures.front().reason.what, testing::StartsWith("http://127.0.0.1:"));
  EXPECT_EQ(case_of(run, "/never-reached").outcome, record::Outcome::not_run);
  EXPECT_THAT(finished.out, HasSubstr("│ fatal: the disk is on fire"));
  EXPECT_THAT(project.junit(), HasSubstr("exited with 7"));
  EXPECT_THAT(project.junit(), HasSubstr("fatal: the disk is on fire"));
}

TEST(BadTarget, TheRequestThatEndsItIsItsFailure) {
  Project project(misbehaving());
  project.open("/dies");
  EXPECT_EQ(project.run().code, 1);
}

TEST(BadTarget, TheSystemLacksOpenFiles) {
  Project project(misbehaving());
  project.open("/");
  Invocation shell = project.invocation();
  shell.binary = "/bin/sh";
  shell.arguments = {"-c", "ulimit -n 12; exec \"$MURPHY\" run"};
  shell.environment["MURPHY"] = murphy_program();
  const Finished finished = run(shell);
  EXPECT_EQ(finished.code, 3) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("the app cannot be started: "));
  EXPECT_THAT(finished.out, HasSubstr("the system lacks processes or open files; see `ulimit -a`"));
}

class Certificate : public testing::Test {
protected:
  static void make(const Project& project) {
    const std::string command = "cd '" + project.folder().path().string() +
                                "' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                                "-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 "
                                "-keyout key.pem -out certificate.pem 2>openssl.log";
    ASSERT_EQ(std::system(command.c_str()), 0) << read_file(project.folder() / "openssl.log");
  }
  static std::string target(const std::string& more) {
    return fmt::format("url   = \"https://127.0.0.1:${{port}}\"\n"
                       "start = \"exec /usr/bin/python3 -u {}/misbehaving.py ${{port}} certificate.pem key.pem\"\n"
                       "ready = \"/ready\"\n{}",
                       servers, more);
  }
};

TEST_F(Certificate, ThatNobodyVouchesForIsNotTrusted) {
  Project project(target("start_timeout = \"3s\""));
  make(project);
  const record::TargetLost reported = lost(project);
  EXPECT_THAT(reported.error.what, HasSubstr("the certificate of 127.0.0.1 is self-signed and not trusted"));
  EXPECT_EQ(reported.error.hint, "to trust it for this target, add its PEM file: tls = { ca = \"…\" }");
}

TEST_F(Certificate, ThatTheProjectVouchesForIsTrusted) {
  Project project(target("tls = { ca = \"certificate.pem\" }"));
  make(project);
  project.open("/ready");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  EXPECT_EQ(case_of(run_of(project.journal()), "/ready").steps.at(0).evidence.page->status, 200);
}

TEST_F(Certificate, FileThatCannotBeReadIsToldBeforeAnythingStarts) {
  Project project(target("tls = { ca = \"nowhere.pem\" }"));
  project.open("/ready");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 2);
  EXPECT_THAT(finished.err, HasSubstr("nowhere.pem"));
  EXPECT_EQ(finished.out, "");
}

} // namespace
} // namespace murphy::end_to_end
