#include "base/shared.h"

#include <gtest/gtest.h>
#include <string>

namespace murphy {
namespace {

TEST(Shared, CopiesAreOneValueUntilOneIsEdited) {
  Shared<std::string> one(std::string("Ada"));
  const Shared<std::string> other = one;
  EXPECT_EQ(&*one, &*other);
  one.edit() += " Lovelace";
  EXPECT_EQ(*one, "Ada Lovelace");
  EXPECT_EQ(*other, "Ada");
}

TEST(Shared, WithOneHolderIsEditedInPlace) {
  Shared<std::string> only(std::string("Ada"));
  const std::string* before = &*only;
  only.edit() = "Grace";
  EXPECT_EQ(&*only, before);
}

TEST(Shared, ThatWasGivenNothingIsAValueOfItsOwnOnceEdited) {
  Shared<std::string> one;
  one.edit() = "Ada";
  EXPECT_EQ(*Shared<std::string>(), "");
}

TEST(Shared, IsEqualByValue) {
  EXPECT_EQ(Shared<std::string>(std::string("Ada")), Shared<std::string>(std::string("Ada")));
  EXPECT_FALSE(Shared<std::string>(std::string("Ada")) == Shared<std::string>());
}

} // namespace
} // namespace murphy
