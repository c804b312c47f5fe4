#include "imported/known_secrets.h"

#include "recorded_entries.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

const std::string token = "abcdefghKLMNOPQrst"; // of letters alone, so that its looks do not give it away everywhere

TEST(KnownSecrets, LearnTokensFromEveryPlace) {
  const auto is_hidden_after = [](HarEntry entry) {
    record::Redactor redactor;
    KnownSecrets secrets(redactor);
    secrets.learn(entry);
    secrets.finish("");
    return !secrets.is_clean("the value q7-" + token) || !secrets.is_clean("value=" + token);
  };
  EXPECT_TRUE(is_hidden_after(Made(1, "GET", "/?token=" + token)));
  EXPECT_TRUE(is_hidden_after(Made(1, "GET", "/").header("Cookie", "a=b; sid=" + token)));
  EXPECT_TRUE(is_hidden_after(Made(1, "GET", "/").header("Authorization", "Bearer " + token)));
  EXPECT_TRUE(is_hidden_after(Made(1, "GET", "/").header("Referer", app + "/?code=" + token)));
  EXPECT_TRUE(is_hidden_after(Made(1, "GET", "/", 302).location("/?access_token=" + token)));
  EXPECT_TRUE(is_hidden_after(Made(1, "GET", "/").body("<input name=csrf_token value=" + token + ">")));
  EXPECT_TRUE(is_hidden_after(Made(1, "POST", "/").sent("csrf_token=" + token)));
  EXPECT_TRUE(is_hidden_after(Made(1, "POST", "/").json(R"({"refresh_token": ")" + token + "\"}")));
  HarEntry answer = Made(1, "GET", "/").body(R"({"a": [{"access_token": ")" + token + "\"}]}");
  answer.answer_type = "application/json";
  EXPECT_TRUE(is_hidden_after(std::move(answer)));
  HarEntry cookies = Made(1, "GET", "/");
  cookies.answer_cookies = {{"remember", token}};
  EXPECT_TRUE(is_hidden_after(std::move(cookies)));
}

TEST(KnownSecrets, LearnPasswordsInEverySpelling) {
  record::Redactor redactor;
  KnownSecrets secrets(redactor);
  secrets.learn(Made(1, "POST", "/").sent("password=p%26%22+word&email=ada"));
  secrets.add_password("Umbra");
  secrets.add_password("Password");
  EXPECT_TRUE(secrets.is_clean("p&\" word")) << "nothing is looked for before all is known";
  secrets.finish("Your password\n");
  EXPECT_FALSE(secrets.is_clean("it is p&\" word"));
  EXPECT_FALSE(secrets.is_clean("it is p&amp;&quot; word"));
  EXPECT_FALSE(secrets.is_clean("penUmbra"));
  EXPECT_TRUE(secrets.is_clean("Password")) << "a word of the page gives nothing away";
  EXPECT_TRUE(secrets.is_clean("ada"));
}

TEST(KnownSecrets, LearnShortCodesAndPasswordsOfManyNames) {
  const auto is_hidden_after = [](HarEntry entry, const std::string& value) {
    record::Redactor redactor;
    KnownSecrets secrets(redactor);
    secrets.learn(entry);
    secrets.finish("");
    return !secrets.is_clean("Welcome " + value + "!");
  };
  for (const char* name : {"otp", "code", "pin", "pwd", "passwort", "pass", "senha", "p", "user[clave]"})
    EXPECT_TRUE(is_hidden_after(Made(1, "POST", "/").sent(std::string(name) + "=483920"), "483920")) << name;
  EXPECT_TRUE(is_hidden_after(Made(1, "POST", "/").json(R"({"password": 12345678})"), "12345678"));
  HarEntry plain = Made(1, "POST", "/").json(R"({"pin": "4711"})");
  plain.sent_type = "text/plain";
  EXPECT_TRUE(is_hidden_after(std::move(plain), "4711"));
  EXPECT_FALSE(is_hidden_after(Made(1, "POST", "/").sent("page=483920"), "483920"));
}

TEST(KnownSecrets, KnowTokensByTheirLooks) {
  for (const char* made : {"3f9c1e7a8b2d4c60", "SplxlOBeZQQYbYS6WxSbIA", "0f8fad5b-d9cb-469f-a165-70867728950e",
                           "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N"})
    EXPECT_TRUE(KnownSecrets::is_token(made)) << made;
  for (const char* plain : {"dashboard", "two-factor-authentication", "2026-11-29-annual-report", "order-4711",
                            "internationalisation", "", "Sign in"})
    EXPECT_FALSE(KnownSecrets::is_token(plain)) << plain;
}

TEST(KnownSecrets, AreNamedByTheirNames) {
  EXPECT_TRUE(KnownSecrets::is_secret("user[otp]", "123456"));
  EXPECT_TRUE(KnownSecrets::is_secret("password_reset_token", "x"));
  EXPECT_TRUE(KnownSecrets::is_secret("Пароль", "x"));
  EXPECT_FALSE(KnownSecrets::is_secret("password", ""));
  EXPECT_FALSE(KnownSecrets::is_secret("page", "2"));
}

} // namespace
} // namespace murphy::imported
