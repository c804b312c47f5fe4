#include "reports/console_style.h"

#include <gtest/gtest.h>
#include <map>
#include <string>

namespace murphy::reports {
namespace {

ConsoleStyle style(bool is_terminal, int width, const std::map<std::string, std::string>& variables) {
  return console_style(is_terminal, width, [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(ConsoleStyle, ATerminalGetsEverything) {
  const ConsoleStyle expected{.colour = true, .live = true, .unicode = true, .width = 100};
  EXPECT_EQ(style(true, 100, {{"LANG", "en_US.UTF-8"}, {"TERM", "xterm-256color"}}), expected);
}

TEST(ConsoleStyle, APipeGetsPlainLinesOfAnyWidth) {
  const ConsoleStyle expected{.colour = false, .live = false, .unicode = true, .width = 0};
  EXPECT_EQ(style(false, 100, {{"LANG", "C.utf8"}}), expected);
}

TEST(ConsoleStyle, CiGetsPlainLinesEvenOnATerminal) {
  const ConsoleStyle expected{.colour = false, .live = false, .unicode = false, .width = 100};
  EXPECT_EQ(style(true, 100, {{"CI", "true"}}), expected);
  EXPECT_TRUE(style(true, 100, {{"CI", "false"}}).live);
  EXPECT_TRUE(style(true, 100, {{"CI", ""}}).live);
}

TEST(ConsoleStyle, ADumbTerminalGetsNoEscapes) {
  const ConsoleStyle dumb = style(true, 100, {{"TERM", "dumb"}});
  EXPECT_FALSE(dumb.colour);
  EXPECT_FALSE(dumb.live);
}

TEST(ConsoleStyle, NoColorTakesColourButNotTheLiveLine) {
  const ConsoleStyle plain = style(true, 100, {{"NO_COLOR", "1"}});
  EXPECT_FALSE(plain.colour);
  EXPECT_TRUE(plain.live);
  EXPECT_TRUE(style(true, 100, {{"NO_COLOR", ""}}).colour);
}

TEST(ConsoleStyle, ClicolorForceColoursPipesAndYieldsToNoColor) {
  EXPECT_TRUE(style(false, 0, {{"CLICOLOR_FORCE", "1"}}).colour);
  EXPECT_FALSE(style(false, 0, {{"CLICOLOR_FORCE", "1"}}).live);
  EXPECT_TRUE(style(true, 0, {{"CLICOLOR_FORCE", "1"}, {"CI", "true"}}).colour);
  EXPECT_FALSE(style(false, 0, {{"CLICOLOR_FORCE", "0"}}).colour);
  EXPECT_FALSE(style(true, 0, {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}).colour);
}

TEST(ConsoleStyle, Clicolor0DeclinesColour) { EXPECT_FALSE(style(true, 100, {{"CLICOLOR", "0"}}).colour); }

TEST(ConsoleStyle, TheFirstLocaleVariableDecidesOnUnicode) {
  EXPECT_FALSE(style(true, 80, {}).unicode);
  EXPECT_FALSE(style(true, 80, {}).ascii);
  EXPECT_FALSE(style(true, 80, {{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}}).unicode);
  EXPECT_TRUE(style(true, 80, {{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}}).ascii);
  EXPECT_TRUE(style(true, 80, {{"LANG", "POSIX"}}).ascii);
  EXPECT_FALSE(style(true, 80, {{"LANG", "C.UTF-8"}}).ascii);
  EXPECT_TRUE(style(true, 80, {{"LC_ALL", ""}, {"LC_CTYPE", "de_DE.utf8"}, {"LANG", "C"}}).unicode);
  EXPECT_FALSE(style(true, 80, {{"LANG", "de_DE.ISO-8859-1"}}).unicode);
}

TEST(ConsoleStyle, ColumnsWinsOverTheTerminal) {
  EXPECT_EQ(style(true, 100, {{"COLUMNS", "60"}}).width, 60);
  EXPECT_EQ(style(false, 0, {{"COLUMNS", "60"}}).width, 60);
  for (const char* nonsense : {"", "0", "-5", "wide", "60x", "99999999999"})
    EXPECT_EQ(style(true, 100, {{"COLUMNS", nonsense}}).width, 100) << nonsense;
}

TEST(ConsoleStyle, ATerminalOfUnknownOrNoWidthIsGivenOne) {
  EXPECT_EQ(style(true, 0, {}).width, 80);
  EXPECT_EQ(style(true, 3, {}).width, 20);
}

} // namespace
} // namespace murphy::reports
