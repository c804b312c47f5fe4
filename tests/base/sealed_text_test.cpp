#include "base/sealed_text.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(SealedText, HoldsNoCharacterInClear) {
  const std::string clear(1000, 'x');
  const SealedText text(clear);
  EXPECT_EQ(text.sealed().find('x'), std::string::npos);
  EXPECT_EQ(text.size(), clear.size());
  EXPECT_EQ(text.reveal().view(), clear);
}

TEST(SealedText, IsTheSameHoweverItWasPutTogether) {
  SealedText text("Bearer ");
  text.append(SealedText("s3cret"));
  text.append(std::string_view("\0!", 2));
  const std::string_view whole("Bearer s3cret\0!", 15);
  EXPECT_EQ(text.reveal().view(), whole);
  EXPECT_EQ(text.sealed(), SealedText(whole).sealed());
  EXPECT_TRUE(SealedText().empty());
}

TEST(SealedText, IsSearchedByCharactersThatAreSealedForTheirPlace) {
  const SealedText text("abc");
  EXPECT_EQ(text.sealed()[1], SealedText::pad().seal('b', 1));
  EXPECT_NE(text.sealed()[1], SealedText::pad().seal('c', 1));
}

} // namespace
} // namespace murphy
