#include "diagnose/mask.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::HasSubstr;
using testing::Not;

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

} // namespace
} // namespace murphy::diagnose
