// What a watch says of a MariaDB server behind sign-in. Of PostgreSQL, tests/postgresql does.
#include "target/database_health.h"

#include "command.h"
#include "target/database_look.h"
#include "target/replica_check.h"
#include "tests/places.h"

#include <csignal>
#include <gmock/gmock.h>
#include <soci/soci.h>

#include <list>
#include <optional>
#include <thread>

namespace murphy::target {
namespace {

using testing::HasSubstr;
using State = HealthCheck::State;

// One server for all tests; each has a database of its own.
class MariaDbHealth : public testing::Test {
protected:
  static void SetUpTestSuite() {
    end_to_end::Invocation start;
    start.binary = "/bin/bash";
    start.arguments = {in_project("tests/target/servers/mariadb")};
    server_.emplace(start);
    socket_ = server_->first_line().value_or("");
  }
  static void TearDownTestSuite() {
    server_->send(SIGTERM);
    server_->wait();
    server_.reset();
  }
  void SetUp() override {
    ASSERT_FALSE(socket_.empty()) << "MariaDB did not start";
    run("create or replace database app", "mysql"); // what an earlier test left is gone
    run("create table users (id int primary key, password_hash text)");
  }
  void TearDown() override {
    run("set global read_only = 0");
    run("drop user if exists watcher@localhost");
  }

  static std::string connection(const std::string& database, const std::string& user) {
    return "db='" + database + "' user='" + user + "' unix_socket='" + socket_ + "'";
  }
  // The server may not have noticed yet that connections are closed which a test had taken; asking gives it the time.
  static void run(const std::string& statement, const std::string& database = "app") {
    constexpr int most_tries = 1000;
    for (int tries = 1;; ++tries) {
      try {
        soci::session("mysql", connection(database, "root")) << statement;
        return;
      } catch (const soci::soci_error& error) {
        if (tries == most_tries || !std::string_view(error.what()).contains("Too many connections")) throw;
      }
    }
  }
  static DatabaseAddress address(const std::string& user = "root") {
    return read_database_address(Value("mysql://" + user + "@localhost/app?unix_socket=" + socket_), ".").value();
  }
  static HealthCheck check(const std::string& name, const std::string& user = "root") {
    for (const HealthCheck& each : check_database(address(user), nullptr))
      if (each.name == name) return each;
    return {.name = name, .state = State::blind, .words = "there is no such check"};
  }
  // As many connections as the server gives.
  static std::list<soci::session> all_that_are_left(const std::string& user) {
    std::list<soci::session> taken;
    try {
      for (;;) taken.emplace_back("mysql", connection("app", user));
    } catch (const soci::soci_error&) {
      return taken;
    }
  }

  static inline std::optional<end_to_end::Running> server_;
  static inline std::string socket_;
};

TEST_F(MariaDbHealth, IsGoodOfAServerThatIsWell) {
  const auto all = check_database(address(), nullptr);
  EXPECT_EQ(all.size(), 3U);
  for (const HealthCheck& each : all) EXPECT_EQ(each.state, State::ok) << each.name << ": " << each.words;
}

// Error 1040, as users get it; root has one connection more.
TEST_F(MariaDbHealth, SeesThatConnectionsRunOutAndAreRefused) {
  run("create user watcher@localhost");
  run("grant references on app.* to watcher@localhost");
  const auto taken = all_that_are_left("watcher");
  const HealthCheck refused = check("connections", "watcher");
  EXPECT_EQ(refused.state, State::bad);
  EXPECT_THAT(refused.words, HasSubstr("the server takes no more connections: "));
  EXPECT_THAT(refused.words, HasSubstr("Too many connections"));
  HealthCheck full = check("connections");
  // The server may not have noticed yet that root's connection before this one is closed.
  for (int i = 0; i < 100 && full.words.contains("Too many connections"); ++i) full = check("connections");
  EXPECT_EQ(full.state, State::bad);
  EXPECT_EQ(full.words, "21 of 20 connections are in use");
}

// Error 1226.
TEST_F(MariaDbHealth, TakesTheLimitOfAnAccountForAFinding) {
  run("create user watcher@localhost with max_user_connections 1");
  run("grant references on app.* to watcher@localhost");
  const soci::session taken("mysql", connection("app", "watcher"));
  const HealthCheck refused = check("connections", "watcher");
  EXPECT_EQ(refused.state, State::bad);
  EXPECT_THAT(refused.words, HasSubstr("has exceeded the 'max_user_connections' resource"));
}

TEST_F(MariaDbHealth, SeesAServerThatTakesNoWrites) {
  run("set global read_only = 1");
  const HealthCheck write = check("write");
  EXPECT_EQ(write.state, State::bad);
  EXPECT_EQ(write.words, "the server is set to read only");
}

TEST_F(MariaDbHealth, IsBlindWithoutTheRightToSee) {
  run("create user watcher@localhost");
  run("grant references on app.* to watcher@localhost");
  const HealthCheck locks = check("locks", "watcher");
  EXPECT_EQ(locks.state, State::blind);
  EXPECT_EQ(locks.words, "this account lacks the right PROCESS");
  EXPECT_EQ(check("connections", "watcher").state, State::ok);
  run("grant process on *.* to watcher@localhost");
  EXPECT_EQ(check("locks", "watcher").state, State::ok);
  EXPECT_EQ(check("write", "nobody").words, "there is no such check");
  EXPECT_EQ(check("connections", "nobody").state, State::blind) << "an account that may not sign in sees nothing";
}

// A reader in a transaction, an ALTER that waits for it, and everybody behind that.
TEST_F(MariaDbHealth, SeesStatementsThatWaitForALock) {
  soci::session reader("mysql", connection("app", "root"));
  reader << "begin";
  int users = 0;
  reader << "select count(*) from users", soci::into(users);
  std::thread altering([] { run("alter table users add column name text"); });
  HealthCheck found;
  while (found.state != State::bad) found = check("locks");
  EXPECT_THAT(found.words, HasSubstr("statements that wait for locks: 1, the longest for "));
  reader << "commit";
  altering.join();
  EXPECT_EQ(check("locks").state, State::ok);
}

// The primary of this replica is not there.
TEST_F(MariaDbHealth, SeesAReplicaThatDoesNotFollow) {
  EXPECT_EQ(check_replica(address()).words, "the replica follows no primary");
  run("change master to master_host = '127.0.0.1', master_port = 1, master_user = 'nobody'");
  EXPECT_EQ(check_replica(address()).words, "the replica has stopped: it shows nothing new");
  run("start slave");
  const HealthCheck alone = check_replica(address());
  EXPECT_EQ(alone.state, State::bad);
  EXPECT_EQ(alone.words, "the replica receives nothing from its primary");
  run("create user watcher@localhost");
  run("grant references on app.* to watcher@localhost");
  const HealthCheck unseen = check_replica(address("watcher"));
  EXPECT_EQ(unseen.state, State::blind) << "without the right, it is not seen";
  EXPECT_THAT(unseen.words, HasSubstr("SLAVE MONITOR"));
  run("stop slave");
  run("reset slave all");
}

// What a migration holds does not hold up the look, and the account needs no right to a row.
TEST_F(MariaDbHealth, ShowsARenamedColumnWhileItsTableIsLocked) {
  run("create user watcher@localhost");
  run("grant references on app.* to watcher@localhost");
  soci::session migration("mysql", connection("app", "root"));
  migration << "lock tables users write";
  migration << "alter table users rename column password_hash to pasword_hash";
  const auto schema = look_at_database(address("watcher"));
  ASSERT_TRUE(schema.has_value()) << render(schema.error());
  ASSERT_EQ(schema->tables.size(), 1U);
  EXPECT_EQ(schema->tables[0].columns[1].name, "pasword_hash");
  soci::session reader("mysql", connection("app", "root"));
  reader << "set lock_wait_timeout = 0";
  EXPECT_THROW(reader << "select count(*) from users", soci::soci_error) << "the lock is held";
}

} // namespace
} // namespace murphy::target
