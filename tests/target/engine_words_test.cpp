// What is left of a message when the words of the library are taken off.
#include "target/engine_words.h"

#include <gtest/gtest.h>

namespace murphy::target {
namespace {

TEST(EngineWords, AreThoseOfTheEngine) {
  EXPECT_EQ(words_of_engine("sqlite3_statement_backend::prepare: no such table: users"), "no such table: users");
  EXPECT_EQ(words_of_engine("Cannot establish connection to the database.\nconnection refused\n"),
            "connection refused");
  EXPECT_EQ(words_of_engine("Cannot execute query. ERROR:  permission denied"), "ERROR: permission denied");
  EXPECT_EQ(words_of_engine("Cannot establish connection to the database."), "it cannot be opened");
}

} // namespace
} // namespace murphy::target
