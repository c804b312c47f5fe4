#include "base/secret.h"

#include <gtest/gtest.h>
#include <type_traits>

namespace murphy {
namespace {

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_move_constructible_v<Secret> && !std::is_move_assignable_v<Secret>);

TEST(Secret, KeepsItsCharactersAndItsLabel) {
  const Secret secret(std::string("p&\"‹é%+ \\"), "ada.password");
  EXPECT_EQ(secret.reveal().view(), "p&\"‹é%+ \\");
  EXPECT_EQ(secret.label(), "ada.password");
  EXPECT_EQ(secret.mask(), "‹ada.password›");
  EXPECT_EQ(secret.outline(), "‹ada.password›");
}

TEST(Secret, ShowsWhatAroundItIsNoSecret) {
  const Value value(std::make_shared<const Secret>(SealedText("Bearer s3cret"), "header", "Bearer ‹api.key›"));
  EXPECT_EQ(value.shown(), "‹header›");
  EXPECT_EQ(value.outline(), "Bearer ‹api.key›");
}

TEST(Secret, OfATextThatIsPutTogetherMasksEachReference) {
  const auto mask = [](const char* label) { return Secret(SealedText("x"), label).mask(); };
  EXPECT_EQ(mask("/land?x=${token}&y=${ada.password}#a"), "/land?x=‹token›&y=‹ada.password›#a");
  EXPECT_EQ(mask("Basic ${base64:${ada.email}:${ada.password}}"), "Basic ‹base64:${ada.email}:${ada.password}›");
  EXPECT_EQ(mask("${ada.password}"), "‹ada.password›");
  EXPECT_EQ(mask("${open"), "‹${open›");
}

// Reads what a string's buffer holds behind its end, up to its capacity.
std::string buffer_of(std::string& text) {
  text.resize(text.capacity(), '#');
  return text;
}

TEST(Secret, WipesAShortStringItWasMadeFrom) {
  std::string characters = "hunter2hunter2";
  const char* place = characters.data();
  const Secret secret(std::move(characters), "s");
  EXPECT_TRUE(characters.empty()); // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_EQ(characters.data(), place);
  EXPECT_EQ(std::string_view(place, 14).find("hunter2"), std::string_view::npos);
}

TEST(Secret, WipesALongStringItWasMadeFrom) {
  std::string characters(100, 'x');
  const Secret secret(std::move(characters), "s");
  EXPECT_TRUE(characters.empty()); // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(buffer_of(characters).find('x'), std::string::npos);
  EXPECT_EQ(secret.reveal().view(), std::string(100, 'x'));
}

TEST(Value, OfPlainTextIsShownAsItIs) {
  const Value value(std::string("Ada"));
  EXPECT_FALSE(value.is_secret());
  EXPECT_EQ(value.shown(), "Ada");
  EXPECT_EQ(value.text(), "Ada");
  EXPECT_EQ(value.outline(), "Ada");
  EXPECT_EQ(reveal(value).view(), "Ada");
  EXPECT_EQ(with_text(value, ClearText("Bob")).text(), "Bob");
  EXPECT_EQ(value.secret(), nullptr);
}

TEST(Value, OfASecretIsShownByItsLabel) {
  const Value value(std::make_shared<const Secret>(std::string("hunter2"), "ada.password"));
  EXPECT_TRUE(value.is_secret());
  EXPECT_EQ(value.shown(), "‹ada.password›");
  EXPECT_EQ(value.text(), "");
  EXPECT_EQ(reveal(value).view(), "hunter2");
  const Value other = with_text(value, ClearText("hunter3"));
  EXPECT_EQ(other.shown(), "‹ada.password›");
  EXPECT_EQ(reveal(other).view(), "hunter3");
}

TEST(Value, IsEmptyPlainTextWhenNothingIsSaid) {
  EXPECT_EQ(Value().shown(), "");
  EXPECT_FALSE(Value().is_secret());
}

} // namespace
} // namespace murphy
