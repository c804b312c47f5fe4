// One alert to one channel. What services answer is tried in tests/end_to_end/watch_test.cpp.
#include "cli/alert_sender.h"

#include "command.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using watch::Fate;

class Sending : public testing::Test {
protected:
  SendOutcome tell(const std::string& command) const {
    AlertChannel channel{.name = "team", .kind = scenario::WatchChannel::Kind::exec, .command = command};
    return AlertSender(*client_, folder_.path().string()).send(channel, {alert_}, 1, {});
  }
  std::string text(const std::string& name) const {
    std::ifstream file(folder_.path() / name);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
  }

  reports::ScratchFolder folder_;
  std::unique_ptr<web::HttpClient> client_ = std::move(*web::HttpClient::make({}));
  watch::Alert alert_ = watch::test_alert("staging", {});
};

TEST_F(Sending, ToACommandGivesItTheAlert) {
  const SendOutcome outcome = tell("cat >heard; echo noise; echo more >&2");
  EXPECT_EQ(outcome.fate, Fate::sent) << outcome.why;
  EXPECT_EQ(text("heard"), alert_.body + "\n");
}

TEST_F(Sending, ToACommandThatFailsIsTriedAgain) {
  const SendOutcome outcome = tell("exit 3");
  EXPECT_EQ(outcome.fate, Fate::again);
  EXPECT_EQ(outcome.why, "the command exited with 3");
  EXPECT_EQ(tell("no-such-command-anywhere").why, "the command exited with 127");
}

TEST_F(Sending, WithoutAFolderForTheAlertIsTriedAgain) {
  const char* const before = std::getenv("TMPDIR"); // NOLINT(concurrency-mt-unsafe): there is one thread
  const std::string folder = before == nullptr ? "" : before;
  setenv("TMPDIR", "/no/such/folder", 1); // NOLINT(concurrency-mt-unsafe)
  const SendOutcome outcome = tell("true");
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", folder.c_str(), 1); // NOLINT(concurrency-mt-unsafe)
  EXPECT_EQ(outcome.fate, Fate::again);
  EXPECT_EQ(outcome.why, "the alert cannot be written to a temporary file");
}

TEST_F(Sending, WhatCannotBeReadIsGivenUp) {
  alert_.body = "no JSON";
  AlertChannel channel{.name = "all",
                       .kind = scenario::WatchChannel::Kind::alertmanager,
                       .url = *web::Url::parse("http://127.0.0.1:1/x")};
  EXPECT_EQ(AlertSender(*client_, ".").send(channel, {alert_}, 1, {}).fate, Fate::never);
  EXPECT_EQ(AlertSender(*client_, ".").send(channel, {alert_, alert_}, 1, {}).fate, Fate::never);
}

TEST_F(Sending, WhereNobodyListensIsTriedAgain) {
  AlertChannel channel{.name = "on call",
                       .kind = scenario::WatchChannel::Kind::webhook,
                       .url = *web::Url::parse("http://127.0.0.1:1/x")};
  const SendOutcome outcome = AlertSender(*client_, ".").send(channel, {alert_}, 1, {});
  EXPECT_EQ(outcome.fate, Fate::again);
  EXPECT_THAT(outcome.why, HasSubstr("127.0.0.1:1"));
}

} // namespace
} // namespace murphy::cli
