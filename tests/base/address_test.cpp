#include "base/address.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace murphy {
namespace {

TEST(AddressParts, AreCutAsTheyAreWritten) {
  struct Case {
    std::string address, origin, path, query;
  };
  const std::vector<Case> cases = {
      {"http://app.test:8080/users/7?tab=a?b#top", "http://app.test:8080", "/users/7", "tab=a?b"},
      {"https://app.test", "https://app.test", "/", ""},
      {"https://app.test?tab=a", "https://app.test", "/", "tab=a"},
      {"https://app.test#/login?x", "https://app.test", "/", ""},
      {"https://app.test/#/login?x", "https://app.test", "/", ""},
      {"/login?next=https://app.test/a", "", "/login", "next=https://app.test/a"},
      {"/go/https://app.test/a", "", "/go/https://app.test/a", ""},
      {"login", "", "login", ""},
      {"?page=2", "", "", "page=2"},
      {"", "", "", ""},
  };
  for (const Case& each : cases) {
    const AddressParts parts = address_parts(each.address);
    EXPECT_EQ(parts.origin, each.origin) << each.address;
    EXPECT_EQ(parts.path, each.path) << each.address;
    EXPECT_EQ(parts.query, each.query) << each.address;
  }
}

} // namespace
} // namespace murphy
