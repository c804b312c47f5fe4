#include "init/words.h"

#include <gtest/gtest.h>

namespace murphy::init {
namespace {

TEST(Words, AreKnownInManyLanguages) {
  for (const char* words : {"Log in", "LOG IN", "Anmelden", "ログイン", "Connexion", "Войти", "登录"})
    EXPECT_EQ(says(Role::sign_in, words), Says::wholly) << words;
  for (const char* words : {"Sign out", "Logout", "Abmelden", "ログアウト", "تسجيل الخروج"})
    EXPECT_EQ(says(Role::sign_out, words), Says::wholly) << words;
  EXPECT_EQ(says(Role::user, "Benutzername:"), Says::wholly);
}

TEST(Words, AreAPartOfATextAsWholeWords) {
  EXPECT_EQ(says(Role::sign_out, "Sign out of the garden"), Says::in_part);
  EXPECT_EQ(says(Role::sign_out, "Design outlets"), Says::nothing);
  EXPECT_EQ(says(Role::sign_in, "アカウントへログインする"), Says::in_part) << "no space between words";
  EXPECT_EQ(says(Role::sign_in, ""), Says::nothing);
  EXPECT_EQ(says(Role::sign_out, "Sign in"), Says::nothing);
}

} // namespace
} // namespace murphy::init
