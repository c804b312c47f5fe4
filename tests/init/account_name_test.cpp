#include "init/account_name.h"

#include <gtest/gtest.h>

namespace murphy::init {
namespace {

TEST(AccountName, IsMadeOfWhatIsTyped) {
  EXPECT_EQ(user_name_of("ada@example.com"), "ada");
  EXPECT_EQ(user_name_of("Ada.Lovelace@example.com"), "ada_lovelace");
  EXPECT_EQ(user_name_of("Ada Lovelace"), "ada_lovelace");
  EXPECT_EQ(user_name_of("admin"), "admin");
  EXPECT_EQ(user_name_of("__ada__"), "ada");
  EXPECT_EQ(user_name_of("4711"), "") << "no name begins with a digit";
  EXPECT_EQ(user_name_of("Ädä"), "d") << "other letters are left out";
  EXPECT_EQ(user_name_of("あだ"), "");
  EXPECT_EQ(user_name_of(""), "");
}

TEST(AccountName, NamesItsVariables) {
  EXPECT_EQ(variable_of("ada", "password"), "ADA_PASSWORD");
  EXPECT_EQ(variable_of("ada-b", "email"), "ADA_B_EMAIL");
}

} // namespace
} // namespace murphy::init
