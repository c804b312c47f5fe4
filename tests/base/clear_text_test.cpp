#include "base/clear_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <ostream>
#include <type_traits>

namespace murphy {
namespace {

template <class T>
concept Printable = requires(std::ostream& stream, const T& text) { stream << text; };

static_assert(!std::is_copy_constructible_v<ClearText> && !std::is_copy_assignable_v<ClearText>);
static_assert(!Printable<ClearText> && !fmt::is_formattable<ClearText>::value);
static_assert(!std::is_convertible_v<ClearText, std::string> && !std::is_convertible_v<ClearText, std::string_view>);

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

TEST(ClearText, IsPutTogether) {
  ClearText text("GET ");
  EXPECT_FALSE(text.empty());
  text.append(std::string(100, 'x'));
  text.push_back('!');
  EXPECT_EQ(text.view(), "GET " + std::string(100, 'x') + "!");
  EXPECT_EQ(text.size(), 105U);
}

TEST(ClearText, LeavesNothingBehindWhereItWasMovedFrom) {
  for (const std::size_t length : {7U, 100U}) {
    ClearText first(std::string(length, 'x'));
    const char* place = first.data();
    ClearText second = std::move(first);
    EXPECT_TRUE(first.empty()); // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(second.view(), std::string(length, 'x'));
    // A short text lay inside the object, which is still there.
    if (length == 7) {
      EXPECT_EQ(std::string_view(place, length), std::string(length, '\0'));
    }
  }
}

} // namespace
} // namespace murphy
