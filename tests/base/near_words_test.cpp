#include "base/near_words.h"

#include <gmock/gmock.h>

namespace murphy {
namespace {

constexpr std::string_view page =
    "Allotment About Sign in Create account Forgot your password? Welcome, Ada Lovelace! 3 beds";

std::string near(std::string_view wanted, std::string_view text = page, Extent extent = Extent::part) {
  const auto found = near_words(wanted, text, extent);
  return found ? found->words : "";
}

Unlike unlike(std::string_view wanted, std::string_view text) {
  const auto found = near_words(wanted, text, Extent::part);
  return found ? found->unlike : Unlike::word;
}

TEST(NearWords, DifferInHowTheyAreWritten) {
  EXPECT_EQ(near("sign In"), "Sign in");
  EXPECT_EQ(unlike("sign In", page), Unlike::letter_case);
  EXPECT_EQ(near("STRASSE", "Die Straße"), "Straße");
  EXPECT_EQ(near("Don't do that", "Please: don’t do that."), "don’t do that");
  EXPECT_EQ(unlike("don't do that", "Please: don’t do that."), Unlike::mark);
  EXPECT_EQ(unlike("Rose - \"north\"", "Rose – “north”"), Unlike::several);
  EXPECT_EQ(near("Loading...", "Loading…"), "Loading…");
  EXPECT_EQ(near("Log in", "Home Login Help"), "Login");
  EXPECT_EQ(unlike("Log in", "Home Login Help"), Unlike::spaces);
  EXPECT_EQ(near("Tools &amp; seeds", "All Tools & seeds here"), "Tools & seeds");
  EXPECT_EQ(unlike("Tools &amp; seeds", "All Tools & seeds here"), Unlike::reference);
  EXPECT_EQ(near("Rock 'n' Roll", "rock ‘n’ roll"), "rock ‘n’ roll");
  EXPECT_EQ(unlike("Rock 'n' Roll", "rock ‘n’ roll"), Unlike::several);
  EXPECT_EQ(near("Welcome back.", "Well. Welcome back! You"), "Welcome back!");
}

TEST(NearWords, SayWhichMarkDiffers) {
  const auto near = near_words("Ada's beds", "Ada’s beds", Extent::part);
  ASSERT_TRUE(near);
  EXPECT_EQ(near->wanted, "'");
  EXPECT_EQ(near->there, "’");
  const auto dots = near_words("Loading...", "Loading…", Extent::part);
  ASSERT_TRUE(dots);
  EXPECT_EQ(dots->wanted, "...");
  EXPECT_EQ(dots->there, "…");
}

TEST(NearWords, HaveOneWordMisspelled) {
  EXPECT_EQ(near("Wellcome"), "Welcome");
  EXPECT_EQ(near("Welcome, Ada Lovelance"), "Welcome, Ada Lovelace");
  EXPECT_EQ(near("sing in"), "Sign in");
  const auto found = near_words("Forgot your pasword?", page, Extent::part);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->words, "Forgot your password");
  EXPECT_EQ(found->wanted, "pasword");
  EXPECT_EQ(found->there, "password");
}

TEST(NearWords, AreNoOtherWords) {
  for (const std::string_view wanted : {"2 beds", "Welcome, Eda", "Sign up", "Sign out", "Frogot your pasword", "Saved",
                                        "Welcome, Grace Hopper", "", "?"})
    EXPECT_EQ(near(wanted), "") << wanted;
  for (const auto& [wanted, text] :
       {std::pair("Hello, Anna", "Hello, Anne"), std::pair("Confirmed", "Confirm"), std::pair("invalid", "It is valid"),
        std::pair("unlocked", "locked"), std::pair("Paid", "He said"), std::pair("Order 1234567", "Order 1234568"),
        std::pair("deleted", "selected"), std::pair("Welcome", ""), std::pair("island", "This land")})
    EXPECT_EQ(near(wanted, text), "") << wanted;
}

TEST(NearWords, AreNoneWhereTheTextHasTheWantedOnes) {
  EXPECT_EQ(near("Sign in", "Sign in SIGN IN"), "");
  EXPECT_EQ(near("Sign in", "Sign in", Extent::whole), "");
}

TEST(NearWords, AreNoneWhereSeveralMayBeMeant) {
  EXPECT_EQ(near("planing", "planning and planting"), "");
  EXPECT_EQ(near("planing", "planning and Planning"), "planning");
}

TEST(NearWords, MayHaveToBeTheWholeText) {
  EXPECT_EQ(near("sign in", "Sign in · Allotment", Extent::whole), "");
  EXPECT_EQ(near("sign in · allotment", "Sign in · Allotment", Extent::whole), "Sign in · Allotment");
  EXPECT_EQ(near("Sing in · Allotment", "Sign in · Allotment", Extent::whole), "Sign in · Allotment");
  EXPECT_EQ(near("Sing in", "Sign in · Allotment", Extent::whole), "");
}

} // namespace
} // namespace murphy
