#include "base/secret.h"

#include <gtest/gtest.h>
#include <type_traits>

namespace murphy {
namespace {

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_move_constructible_v<Secret> && !std::is_move_assignable_v<Secret>);

TEST(Secret, KeepsItsCharactersAndItsLabel) {
  const Secret secret(std::string("p&\"‹é%+ \\"), "ada.password");
  EXPECT_EQ(secret.reveal(), "p&\"‹é%+ \\");
  EXPECT_EQ(secret.label(), "ada.password");
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
  EXPECT_EQ(secret.reveal(), std::string(100, 'x'));
}

TEST(Wipe, ReachesWhatWasCutOff) {
  std::string text = "a long secret that does not fit inside";
  const char* place = text.data();
  const std::size_t capacity = text.capacity();
  text.resize(3);
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text.data(), place);
  EXPECT_EQ(std::string_view(place, capacity), std::string(capacity, '\0'));
}

TEST(Value, OfPlainTextIsShownAsItIs) {
  const Value value(std::string("Ada"));
  EXPECT_FALSE(value.is_secret());
  EXPECT_EQ(value.shown(), "Ada");
  EXPECT_EQ(value.reveal(), "Ada");
  EXPECT_EQ(value.secret(), nullptr);
}

TEST(Value, OfASecretIsShownByItsLabel) {
  const Value value(std::make_shared<const Secret>(std::string("hunter2"), "ada.password"));
  EXPECT_TRUE(value.is_secret());
  EXPECT_EQ(value.shown(), "‹ada.password›");
  EXPECT_EQ(value.reveal(), "hunter2");
}

TEST(Value, IsEmptyPlainTextWhenNothingIsSaid) {
  EXPECT_EQ(Value().shown(), "");
  EXPECT_FALSE(Value().is_secret());
}

} // namespace
} // namespace murphy
