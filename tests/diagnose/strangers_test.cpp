#include "diagnose/strangers.h"

#include <gtest/gtest.h>

namespace murphy::diagnose {
namespace {

TEST(ALineOfStrangers, TellsAVisitorFromTheAppsOwnAccount) {
  EXPECT_TRUE(is_of_strangers("warn Auth Login failed for user 'root' from 203.0.113.9"));
  EXPECT_FALSE(is_of_strangers("Login failed for user 'shop'. [CLIENT: 10.0.0.9]"));
  EXPECT_FALSE(is_of_strangers("Login failed for user 'shop' from pool one"));
  EXPECT_FALSE(is_of_strangers("Login failed for user 'ada' from 127.0.0.1: column \"pasword\" does not exist"));
}

TEST(AnAddressOfStrangers, IsOneThatNoPageOfTheAppLeadsTo) {
  for (const char* address : {"/favicon.ico", "/apple-touch-icon-precomposed.png", "/.env", "/api/.git/config",
                              "wp-login.php", "https://club.test/WP-admin/setup.php", "/phpmyadmin/index.php?lang=en"})
    EXPECT_TRUE(is_asked_by_strangers(address)) << address;
  for (const char* address : {"/", "/dashboard", "/environment", "/.well-known/openid-configuration", "/login.php",
                              "/account?next=/.env", "/phpmyadmin-sso/login", "/favicons", "/.environment"})
    EXPECT_FALSE(is_asked_by_strangers(address)) << address;
}

} // namespace
} // namespace murphy::diagnose
