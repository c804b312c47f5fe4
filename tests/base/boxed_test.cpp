#include "base/boxed.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace murphy {
namespace {

TEST(Boxed, IsEmptyUntilItIsGivenAValue) {
  Boxed<std::string> box;
  EXPECT_FALSE(box);
  box.emplace() = "Ada";
  ASSERT_TRUE(box);
  EXPECT_EQ(*box, "Ada");
  EXPECT_EQ(box->size(), 3U);
}

TEST(Boxed, CopiesAreDeepAndMovesLeaveNothing) {
  Boxed<std::string> one = std::string("Ada");
  Boxed<std::string> other = one;
  *one = "Grace";
  EXPECT_EQ(*other, "Ada");
  one = std::move(other);
  EXPECT_EQ(*one, "Ada");
  EXPECT_FALSE(other);
}

TEST(Boxed, IsEqualByValueAndToNothingOnlyWhenEmpty) {
  EXPECT_EQ(Boxed<std::string>(std::string("Ada")), Boxed<std::string>(std::string("Ada")));
  EXPECT_FALSE(Boxed<std::string>(std::string("Ada")) == Boxed<std::string>(std::string("Grace")));
  EXPECT_FALSE(Boxed<std::string>(std::string()) == Boxed<std::string>());
  EXPECT_EQ(Boxed<std::string>(), Boxed<std::string>());
}

} // namespace
} // namespace murphy
