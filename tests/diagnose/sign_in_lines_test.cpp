#include "diagnose/sign_in_lines.h"

#include <gtest/gtest.h>

#include <vector>

namespace murphy::diagnose {
namespace {

TEST(ALineThatSaysSignedIn, IsReadInTheWordsOfApps) {
  for (const char* line : {"      User logged in.", "level=info logger=club.auth msg=\"login ok\" username=eva",
                           "security.INFO: Authenticator successful! {\"token\": {}}",
                           "INFO -- : Successful authentication for 'eva' from 10.8.0.3 at 2026-05-19",
                           "DEBUG o.s.s.a.dao.DaoAuthenticationProvider : Authenticated user",
                           "event=authentication_success user=eva", "member 17 signed in"})
    EXPECT_TRUE(says_signed_in(line)) << line;
}

TEST(ALineThatSaysSignedIn, IsNoneThatSaysOtherwise) {
  for (const char* line : {"User is not logged in",
                           "401: you must be signed in to see this page",
                           "login failed",
                           "LoginError: login successful but no session",
                           "unauthenticated user",
                           "Login page shown",
                           "redirecting to /dashboard if logged in",
                           "please try again when signed in",
                           "blogged in 3 rooms",
                           "Failed login, successful login expected",
                           "user isn't logged in, off to /login",
                           "You have to be logged in",
                           "user is logged in? false",
                           "Users who are logged in can open /dashboard",
                           "login success, value: false",
                           "authenticated user: anonymous",
                           "0 users logged in",
                           "cron: sign-in successful to the store",
                           "235 2.7.0 Authentication successful",
                           "\"msg\":\"Authentication succeeded\",\"mechanism\":1"})
    EXPECT_FALSE(says_signed_in(line)) << line;
}

TEST(ALineThatSaysSignedIn, IsFoundAsTheNewest) {
  const std::vector<std::string_view> lines{"user logged in", "oops", "user logged in", "user logged out"};
  EXPECT_EQ(newest_sign_in(lines), 2U);
  EXPECT_EQ(newest_sign_in(std::span(lines).subspan(3)), std::nullopt);
}

} // namespace
} // namespace murphy::diagnose
