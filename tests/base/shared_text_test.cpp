#include "base/shared_text.h"

#include <gmock/gmock.h>

namespace murphy {
namespace {

TEST(SharedText, IsOneTextForAllItsCopies) {
  const SharedText text = "scenarios/sign-in.toml";
  const SharedText copy = text; // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_EQ(text.view().data(), copy.view().data());
  EXPECT_EQ(copy, text);
}

TEST(SharedText, IsComparedByItsCharacters) {
  EXPECT_EQ(SharedText("a"), SharedText(std::string("a")));
  EXPECT_NE(SharedText("a"), SharedText("b"));
  EXPECT_LT(SharedText("a"), SharedText("b"));
  EXPECT_EQ(SharedText(), SharedText(""));
}

TEST(SharedText, IsReadAsAnyText) {
  const SharedText text = "a.toml";
  const std::string string = text;
  const std::string_view view = text;
  EXPECT_EQ(string, "a.toml");
  EXPECT_EQ(view, "a.toml");
  EXPECT_EQ(text, std::string("a.toml"));
  EXPECT_LT(text, "b.toml");
  EXPECT_TRUE(SharedText().empty());
  EXPECT_EQ(SharedText().str(), "");
}

} // namespace
} // namespace murphy
