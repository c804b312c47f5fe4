#include "run/steps/slip.h"

#include "fake_browser.h"

#include <gmock/gmock.h>

namespace murphy::run {
namespace {

TEST(Slip, IsALetterLeftOutOneTooManyOrTwoSwappedInsideALongWord) {
  for (const auto& [wanted, there] :
       {std::pair("Invlid", "Invalid"), std::pair("Invallid", "Invalid"), std::pair("Inavlid", "Invalid"),
        std::pair("Ungltig", "Ungültig"), std::pair("flahs-error", "flash-error")}) {
    EXPECT_TRUE(is_slip(wanted, there)) << wanted;
    EXPECT_TRUE(is_slip(there, wanted)) << there;
  }
}

TEST(Slip, IsNoOtherWord) {
  for (const auto& [wanted, there] :
       {std::pair("Invalid", "Invalid"), std::pair("errors", "error"), std::pair("error1", "error2"),
        std::pair("read", "raed"), std::pair("Wilson", "Wilton"), std::pair("unsaved", "saved"),
        std::pair("column-12", "column-112"), std::pair("logged-in", "loggedin"), std::pair("signed", "signer"),
        std::pair("column-12", "column-21"), std::pair("", "letter")})
    EXPECT_FALSE(is_slip(wanted, there)) << wanted << " " << there;
}

TEST(Slip, InAPhraseIsInOneWord) {
  EXPECT_EQ(slipped_words("Invlid password", "Sorry. Invalid password!"), "Invalid password");
  EXPECT_EQ(slipped_words("too many attmepts", "There were too many attempts."), "too many attempts");
  EXPECT_EQ(slipped_words("Invlid pasword", "Invalid password"), "") << "two slips make another phrase";
  EXPECT_EQ(slipped_words("Invlid password", "Invalid user name"), "");
  EXPECT_EQ(slipped_words("Invlid password", "Invalid"), "");
  EXPECT_EQ(slipped_words("", "Invalid"), "");
  EXPECT_EQ(slipped_words("Invlid", ""), "");
}

TEST(Slip, InASelectorIsInANameThatThePageDoesNotHave) {
  FakePage page;
  const drive::Element flash{"Sorry", {{"class", "flash-error flahs-error-2"}, {"id", "message"}}};
  page.elements = {{"*", {flash}}, {".flash-error", {flash}}, {"#message > b", {flash}}};
  EXPECT_THAT(slipped_selectors(".flahs-error", page), testing::ElementsAre(".flash-error"));
  EXPECT_THAT(slipped_selectors("#mesage > b", page), testing::ElementsAre("#message > b"));
  EXPECT_THAT(slipped_selectors("p.flahs-error", page), testing::IsEmpty()) << "nothing is selected so";
  EXPECT_THAT(slipped_selectors(".flash-error", page), testing::IsEmpty());
}

TEST(Slip, InASelectorOfWhatIsMissingMayBeAnywhereInAName) {
  FakePage page;
  const drive::Element tab{"", {{"class", "tabs open"}, {"id", "tab-12"}, {"name", "email"}}};
  page.elements = {{"*", {tab}}, {"[name=email]", {tab}}, {".tabs", {tab}}, {"#tab-12", {tab}}};
  EXPECT_EQ(near_selector("[name=emial]", page), "[name=email]");
  EXPECT_EQ(near_selector(".tbas", page), ".tabs");
  EXPECT_EQ(near_selector("[name=email]", page), std::nullopt);
  EXPECT_EQ(near_selector("#tab-13", page), std::nullopt);
  EXPECT_EQ(near_selector(".panel", page), std::nullopt);
}

} // namespace
} // namespace murphy::run
