#include "imported/secret_fields.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

TEST(SecretFields, TakePasswords) {
  for (const char* name :
       {"pass",     "p",          "pw",         "user[passwd]",   "_password",  "newPass", "pass2",  "senha",
        "Kennwort", "clave",      "CONTRASEÑA", "Mot de passe :", "wachtwoord", "hasło",   "Пароль", "ŞİFRE parola",
        "密码",     "パスワード", "비밀번호",   "รหัสผ่าน"})
    EXPECT_TRUE(names_a_password(name)) << name;
  for (const char* name : {"passport", "compass", "page", "name", "", "Email", "q"})
    EXPECT_FALSE(names_a_password(name)) << name;
}

TEST(SecretFields, TakeCodes) {
  for (const char* name : {"pin", "otp", "user[otp_code]", "2fa", "cvc", "smsTan", "Einmalcode"})
    EXPECT_TRUE(names_a_code(name)) << name;
  for (const char* name : {"shopping", "country_code", "titan", ""}) EXPECT_FALSE(names_a_code(name)) << name;
}

TEST(SecretFields, TakeLogins) {
  for (const char* name : {"user[login]", "email", "_username", "uid", "AccountName", "Benutzername", "E-mail"})
    EXPECT_TRUE(names_a_login(name)) << name;
  for (const char* name : {"user_type", "user[role]", "userpass", "q", "user[name]", "City", ""})
    EXPECT_FALSE(names_a_login(name)) << name;
}

TEST(SecretFields, TakeTicks) {
  EXPECT_TRUE(is_switch("On"));
  EXPECT_FALSE(is_switch("7"));
}

} // namespace
} // namespace murphy::imported
