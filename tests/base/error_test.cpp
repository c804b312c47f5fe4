#include "base/error.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

Error error_at(Place place, std::string source_line) {
  return {.kind = ErrorKind::usage,
          .what = "unknown key `emial`",
          .hint = "did you mean \"email\"?",
          .place = std::move(place),
          .source_line = std::move(source_line)};
}

TEST(Render, ShowsThePlaceTheLineTheCaretsAndTheHint) {
  EXPECT_EQ(render(error_at({"murphy.toml", 12, 3, 5}, "  emial = \"ada@example.com\"")),
            "murphy.toml:12:3: unknown key `emial`\n"
            "      emial = \"ada@example.com\"\n"
            "      ^~~~~\n"
            "  did you mean \"email\"?\n");
}

TEST(Render, OfAWholeFileHasNoLine) {
  Error error = error_at({"murphy.toml", 0, 0, 1}, "");
  error.hint.clear();
  EXPECT_EQ(render(error), "murphy.toml: unknown key `emial`\n");
}

TEST(Render, OfALineHasNoColumn) {
  Error error = error_at({"run.jsonl", 7, 0, 1}, "");
  error.hint.clear();
  EXPECT_EQ(render(error), "run.jsonl:7: unknown key `emial`\n");
}

TEST(Render, WithoutAFileIsTheSentence) {
  EXPECT_EQ(render({.kind = ErrorKind::target, .what = "no answer", .hint = "", .place = {}, .source_line = ""}),
            "no answer\n");
}

TEST(Render, IndentsEveryLineOfAHint) {
  Error error = error_at({"a.toml", 0, 0, 1}, "");
  error.hint = "write\n\nemail = \"…\"";
  EXPECT_EQ(render(error), "a.toml: unknown key `emial`\n  write\n\n  email = \"…\"\n");
}

TEST(Render, StandsRightBehindTabs) {
  EXPECT_EQ(render(error_at({"a.toml", 1, 3, 5}, "\t\temial")), "a.toml:1:3: unknown key `emial`\n"
                                                                "    \t\temial\n"
                                                                "    \t\t^~~~~\n"
                                                                "  did you mean \"email\"?\n");
}

TEST(Render, StandsRightBehindWideAndCombiningCharacters) {
  EXPECT_EQ(render(error_at({"a.toml", 1, 6, 2}, "日本e\u0301=語x")), "a.toml:1:6: unknown key `emial`\n"
                                                                      "    日本e\u0301=語x\n"
                                                                      "          ^~~\n"
                                                                      "  did you mean \"email\"?\n");
}

TEST(Render, MakesEscapesHarmlessAndKeepsTheColumns) {
  Error error = error_at({"evil\x1B[2J.toml", 1, 5, 3}, "\x1B[0mabc\r");
  error.what = "bad\nvalue \x07";
  error.hint = "not \x1B]0;title\x07";
  EXPECT_EQ(render(error), "evil␛[2J.toml:1:5: bad value ␇\n"
                           "    ␛[0mabc␍\n"
                           "        ^~~\n"
                           "  not ␛]0;title␇\n");
}

TEST(Render, SurvivesAColumnBehindTheLine) {
  EXPECT_EQ(render(error_at({"a.toml", 1, 40, 9}, "abc")),
            "a.toml:1:40: unknown key `emial`\n    abc\n       ^\n  did you mean \"email\"?\n");
}

TEST(Render, UnderlinesNoFartherThanTheLine) {
  EXPECT_EQ(render(error_at({"a.toml", 1, 2, 100}, "abc")),
            "a.toml:1:2: unknown key `emial`\n    abc\n     ^~\n  did you mean \"email\"?\n");
}

TEST(Render, ShowsThePartOfALongLineAroundThePlace) {
  const std::string line = std::string(300, 'a') + "emial" + std::string(300, 'b');
  EXPECT_EQ(render(error_at({"a.toml", 1, 301, 5}, line)), "a.toml:1:301: unknown key `emial`\n"
                                                           "    …" +
                                                               std::string(39, 'a') + "emial" + std::string(74, 'b') +
                                                               "…\n"
                                                               "    " +
                                                               std::string(40, ' ') +
                                                               "^~~~~\n"
                                                               "  did you mean \"email\"?\n");
}

TEST(Render, RepairsBytesThatAreNoText) {
  EXPECT_EQ(render(error_at({"a.toml", 1, 3, 1}, "\xE9=x")),
            "a.toml:1:3: unknown key `emial`\n    \uFFFD=x\n      ^\n  did you mean \"email\"?\n");
}

} // namespace
} // namespace murphy
