#include "base/sign_in_words.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(SignInWords, NameASecret) {
  for (const char* name : {"password", "new_Password", "passwd", "passphrase", "totp", "TOTP_code", "api_token"})
    EXPECT_TRUE(names_a_secret(name)) << name;
  for (const char* name : {"email", "name", "pass", "key"}) EXPECT_FALSE(names_a_secret(name)) << name;
}

TEST(SignInWords, NameASession) {
  for (const char* name : {"django_session", "sessions", "UserSession", "SESS", "user_sesions"})
    EXPECT_TRUE(names_a_session(name)) << name;
  for (const char* name : {"users", "assessment", "sid"}) EXPECT_FALSE(names_a_session(name)) << name;
}

TEST(SignInWords, SayThatAnAccountIsLocked) {
  for (const char* words : {"Too many failed attempts.", "Your account has been LOCKED", "This user is blocked",
                            "Please wait a while", "Try again in 5 minutes", "Rate limit exceeded"})
    EXPECT_TRUE(says_locked(words)) << words;
  for (const char* words : {"Wrong email or password", "Please try again", "is too long", ""})
    EXPECT_FALSE(says_locked(words)) << words;
}

TEST(SignInWords, APasswordFieldIsToldByItsType) {
  EXPECT_TRUE(is_password_type("Password"));
  EXPECT_FALSE(is_password_type("text"));
}

} // namespace
} // namespace murphy
