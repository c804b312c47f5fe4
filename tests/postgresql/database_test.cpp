// The app's database layer says and does on PostgreSQL what it does on SQLite, in PostgreSQL's words.
#include "server.h"

#include "data/app_folder.h"
#include "data/settings.h"
#include "database/database.h"
#include "database/migrations.h"
#include "error.h"
#include "model/records.h"
#include "model/user.h"
#include "tests/places.h"

#include <cstdint>
#include <gmock/gmock.h>

namespace dashboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Postgresql : public ::testing::Test {
protected:
  // The words of the error that the statement ends in.
  std::string error_of(const std::string& sql, const Binds& binds = {}) {
    try {
      session.run("queries/t.sql", sql, binds);
    } catch (const DatabaseError& error) {
      broke_constraint = error.breaks_constraint();
      return error.what();
    }
    return "no error";
  }

  std::string address = fresh_database();
  Database database{address, 2};
  RequestLog log;
  DatabaseSession session{database, log};
  bool broke_constraint = false;
};

TEST_F(Postgresql, RowsAreTextWhateverTheirType) {
  session.run("t", "CREATE TABLE t (a BIGINT, b INTEGER, c VARCHAR(9), d TEXT)", {});
  session.run("t", "INSERT INTO t VALUES (:a, :b, :c, :d)",
              {{"a", std::int64_t{5'000'000'000}}, {"b", std::int64_t{-7}}, {"c", "it's"}, {"d", std::monostate()}});
  const auto rows = session.run("t", "SELECT a, b, c, d, COUNT(*) AS n FROM t GROUP BY a, b, c, d", {});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].number("a"), 5'000'000'000);
  EXPECT_EQ(rows[0].number("b"), -7);
  EXPECT_EQ(rows[0].text("c"), "it's");
  EXPECT_FALSE(rows[0].columns.at("d"));
  EXPECT_EQ(rows[0].number("n"), 1);
}

TEST_F(Postgresql, ErrorsAreTheServersOwnWordsWithItsHint) {
  session.run("t", "CREATE TABLE users (pasword_hash TEXT)", {});
  EXPECT_EQ(error_of("SELECT password_hash FROM users"),
            "ERROR:  column \"password_hash\" does not exist\n"
            "LINE 1: SELECT password_hash FROM users\n"
            "               ^\n"
            "HINT:  Perhaps you meant to reference the column \"users.pasword_hash\".");
  EXPECT_FALSE(broke_constraint);
  EXPECT_EQ(error_of("SELECT 1 FROM user_s"), "ERROR:  relation \"user_s\" does not exist\n"
                                              "LINE 1: SELECT 1 FROM user_s\n"
                                              "                      ^");
}

TEST_F(Postgresql, ErrorsQuoteNoRow) {
  session.run("t", "CREATE TABLE t (a VARCHAR(4) UNIQUE, b TEXT NOT NULL)", {});
  session.run("t", "INSERT INTO t VALUES (:a, 'b')", {{"a", "once"}});
  EXPECT_EQ(error_of("INSERT INTO t VALUES (:a, 'b')", {{"a", "once"}}),
            "ERROR:  duplicate key value violates unique constraint \"t_a_key\"");
  EXPECT_TRUE(broke_constraint);
  EXPECT_EQ(error_of("INSERT INTO t VALUES (:a, NULL)", {{"a", "hash"}}),
            "ERROR:  null value in column \"b\" of relation \"t\" violates not-null constraint");
  EXPECT_TRUE(broke_constraint);
  EXPECT_EQ(error_of("INSERT INTO t VALUES (:a, 'b')", {{"a", "longer"}}),
            "ERROR:  value too long for type character varying(4)");
}

TEST_F(Postgresql, CanBeReadOnly) {
  Database copy(address, 1);
  copy.set_read_only(true);
  DatabaseSession reader(copy, log);
  EXPECT_THROW(reader.run("t", "CREATE TABLE t (a TEXT)", {}), DatabaseError);
}

TEST_F(Postgresql, ARefusedMigrationLeavesNothingBehind) {
  session.begin();
  session.run("t", "CREATE TABLE t (a TEXT)", {});
  EXPECT_THROW(session.run("t", "CREATE TABLE t (a TEXT)", {}), DatabaseError);
  session.rollback();
  EXPECT_THAT(error_of("SELECT a FROM t"), HasSubstr("relation \"t\" does not exist"));
}

TEST_F(Postgresql, MigrationsRunOnce) {
  const AppFolder folder(murphy::in_project("fixtures/dashboard/app"), {});
  const Settings settings(folder);
  migrate(database, folder, settings);
  migrate(database, folder, settings);
  Records records(folder, session);
  EXPECT_EQ(Users(records).by_email("ADA@example.com").value().display_name, "Ada Lovelace");
}

TEST_F(Postgresql, ALostConnectionIsReplaced) {
  {
    Database small(address, 1);
    RequestLog quiet;
    EXPECT_THROW(DatabaseSession(small, quiet).run("t", "SELECT pg_terminate_backend(pg_backend_pid())", {}),
                 DatabaseError);
    EXPECT_EQ(DatabaseSession(small, quiet).run("t", "SELECT 1 AS one", {}).at(0).text("one"), "1");
  }
}

TEST_F(Postgresql, ItsPasswordIsNotShown) {
  EXPECT_THAT(database.name(),
              AllOf(HasSubstr("postgresql://allotment@127.0.0.1:"), Not(HasSubstr(server_password()))));
  std::string wrong = address;
  wrong.replace(wrong.find(server_password()), server_password().size(), "not-it");
  Database refused(wrong, 1);
  try {
    DatabaseSession opened(refused, log);
    FAIL() << "no error";
  } catch (const AppError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("password authentication failed for user \"allotment\""), Not(HasSubstr("not-it"))));
  }
}

} // namespace
} // namespace dashboard::testing
