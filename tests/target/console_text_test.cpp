#include "target/console_text.h"

#include <gmock/gmock.h>
#include <vector>

namespace murphy::target {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> lines_of(const std::vector<std::string>& pieces) {
  LineSplitter splitter;
  std::vector<std::string> lines;
  for (const std::string& piece : pieces) {
    splitter.feed(piece, [&](std::string line) { lines.push_back(std::move(line)); });
  }
  if (!splitter.unfinished().empty()) lines.push_back("unfinished: " + splitter.unfinished());
  return lines;
}

TEST(ConsoleText, CutsAtLineEndsWhereverTheBytesAreSplit) {
  EXPECT_THAT(lines_of({"one\ntwo\r\n\nfour"}), ElementsAre("one", "two", "", "unfinished: four"));
  EXPECT_THAT(lines_of({"on", "e\r", "\ntwo", "\n"}), ElementsAre("one", "two"));
  EXPECT_THAT(lines_of({""}), IsEmpty());
}

TEST(ConsoleText, ShowsALineThatReturnsAsItStandsAtLast) {
  EXPECT_THAT(lines_of({"10 %\r50 %\r100 %\n"}), ElementsAre("100 %"));
  EXPECT_THAT(lines_of({"10 %\r\r\n"}), ElementsAre("10 %"));
  EXPECT_THAT(lines_of({"10 %\r"}), ElementsAre("unfinished: 10 %"));
}

TEST(ConsoleText, RemovesEscapeSequences) {
  EXPECT_EQ(clean_line("\x1b[1;31mred\x1b[0m and \x1b[38;5;12mblue\x1b[K"), "red and blue");
  EXPECT_EQ(clean_line("\x1b]0;a title\x07text"), "text");
  EXPECT_EQ(clean_line("\x1b]8;;http://a/\x1b\\link\x1b]8;;\x1b\\"), "link");
  EXPECT_EQ(clean_line("\x1b(Bplain\x1b=\x1b[?25h"), "plain");
  EXPECT_EQ(clean_line("cut \x1b[31"), "cut ");
  EXPECT_EQ(clean_line("cut \x1b"), "cut ");
}

TEST(ConsoleText, RemovesControlCharactersButNotTheTab) {
  EXPECT_EQ(clean_line("a\tb\x01\x7f\0c\xC2\x85"s + "d"), "a\tbcd");
}

TEST(ConsoleText, RepairsInvalidUtf8) {
  EXPECT_EQ(clean_line("Füße €5 😀"), "Füße €5 😀");
  EXPECT_EQ(clean_line("caf\xE9!"), "caf\xEF\xBF\xBD!");
  EXPECT_EQ(clean_line("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");          // overlong
  EXPECT_EQ(clean_line("\xED\xA0\x80").substr(0, 3), "\xEF\xBF\xBD");     // a surrogate
  EXPECT_EQ(clean_line("\xF4\x90\x80\x80").substr(0, 3), "\xEF\xBF\xBD"); // above U+10FFFF
  EXPECT_EQ(clean_line("\xE2\x82"), "\xEF\xBF\xBD");                      // cut short
}

TEST(ConsoleText, KeepsTheBeginningOfAVeryLongLine) {
  const auto lines = lines_of({std::string(LineSplitter::longest, 'x') + "yy", "y\nnext\n"});
  EXPECT_THAT(lines, ElementsAre(std::string(LineSplitter::longest, 'x') + " … (3 more bytes)", "next"));
}

} // namespace
} // namespace murphy::target
