#include "base/log_commands.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(LogCommands, HaveASpaceInsideWhereverTheyStand) {
  EXPECT_EQ(without_commands("a ##vso[task.complete]b"), "a ## vso[task.complete]b");
  EXPECT_EQ(without_commands("a##VSO[x] ##teamcity[y '##[error]z"), "a## VSO[x] ## teamcity[y '## [error]z");
  EXPECT_EQ(without_commands("###[group]"), "### [group]");
  EXPECT_EQ(without_commands("::error::x"), ": :error::x");
  EXPECT_EQ(without_commands("  ::error file=a b::x"), "  : :error file=a b::x");
  EXPECT_EQ(without_commands("::error whatever::x"), ": :error whatever::x");
  EXPECT_EQ(without_commands("a\n\t::stop-commands::x"), "a\n\t: :stop-commands::x");
  EXPECT_EQ(without_commands("said \"::set-output name=a::b"), "said \": :set-output name=a::b");
  EXPECT_EQ(without_commands(":::add-mask::x"), ": : :add-mask::x");
  EXPECT_EQ(without_commands("/?x%20::add-mask::y"), "/?x%20: :add-mask::y");
  EXPECT_EQ(without_commands("\x1B[1m::error::\x1B[0m##[x]"), "\x1B[1m: :error::\x1B[0m## [x]");
}

TEST(LogCommands, AreNotFoundInOtherText) {
  for (const char* text :
       {"a::b", "std::string", "std::string::size", "::1 - - GET /", "http://[::1]:8080/a::b", "## Heading", "##",
        "::", "# [x]", "a[##]", "#vso[x]", "::error: no end", "::error file=a\n::x", "p::before", "é::b::c", "12:30:45",
        "see ::std or ::before { a::after }", ""})
    EXPECT_EQ(without_commands(std::string(" ") + text).substr(1), text);
}

TEST(LogCommands, AreTakenApartOnce) {
  for (const char* text : {"##vso[a] ::error::x", ":::::a::b", "## ##[x]", "::a ::b c=d::e"}) {
    const std::string once = without_commands(text);
    EXPECT_NE(once, text);
    EXPECT_EQ(without_commands(once), once);
  }
}

TEST(LogCommands, InJsonLeaveItsTextsAsTheyAre) {
  EXPECT_EQ(json_without_commands(R"({"a":"##vso[x] \n::error::y","std::b":[1]})"),
            R"({"a":"#\u0023vso[x] \n:\u003aerror::y","std::b":[1]})");
  EXPECT_EQ(json_without_commands("\"a\u202E\u200B\u009B\x7F\U000E0041 é👩‍💻\"\n"),
            "\"a\\u202e\\u200b\\u009b\\u007f\\udb40\\udc41 é👩\\u200d💻\"\n");
}

} // namespace
} // namespace murphy
