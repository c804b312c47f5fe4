// What a watch says of a real standby.
#include "command.h"
#include "server.h"
#include "target/replica_check.h"
#include "tests/places.h"

#include "database/database.h"

#include <csignal>
#include <gmock/gmock.h>
#include <optional>

namespace dashboard::testing {
namespace {

using murphy::target::HealthCheck;
using State = HealthCheck::State;

class Replica : public ::testing::Test {
protected:
  Replica() {
    murphy::end_to_end::Invocation start;
    start.binary = "/bin/bash";
    start.arguments = {murphy::in_project("tests/postgresql/standby"), server_address()};
    standby_.emplace(start);
    standby_address_ = standby_->first_line().value_or("");
  }
  ~Replica() override {
    standby_->send(SIGTERM);
    standby_->wait();
  }
  HealthCheck check(const std::string& of) const {
    const auto read = murphy::target::read_database_address(murphy::Value(of), ".");
    if (!read) throw std::runtime_error(read.error().what);
    return murphy::target::check_replica(*read);
  }
  HealthCheck check() const { return check(standby_address_ + "/allotment"); }
  static std::string run_on(const std::string& server, const std::string& sql) {
    Database database(server + "/allotment", 1);
    RequestLog log;
    const auto rows = DatabaseSession(database, log).run("t", sql, {});
    return rows.empty() || rows[0].columns.empty() ? "" : rows[0].columns.begin()->second.value_or("");
  }
  std::string on_standby(const std::string& sql) const { return run_on(standby_address_, sql); }

  std::optional<murphy::end_to_end::Running> standby_;
  std::string standby_address_;
};

TEST_F(Replica, IsGoodWhileItFollowsAndBadOncePausedOrCutOff) {
  ASSERT_NE(standby_address_, "");
  HealthCheck good;
  while (good = check(), good.state != State::ok) // until its receiver has connected
    ASSERT_THAT(good.words, ::testing::HasSubstr("receives nothing"));

  on_standby("SELECT pg_wal_replay_pause()::text");
  EXPECT_EQ(check().state, State::bad);
  EXPECT_EQ(check().words, "the replica has paused: it shows nothing new");
  on_standby("SELECT pg_wal_replay_resume()::text");
  while (check().state != State::ok) {
  }

  // An account without any right sees the same.
  const std::string role = "replica_reader";
  run_on(server_address(), "CREATE ROLE " + role + " LOGIN PASSWORD 'reads'");
  const std::string as_reader =
      "postgresql://" + role + ":reads" + standby_address_.substr(standby_address_.find('@')) + "/allotment";
  HealthCheck seen; // the role has to come over
  while (seen = check(as_reader), seen.state == State::blind) ASSERT_THAT(seen.words, ::testing::HasSubstr("failed"));
  EXPECT_EQ(seen.state, State::ok) << seen.words;

  run_on(standby_address_, "ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'");
  on_standby("SELECT pg_reload_conf()::text");
  HealthCheck alone;
  while (alone = check(), alone.state == State::ok) {
  }
  EXPECT_EQ(alone.words, "the replica receives nothing from its primary");
}

// One that was promoted shows what was true when it was.
TEST_F(Replica, IsNoneThatFollowsNobody) {
  const HealthCheck primary = check(server_address() + "/allotment");
  EXPECT_EQ(primary.state, State::bad);
  EXPECT_EQ(primary.words, "the replica is no standby: it follows no primary");
  EXPECT_EQ(check("postgresql://nobody@127.0.0.1:1/none").state, State::blind);
}

} // namespace
} // namespace dashboard::testing
