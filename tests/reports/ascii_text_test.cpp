#include "reports/ascii_text.h"

#include <gtest/gtest.h>

namespace murphy::reports {
namespace {

TEST(AsciiText, WritesSignsAsAsciiDoes) {
  EXPECT_EQ(ascii_text("submit “Sign in” — ‹ada.password› → 303 · 2 more …"),
            "submit \"Sign in\" - <ada.password> -> 303 - 2 more ...");
  EXPECT_EQ(ascii_text("│ it’s ‘so’, „so“, «so»: 1–2\u00A0× ≥ 3 � ✓ ✗"),
            "| it's 'so', \"so\", <<so>>: 1-2 x >= 3 ? ok x");
  EXPECT_EQ(ascii_text(""), "");
  EXPECT_EQ(ascii_text("\x1B[1mplain\x1B[0m\r\n"), "\x1B[1mplain\x1B[0m\r\n");
}

TEST(AsciiText, LeavesTheLettersOfTheAppAlone) { EXPECT_EQ(ascii_text("Größe – ログイン"), "Größe - ログイン"); }

} // namespace
} // namespace murphy::reports
