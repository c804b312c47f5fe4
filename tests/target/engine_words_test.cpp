// What is left of a message when the words of the library are taken off.
#include "target/engine_words.h"

#include <gtest/gtest.h>
#include <string>

namespace murphy::target {
namespace {

TEST(EngineWords, AreThoseOfTheEngine) {
  EXPECT_EQ(words_of_engine("sqlite3_statement_backend::prepare: no such table: users"), "no such table: users");
  EXPECT_EQ(words_of_engine("Cannot establish connection to the database.\nconnection refused\n"),
            "connection refused");
  EXPECT_EQ(words_of_engine("Cannot execute query. ERROR:  permission denied"), "ERROR: permission denied");
  EXPECT_EQ(words_of_engine("Cannot establish connection to the database."), "it cannot be opened");
  EXPECT_EQ(words_of_engine("Fatal error. the server ended"), "the server ended");
}

TEST(EngineWords, NameThePackageOfALibraryThatIsNotThere) {
  const auto missing = [](const std::string& backend) {
    return "Failed to find shared library for backend " + backend;
  };
  EXPECT_EQ(words_of_engine(missing("sqlite3")),
            "there is no library for SQLite: the Debian package libsoci-sqlite3-4.0 has it");
  EXPECT_EQ(words_of_engine(missing("postgresql")),
            "there is no library for PostgreSQL: the Debian package libsoci-postgresql4.0 has it");
  EXPECT_EQ(words_of_engine(missing("mysql")),
            "there is no library for MariaDB and MySQL: the Debian package libsoci-mysql4.0 has it");
  EXPECT_EQ(remedy_of_engine(missing("mysql"), "check the address"),
            "install that package; for the archive of a release, install what has libmariadb.so.3");
  EXPECT_EQ(remedy_of_engine("connection refused", "check the address"), "check the address");
}

} // namespace
} // namespace murphy::target
