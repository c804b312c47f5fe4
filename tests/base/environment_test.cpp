#include "base/environment.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>

namespace murphy {
namespace {

bool is_inherited(std::string_view entry) {
  return std::ranges::any_of(inherited_environment(), [&](const ClearText& each) { return each.view() == entry; });
}

TEST(Environment, KeepsWhatItHides) {
  setenv("MURPHY_TEST_HIDDEN", "s3cret", 1);
  const char* value = getenv("MURPHY_TEST_HIDDEN");
  hide_environment_variable("MURPHY_TEST_HIDDEN");
  EXPECT_EQ(std::string_view(value, 6), std::string(6, '\0'));
  EXPECT_STREQ(getenv("MURPHY_TEST_HIDDEN"), "");
  EXPECT_EQ(environment_variable("MURPHY_TEST_HIDDEN").value().view(), "s3cret");
  EXPECT_TRUE(is_inherited("MURPHY_TEST_HIDDEN=s3cret"));
  hide_environment_variable("MURPHY_TEST_HIDDEN"); // harmless when repeated
  EXPECT_EQ(environment_variable("MURPHY_TEST_HIDDEN").value().view(), "s3cret");
}

TEST(Environment, LeavesTheOthersAsTheyAre) {
  setenv("MURPHY_TEST_PLAIN", "a=b", 1);
  setenv("MURPHY_TEST_EMPTY", "", 1);
  unsetenv("MURPHY_TEST_MISSING");
  hide_environment_variable("MURPHY_TEST_EMPTY");
  hide_environment_variable("MURPHY_TEST_MISSING");
  EXPECT_EQ(environment_variable("MURPHY_TEST_PLAIN").value().view(), "a=b");
  EXPECT_EQ(environment_variable("MURPHY_TEST_EMPTY").value().view(), "");
  EXPECT_FALSE(environment_variable("MURPHY_TEST_MISSING"));
  EXPECT_TRUE(is_inherited("MURPHY_TEST_PLAIN=a=b"));
}

} // namespace
} // namespace murphy
