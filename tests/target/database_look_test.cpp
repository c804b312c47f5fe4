#include "target/database_look.h"

#include "command.h"
#include "listener.h"
#include "tests/places.h"

#include <csignal>
#include <gmock/gmock.h>
#include <soci/soci.h>

#include <cstdlib>
#include <filesystem>

namespace murphy::target {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class DatabaseLook : public testing::Test {
protected:
  DatabaseLook() {
    std::string pattern = (std::filesystem::temp_directory_path() / "murphy-database-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~DatabaseLook() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  void sqlite(const std::initializer_list<const char*>& statements) const {
    soci::session database("sqlite3", "dbname=\"" + file("app.db") + "\"");
    for (const char* statement : statements) database << statement;
  }
  Result<record::Schema> look(const std::string& address) const {
    const auto read = read_database_address(Value(address), folder_.string());
    if (!read) return std::unexpected(read.error());
    return look_at_database(*read);
  }
  std::filesystem::path folder_;
};

TEST_F(DatabaseLook, TellsTablesColumnsAndKeysOfSqlite) {
  sqlite({"create table users (id integer primary key, email varchar(254) not null unique, \"display name\" TEXT, "
          "created text not null default current_timestamp)",
          "create table memberships (team integer, member integer, role char(8), primary key (team, member))",
          "create unique index one_lead on memberships (team, role)",
          "create unique index only_some on memberships (role) where role <> ''",
          "create view people as select email from users"});
  const auto schema = look("sqlite:app.db");
  ASSERT_TRUE(schema.has_value()) << render(schema.error());
  EXPECT_EQ(schema->engine, "sqlite");
  ASSERT_EQ(schema->tables.size(), 3U);
  const record::Table& memberships = schema->tables[0];
  EXPECT_EQ(memberships.name, "memberships");
  EXPECT_THAT(memberships.unique, UnorderedElementsAre(ElementsAre("team", "member"), ElementsAre("team", "role")));
  EXPECT_EQ(memberships.columns[2], (record::Column{"role", "char(8)", 8, true, false}));
  EXPECT_EQ(schema->tables[1].name, "people");
  EXPECT_THAT(schema->tables[1].unique, testing::IsEmpty());
  const record::Table& users = schema->tables[2];
  EXPECT_THAT(users.columns, ElementsAre(record::Column{"id", "integer", std::nullopt, false, true},
                                         record::Column{"email", "varchar(254)", 254, false, false},
                                         record::Column{"display name", "text", std::nullopt, true, false},
                                         record::Column{"created", "text", std::nullopt, false, true}));
  EXPECT_THAT(users.unique, UnorderedElementsAre(ElementsAre("id"), ElementsAre("email")));
}

TEST_F(DatabaseLook, ChangesNothingAndMakesNoFile) {
  const auto missing = look("sqlite:none.db");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, ErrorKind::target);
  EXPECT_EQ(missing.error().what, "the database sqlite:none.db could not be read: unable to open database file");
  EXPECT_FALSE(std::filesystem::exists(file("none.db")));
}

TEST_F(DatabaseLook, OfADatabaseWithoutTablesSaysSo) {
  sqlite({"create table t (a)", "drop table t"});
  const auto schema = look("sqlite:app.db");
  ASSERT_FALSE(schema.has_value());
  EXPECT_THAT(schema.error().what, HasSubstr("it shows this account no tables"));
}

TEST_F(DatabaseLook, AtAServerThatIsDownTellsTheEnginesWordsAndNoPassword) {
  for (const char* address : {"postgresql://app:hunter2@127.0.0.1:1/shop", "mysql://app:hunter2@127.0.0.1:1/shop"}) {
    const auto schema = look(address);
    ASSERT_FALSE(schema.has_value());
    EXPECT_THAT(schema.error().what, testing::ContainsRegex("refused|Can.t connect"));
    EXPECT_THAT(schema.error().what, HasSubstr("app:…@127.0.0.1:1/shop"));
    EXPECT_THAT(render(schema.error()), testing::Not(HasSubstr("hunter2")));
  }
}

TEST_F(DatabaseLook, GivesUpOnAServerThatSaysNothing) {
  const end_to_end::Listener silent;
  const auto schema = look("postgresql://app:hunter2@127.0.0.1:" + std::to_string(silent.port()) + "/shop");
  ASSERT_FALSE(schema.has_value());
  EXPECT_THAT(schema.error().what, HasSubstr("timeout expired"));
  EXPECT_THAT(render(schema.error()), testing::Not(HasSubstr("hunter2")));
}

TEST_F(DatabaseLook, TellsTheSameOfPostgresqlAndLeavesItAsItWas) {
  end_to_end::Invocation server;
  server.binary = "/bin/bash";
  server.arguments = {in_project("fixtures/dashboard/postgresql")};
  end_to_end::Running running(server);
  const auto address = running.first_line();
  ASSERT_TRUE(address);
  soci::session database("postgresql", *address + "?connect_timeout=5"); // SOCI wants a parameter at the end
  for (const char* statement :
       {"create table users (id bigint generated always as identity primary key, email varchar(254) not null unique, "
        "\"display name\" text, created timestamptz not null default now())",
        "create unique index folded on users (lower(email))", "create schema billing",
        "create table billing.cards (owner bigint, number char(19) not null, unique (owner, number))",
        "create view people as select email from users"})
    database << statement;
  const auto schema = look(*address);
  ASSERT_TRUE(schema.has_value()) << render(schema.error());
  EXPECT_EQ(schema->engine, "postgresql");
  ASSERT_EQ(schema->tables.size(), 3U);
  EXPECT_EQ(schema->tables[0].name, "billing.cards");
  EXPECT_EQ(schema->tables[0].columns[1], (record::Column{"number", "character", 19, false, false}));
  EXPECT_THAT(schema->tables[0].unique, ElementsAre(ElementsAre("owner", "number")));
  EXPECT_EQ(schema->tables[1].name, "people");
  const record::Table& users = schema->tables[2];
  EXPECT_THAT(users.columns,
              ElementsAre(record::Column{"id", "bigint", std::nullopt, false, true},
                          record::Column{"email", "character varying", 254, false, false},
                          record::Column{"display name", "text", std::nullopt, true, false},
                          record::Column{"created", "timestamp with time zone", std::nullopt, false, true}));
  EXPECT_THAT(users.unique, UnorderedElementsAre(ElementsAre("id"), ElementsAre("email")))
      << "an index on an expression is no key of a column";
  const auto elsewhere = look(address->substr(0, address->rfind('/')) + "/nothing");
  ASSERT_FALSE(elsewhere.has_value());
  EXPECT_THAT(elsewhere.error().what, HasSubstr("database \"nothing\" does not exist"));

  database << "create role reader login password 'hunter2'";
  database << "revoke select on pg_attribute from public";
  std::string as_reader = *address;
  const std::size_t account = as_reader.find("//") + 2;
  as_reader.replace(account, as_reader.find('@') - account, "reader:hunter2");
  const auto denied = look(as_reader);
  ASSERT_FALSE(denied.has_value());
  EXPECT_THAT(denied.error().what, HasSubstr("permission denied for table pg_attribute"));
  EXPECT_THAT(render(denied.error()), testing::Not(HasSubstr("hunter2")));
  running.send(SIGTERM);
}

TEST_F(DatabaseLook, TellsManyTables) {
  soci::session database("sqlite3", "dbname=\"" + file("app.db") + "\"");
  database << "begin";
  for (int n = 0; n < 5000; ++n) database << "create table t" + std::to_string(n) + " (id integer primary key, a text)";
  database << "commit";
  const auto schema = look("sqlite:app.db");
  ASSERT_TRUE(schema.has_value()) << render(schema.error());
  EXPECT_EQ(schema->tables.size(), 5000U);
  EXPECT_EQ(schema->tables.back().columns.size(), 2U);
  EXPECT_EQ(schema->tables.back().unique.size(), 1U);
}

} // namespace
} // namespace murphy::target
