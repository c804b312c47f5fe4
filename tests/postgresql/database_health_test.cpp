// What a watch says of a real server behind sign-in.
#include "server.h"
#include "target/database_health.h"
#include "target/database_look.h"

#include "data/settings.h"
#include "database/database.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <thread>

namespace dashboard::testing {
namespace {

using murphy::target::HealthCheck;
using State = HealthCheck::State;
using ::testing::HasSubstr;

class ServerHealth : public ::testing::Test {
protected:
  std::vector<HealthCheck> look(const murphy::record::Schema* schema = nullptr) const {
    const auto read = murphy::target::read_database_address(murphy::Value(address), ".");
    if (!read) throw std::runtime_error(read.error().what);
    return murphy::target::check_database(*read, schema);
  }
  HealthCheck check(const std::string& name, const murphy::record::Schema* schema = nullptr) const {
    for (const HealthCheck& each : look(schema))
      if (each.name == name) return each;
    return {.name = name, .state = State::blind, .words = "there is no such check"};
  }
  void run(const std::string& sql) { session.run("t", sql, {}); }

  std::string address = fresh_database();
  Database database{address, 3};
  RequestLog log;
  DatabaseSession session{database, log};
};

TEST_F(ServerHealth, IsGoodOfAServerThatIsWell) {
  for (const HealthCheck& each : look()) EXPECT_EQ(each.state, State::ok) << each.name << ": " << each.words;
  EXPECT_EQ(look().size(), 3U);
}

TEST_F(ServerHealth, SeesADatabaseThatTakesNoWrites) {
  const std::string name = address.substr(address.rfind('/') + 1);
  run("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
  const HealthCheck write = check("write");
  EXPECT_EQ(write.state, State::bad);
  EXPECT_EQ(write.words, "the database is set to read only");
}

TEST_F(ServerHealth, SeesThatConnectionsRunOutAndAreRefused) {
  const std::string name = address.substr(address.rfind('/') + 1);
  run("ALTER DATABASE " + name + " CONNECTION LIMIT 2");
  const HealthCheck full = check("connections");
  EXPECT_EQ(full.state, State::bad);
  EXPECT_EQ(full.words, "2 of 2 connections of this database are in use");
}

// SQLSTATE 53300, as users get it.
TEST_F(ServerHealth, TakesARefusalForAFinding) {
  const std::string role = "looker" + address.substr(address.rfind('/') + 1);
  run("CREATE ROLE " + role + " LOGIN PASSWORD 'looks' CONNECTION LIMIT 1");
  const std::string own = address;
  address = "postgresql://" + role + ":looks" + own.substr(own.find('@'));
  for (const HealthCheck& each : look()) EXPECT_EQ(each.state, State::ok) << "without rights, " << each.name;
  Database taken(address, 1);
  RequestLog other_log;
  DatabaseSession other(taken, other_log);
  other.run("t", "SELECT 1", {});
  const HealthCheck refused = check("connections");
  EXPECT_EQ(refused.state, State::bad);
  EXPECT_THAT(refused.words, HasSubstr("the server takes no more connections: "));
  EXPECT_THAT(refused.words, HasSubstr("too many connections for role"));
  address = own.substr(0, own.find('@')) + "@127.0.0.1:1/none";
  EXPECT_EQ(check("connections").state, State::blind) << "a server that is not there says nothing";
}

TEST_F(ServerHealth, SeesWhatHasBrokenInTheMiddle) {
  run("CREATE TABLE schema_migrations (version bigint, dirty boolean)");
  run("INSERT INTO schema_migrations VALUES (7, true)");
  murphy::record::Schema schema;
  schema.tables.push_back({.name = "schema_migrations", .columns = {}, .unique = {}});
  for (const char* column : {"version", "dirty"}) {
    schema.tables.back().columns.emplace_back();
    schema.tables.back().columns.back().name = column;
  }
  EXPECT_EQ(check("migrations", &schema).words, "a migration of golang-migrate has failed or has not ended");
  run("UPDATE schema_migrations SET dirty = false");
  EXPECT_EQ(check("migrations", &schema).state, State::ok);
  run("DROP TABLE schema_migrations");
  EXPECT_EQ(check("migrations", &schema).state, State::blind) << "what cannot be read is not good";
}

// A reader in a transaction, an ALTER that waits for it, and everybody behind that.
TEST_F(ServerHealth, NamesTheProcessThatHoldsUpAllOthers) {
  run("CREATE TABLE users (id int)");
  run("BEGIN");
  run("SELECT * FROM users");
  std::string holder = session.run("t", "SELECT pg_backend_pid()::text AS pid", {})[0].text("pid");
  std::thread altering([this] {
    RequestLog other_log;
    DatabaseSession other(database, other_log);
    other.run("t", "ALTER TABLE users ADD COLUMN name text", {});
  });
  HealthCheck found;
  while (found.state != State::bad) found = check("locks");
  EXPECT_THAT(found.words, HasSubstr("; process " + holder + " holds them up"));
  run("COMMIT");
  altering.join();
  EXPECT_EQ(check("locks").state, State::ok);
}

// What a migration holds does not hold up the look.
TEST_F(ServerHealth, ShowsARenamedColumnWhileItsTableIsLocked) {
  run("CREATE TABLE users (id int, password_hash text)");
  run("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  run("BEGIN");
  run("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
  const auto schema =
      murphy::target::look_at_database(*murphy::target::read_database_address(murphy::Value(address), "."));
  ASSERT_TRUE(schema.has_value()) << render(schema.error());
  EXPECT_EQ(schema->tables.at(0).columns.at(1).name, "pasword_hash");
  run("COMMIT");
}

} // namespace
} // namespace dashboard::testing
