#include "diagnose/lines.h"
#include "diagnose/mask.h"
#include "diagnose/sieve.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Readable, LeavesColoursAndCarriageReturnsOut) {
  EXPECT_EQ(readable("\x1b[31mno such column\x1b[0m: emial\r\n"), "no such column: emial\n");
  EXPECT_EQ(readable("\x1b]0;title\anext"), "next");
  EXPECT_EQ(readable("caf\xE9"), "caf\xEF\xBF\xBD");
}

TEST(Readable, UnwrapsLinesOfLoggersInJson) {
  EXPECT_EQ(
      readable(
          R"({"level":50,"msg":"sign-in failed","err":{"message":"no such column: emial","stack":"Error\n  at a.js:1"}})"
          "\nplain {text}"),
      "sign-in failed\nno such column: emial\nError\n  at a.js:1\nplain {text}");
  EXPECT_EQ(readable("{not json}"), "{not json}");
}

TEST(Masked, HidesValuesAndKeepsNames) {
  EXPECT_EQ(
      masked(
          "Unknown column 'user_login' in 'WHERE' for query SELECT * FROM wp_users WHERE user_login = 'ada' LIMIT 1"),
      "Unknown column 'user_login' in 'WHERE' for query SELECT * FROM wp_users WHERE user_login = '‹…›' LIMIT 1");
  EXPECT_EQ(masked("INSERT INTO t (a, b) VALUES ('ada', 'hunter2')"), "INSERT INTO t (a, b) VALUES ('‹…›', '‹…›')");
  EXPECT_EQ(masked("undefined method `emial' for #<User id: 1, email: \"ada@example.com\">"),
            "undefined method `emial' for #<User id: 1, email: \"‹…›\">");
  EXPECT_EQ(masked("DETAIL:  Key (email)=(ada) already exists."), "DETAIL: Key (email)=(‹…›) already exists.");
  EXPECT_THAT(masked("stored $2b$12$abcdefghijklmnopqrstuv.wxyz0123456789"), Not(HasSubstr("abcdefgh")));
  EXPECT_THAT(masked("postgres://app:geheim7@db/shop"), Not(HasSubstr("geheim7")));
  EXPECT_THAT(masked("Parameters: {\"user\"=>{\"pasword\"=>\"geheim7\"}}"), Not(HasSubstr("geheim7")));
  EXPECT_EQ(masked("column \"emial\" does not exist"), "column \"emial\" does not exist");
}

TEST(Sieve, KeepsAShortLogWhole) {
  Sieve sieve(Signatures::built_in());
  sieve.add("one\ntw");
  sieve.add("o\n");
  EXPECT_EQ(sieve.finish(), "one\ntwo\n");
  EXPECT_FALSE(sieve.cut());
}

TEST(Sieve, KeepsOfALongLogWhatTells) {
  Sieve sieve(Signatures::built_in());
  const std::string ordinary(100, 'x');
  for (int i = 0; i < 60'000; ++i) {
    sieve.add(ordinary + "\n");
    if (i == 30'000) sieve.add("no such column: emial\n");
  }
  const std::string kept = sieve.finish();
  EXPECT_TRUE(sieve.cut());
  EXPECT_LT(kept.size(), 50'000U);
  EXPECT_THAT(kept, HasSubstr("no such column: emial\n"));
}

} // namespace
} // namespace murphy::diagnose
