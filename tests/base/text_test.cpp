#include "base/text.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

using Parts = std::vector<std::string_view>;

TEST(Utf8, IsToldFromOtherBytes) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("p&\"‹é%+ \\ 日本 😀"));
  EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));  // U+10FFFF
  EXPECT_FALSE(is_utf8("\xE9"));             // Latin-1
  EXPECT_FALSE(is_utf8("\xC0\x80"));         // overlong
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));     // a surrogate
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")); // above U+10FFFF
  EXPECT_FALSE(is_utf8("\xE2\x80"));         // cut off
  EXPECT_FALSE(is_utf8(std::string_view("a\x80", 2)));
}

TEST(Utf8, IsRepairedAsBrowsersDo) {
  EXPECT_EQ(repair_utf8("é"), "é");
  EXPECT_EQ(repair_utf8("caf\xE9!"), "caf\uFFFD!");
  EXPECT_EQ(repair_utf8("\xE2\x80|"), "\uFFFD|");               // one maximal subpart
  EXPECT_EQ(repair_utf8("\xC0\x80"), "\uFFFD\uFFFD");           // two bytes that begin nothing
  EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD"); // a surrogate
  EXPECT_EQ(repair_utf8("\xF0\x9F\x98"), "\uFFFD");
  EXPECT_EQ(repair_utf8("\xF1\x80\xE9\x80\x80"), "\uFFFD\u9000");
}

TEST(Utf8, IsWrittenAsItIsRead) {
  for (const char32_t c : {U'a', U'\u00E9', U'\uFFFF', U'\U0001F600', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, c);
    std::string_view rest = text;
    EXPECT_EQ(next_code_point(rest), c);
    EXPECT_TRUE(rest.empty());
  }
  std::string text;
  append_utf8(text, 0xD800);
  append_utf8(text, 0x110000);
  EXPECT_EQ(text, "\uFFFD\uFFFD");
}

TEST(Utf8, IsNeverCutWithinACharacter) {
  EXPECT_EQ(utf8_prefix("aé日b", 9), "aé日b");
  EXPECT_EQ(utf8_prefix("aé日b", 7), "aé日b");
  EXPECT_EQ(utf8_prefix("aé日b", 6), "aé日");
  EXPECT_EQ(utf8_prefix("aé日b", 5), "aé");
  EXPECT_EQ(utf8_prefix("aé日b", 3), "aé");
  EXPECT_EQ(utf8_prefix("aé日b", 2), "a");
  EXPECT_EQ(utf8_prefix("aé日b", 0), "");
  EXPECT_EQ(utf8_suffix("aé日b", 7), "aé日b");
  EXPECT_EQ(utf8_suffix("aé日b", 5), "日b");
  EXPECT_EQ(utf8_suffix("aé日b", 4), "日b");
  EXPECT_EQ(utf8_suffix("aé日b", 3), "b");
  EXPECT_EQ(utf8_suffix("aé日b", 0), "");
}

TEST(CodePoints, AreCountedNotBytes) {
  EXPECT_EQ(count_code_points("é日😀"), 3U);
  EXPECT_EQ(count_code_points("e\u0301"), 2U);
}

TEST(DisplayWidth, KnowsWideAndCombiningCharacters) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("é"), 1U);
  EXPECT_EQ(display_width("日本"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("😀"), 2U);
  EXPECT_EQ(display_width("\u200B"), 0U);
}

TEST(Visible, LeavesNothingThatSteersATerminal) {
  EXPECT_EQ(visible("\x1B[31mred\x07\x7F"), "␛[31mred␇␡");
  EXPECT_EQ(visible("a\tb\nc\r"), "a\tb\nc␍");
  EXPECT_EQ(visible("\u009B31m \u202Eabc \u2066"), "\uFFFD31m \uFFFDabc \uFFFD");
  EXPECT_EQ(visible(std::string_view("\0", 1)), "␀");
  EXPECT_EQ(visible("\xFF"), "\uFFFD");
}

TEST(Visible, ShowsWhatTakesNoRoom) {
  EXPECT_EQ(visible("pass\u200Bword \uFEFF\u2060\u180E"), "pass\uFFFDword \uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(visible("\U000E0041x"), "\uFFFDx");
  EXPECT_EQ(visible("Kenn\u00ADwort"), "Kenn-wort");
  EXPECT_EQ(visible("a\u200Db\u200C"), "a\uFFFDb\uFFFD");
  EXPECT_EQ(visible("می\u200cخواهم 👩\u200D💻"), "می\u200cخواهم 👩\u200D💻") << "there they shape what is read";
}

TEST(OneLine, HasNoBreaks) { EXPECT_EQ(one_line("  first\r\n\tsecond \x1B[2J "), "first second ␛[2J"); }

TEST(Ellipsize, CountsTerminalColumns) {
  EXPECT_EQ(ellipsize("dashboard", 9), "dashboard");
  EXPECT_EQ(ellipsize("dashboard", 8), "dashboa…");
  EXPECT_EQ(ellipsize("日本語", 6), "日本語");
  EXPECT_EQ(ellipsize("日本語", 5), "日本…");
  EXPECT_EQ(ellipsize("日本語", 4), "日…");
  EXPECT_EQ(ellipsize("e\u0301e\u0301", 2), "e\u0301e\u0301");
  EXPECT_EQ(ellipsize("abc", 1), "…");
  EXPECT_EQ(ellipsize("abc", 0), "");
  EXPECT_EQ(ellipsize("", 0), "");
}

TEST(WhiteSpace, IsTrimmedAndCollapsed) {
  EXPECT_EQ(trim(" \t\f\r\nx y\n"), "x y");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(collapse_white_space("  a \t\n b\fc  "), "a b c");
  EXPECT_EQ(collapse_white_space("a\u00A0\u00A0b"), "a\u00A0\u00A0b"); // no-break spaces are text
  EXPECT_EQ(collapse_white_space("\n"), "");
}

TEST(FoldCase, IsUnicode) {
  EXPECT_EQ(fold_case("E-Mail"), "e-mail");
  EXPECT_EQ(fold_case("ÉCOLE"), fold_case("école"));
  EXPECT_EQ(fold_case("STRASSE"), fold_case("Straße"));
  EXPECT_EQ(fold_case("ΣΊΣΥΦΟΣ"), fold_case("σίσυφος"));
  EXPECT_EQ(fold_case("ПАРОЛЬ"), fold_case("пароль"));
  EXPECT_EQ(fold_case("e\u0301"), fold_case("É")); // composed or not
  EXPECT_NE(fold_case("e"), fold_case("é"));
  EXPECT_EQ(fold_case("A\xFF"), "a\uFFFD");
}

TEST(AsciiCase, LeavesOtherLettersAlone) {
  EXPECT_EQ(ascii_lower("Set-Cookie É"), "set-cookie É");
  EXPECT_TRUE(equal_ignoring_ascii_case("Content-TYPE", "content-type"));
  EXPECT_FALSE(equal_ignoring_ascii_case("É", "é"));
  EXPECT_FALSE(equal_ignoring_ascii_case("a", "ab"));
  EXPECT_EQ(ascii_upper("delete-é"), "DELETE-é");
}

TEST(HttpToken, IsTheNameOfAHeaderOrAMethod) {
  for (const char* token : {"GET", "M-SEARCH", "X_Custom.Header", "!#$%&'*+-.^_`|~0"})
    EXPECT_TRUE(is_http_token(token)) << token;
  for (const char* text : {"", "GE T", "Name:", "a/b", "é", "\"a\""}) EXPECT_FALSE(is_http_token(text)) << text;
}

TEST(Split, GivesOnePartMoreThanSeparators) {
  EXPECT_EQ(split("a,b,,c", ','), (Parts{"a", "b", "", "c"}));
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(split(",", ','), (Parts{"", ""}));
}

TEST(Join, PutsTheSeparatorBetween) {
  EXPECT_EQ(join({"a", "b", ""}, ", "), "a, b, ");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Folded, WhatDiffersFromRunToRunIsTheSame) {
  EXPECT_EQ(folded("GET /users/17 in 4ms [9f3a]"), folded("GET /users/2 in 123ms [01bc]"));
  EXPECT_EQ(folded("[Sat Nov 28 01:00:00 2026]"), folded("[Sun Dec 06 23:59:01 2026]"))
      << "days and months are folded with their dates";
  EXPECT_EQ(folded("Sat, 28 Nov"), folded("Mon, 3 Dec"));
  EXPECT_EQ(folded("28-November"), folded("3-May"));
  EXPECT_EQ(folded("You may sign in on Sunday"), "You may sign in on Sunday");
  EXPECT_EQ(folded("Marching 3"), "Marching 0");
  EXPECT_NE(folded("GET /users"), folded("GET /user"));
  EXPECT_EQ(folded(folded("a1b2 cafe 17")), folded("a1b2 cafe 17"));
}

TEST(PlainWords, AreWhatPeopleRead) {
  EXPECT_EQ(plain_words(" Bien\u00a0venue \t\u2009à\u202ftous\n"), "Bien venue à tous");
  EXPECT_EQ(plain_words("Reg\u00adis\u200bter\ufeff\u2060"), "Register");
  EXPECT_EQ(plain_words("\u3000日本\u3000語"), "日本 語");
  EXPECT_EQ(plain_words("\u00a0\u200b"), "");
  EXPECT_EQ(plain_words("می\u200cخواهم"), "می\u200cخواهم") << "a joiner is part of the word";
}

} // namespace
} // namespace murphy
