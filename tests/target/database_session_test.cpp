// What a look leaves behind on the server's connection, which a pool hands on to the app: nothing.
#include "target/database_session.h"

#include "command.h"
#include "target/database_health.h"
#include "target/database_look.h"
#include "target/health_query.h"
#include "target/migration_look.h"
#include "tests/places.h"

#include <csignal>
#include <gmock/gmock.h>
#include <soci/soci.h>

#include <optional>
#include <string>

namespace murphy::target {
namespace {

using testing::HasSubstr;

std::string one(soci::session& session, const std::string& query) {
  std::string text;
  session << query, soci::into(text);
  return text;
}

std::string error_of(soci::session& session, const std::string& statement) {
  try {
    session << statement;
  } catch (const soci::soci_error& error) {
    return error.what();
  }
  return "no error";
}

// A server, with its address as the first line that it says.
class Server {
public:
  Server(const std::string& script, std::vector<std::string> arguments) {
    end_to_end::Invocation start;
    start.binary = "/bin/bash";
    start.arguments = {in_project(script)};
    start.arguments.insert(start.arguments.end(), arguments.begin(), arguments.end());
    running_.emplace(start);
    says_ = running_->first_line().value_or("");
  }
  ~Server() {
    running_->send(SIGTERM);
    running_->wait();
  }
  const std::string& says() const { return says_; }

private:
  std::optional<end_to_end::Running> running_;
  std::string says_;
};

DatabaseAddress address_of(const std::string& text) { return read_database_address(Value(text), ".").value(); }

// Every setting that is not as the server gives it, and every statement that the server has a name for. PgBouncer
// itself sets the name of the application.
const std::string left_in_postgresql =
    "select coalesce(string_agg(name || '=' || setting, ' ' order by name), '') || "
    "(select coalesce(string_agg(' ' || name, ''), '') from pg_prepared_statements) from pg_settings "
    "where source = 'session' and name not in ('transaction_read_only', 'application_name')";

TEST(PostgresqlSession, IsAsItWasAfterALook) {
  const Server server("fixtures/dashboard/postgresql", {});
  ASSERT_FALSE(server.says().empty()) << "PostgreSQL did not start";
  soci::session session;
  open_session(session, address_of(server.says()));
  session << "create table users (id int, password_hash text)";
  EXPECT_EQ(one(session, left_in_postgresql), "");
  {
    const ReadOnlyLook look(session, postgresql_catalogue);
    EXPECT_EQ(one(session, "select current_setting('statement_timeout')"), "5s");
    EXPECT_EQ(one(session, "select current_setting('lock_timeout')"), "1s");
    EXPECT_EQ(one(session, "select current_setting('transaction_read_only')"), "on");
    std::string name;
    soci::statement rows(session);
    rows.exchange(soci::into(name));
    look.run(rows, "select column_name::text from information_schema.columns where table_name = 'users'");
    EXPECT_TRUE(rows.fetch());
    EXPECT_EQ(one(session, "select count(*)::text from pg_prepared_statements"), "0");
  }
  EXPECT_EQ(one(session, left_in_postgresql), "");
  EXPECT_EQ(one(session, "select current_setting('statement_timeout')"), "0");
  EXPECT_EQ(one(session, "select current_setting('default_transaction_read_only')"), "off");
  EXPECT_EQ(error_of(session, "insert into users values (1, 'x')"), "no error");
  {
    const ReadOnlyLook look(session, postgresql_catalogue);
    EXPECT_THAT(error_of(session, "insert into users values (2, 'y')"),
                HasSubstr("cannot execute INSERT in a read-only transaction"));
  }
  EXPECT_EQ(one(session, "select count(*)::text from users"), "1");
}

TEST(PostgresqlSession, OfAPoolWithTooManyClientsIsRefused) {
  const HealthCheck one_too_many =
      health_without_connection("connections", "Cannot establish connection to the database. connection to server at "
                                               "\"127.0.0.1\", port 6432 failed: FATAL:  no more connections allowed "
                                               "(max_client_conn)");
  EXPECT_EQ(one_too_many.state, HealthCheck::State::bad);
}

// One connection to the server, which the pool hands from one client to the next after each transaction.
TEST(PostgresqlSession, BehindAPoolOfTransactionsLeavesTheAppsConnectionAsItWas) {
  const Server server("fixtures/dashboard/postgresql", {});
  ASSERT_FALSE(server.says().empty()) << "PostgreSQL did not start";
  const Server pool("tests/target/servers/pgbouncer", {server.says()});
  ASSERT_FALSE(pool.says().empty()) << "PgBouncer did not start: scripts/setup test";
  soci::session app("postgresql", pool.says() + "?connect_timeout=5");
  app << "create table users (id int, password_hash text)";
  app << "create table schema_migrations (version varchar(255) primary key)";
  app << "insert into schema_migrations values ('20240101')";
  const std::string process = one(app, "select pg_backend_pid()::text");
  app << "reset extra_float_digits"; // which SOCI sets, here as for Murphy
  ASSERT_EQ(one(app, left_in_postgresql), "");

  const auto schema = look_at_database(address_of(pool.says()));
  ASSERT_TRUE(schema.has_value()) << render(schema.error());
  EXPECT_EQ(schema->tables.size(), 2U);
  for (const HealthCheck& each : check_database(address_of(pool.says()), &*schema))
    EXPECT_EQ(each.state, HealthCheck::State::ok) << each.name << ": " << each.words;
  const auto noted = look_at_migrations(address_of(pool.says()), *schema);
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0].rows.size(), 1U);

  EXPECT_EQ(one(app, "select pg_backend_pid()::text"), process) << "the pool has one connection, which Murphy had, too";
  EXPECT_EQ(one(app, left_in_postgresql), "");
  EXPECT_EQ(error_of(app, "insert into users values (1, 'x')"), "no error");
}

TEST(MariaDbSession, IsAsItWasAfterALook) {
  const Server server("tests/target/servers/mariadb", {});
  ASSERT_FALSE(server.says().empty()) << "MariaDB did not start";
  soci::session("mysql", "db='mysql' user='root' unix_socket='" + server.says() + "'") << "create database app";
  soci::session session;
  open_session(session, address_of("mysql://root@localhost/app?unix_socket=" + server.says()));
  session << "create table users (id int, password_hash text)";
  const std::string left = "select group_concat(variable_name, '=', session_value order by variable_name) from "
                           "information_schema.system_variables where session_value <> global_value";
  const std::string before = one(session, left);
  {
    const ReadOnlyLook look(session, mysql_catalogue);
    EXPECT_EQ(one(session, look.limited("SELECT cast(@@max_statement_time as char)")), "5.000000");
    EXPECT_EQ(one(session, look.limited("\nselect 'a' from users union select 'b'")), "b");
    EXPECT_THAT(error_of(session, "insert into users values (1, 'x')"),
                HasSubstr("Cannot execute statement in a READ ONLY transaction"));
  }
  EXPECT_EQ(one(session, left), before);
  EXPECT_EQ(one(session, "select cast(@@max_statement_time as char)"), "0.000000");
  EXPECT_EQ(error_of(session, "insert into users values (1, 'x')"), "no error");
}

} // namespace
} // namespace murphy::target
