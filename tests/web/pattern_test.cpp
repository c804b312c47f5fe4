#include "tests/places.h"
#include "web/pattern/pattern.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string from_hexadecimal(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  return bytes;
}

// "1", "0", "I" as in the file of rows; "?" for unknown.
std::string verdict(const std::string& pattern, const std::string& value) {
  const auto read = Pattern::read(pattern);
  if (!read) return "I";
  switch ((*read)->matches(value)) {
  case MatchAnswer::yes: return "1";
  case MatchAnswer::no: return "0";
  case MatchAnswer::unknown: return "?";
  }
  return {};
}

std::string why_refused(std::string_view pattern) {
  const auto read = Pattern::read(pattern);
  if (read) return "accepted";
  const PatternRefusal& refused = read.error();
  return std::to_string(refused.offset) + "+" + std::to_string(refused.length) + " " + refused.why;
}

std::string doubt(std::string_view pattern, std::string_view value) {
  const auto read = Pattern::read(pattern);
  if (!read) return "refused";
  std::string why;
  return (*read)->matches(value, &why) == MatchAnswer::unknown ? why : "judged";
}

// What a browser said of patterns and values.
TEST(Pattern, AgreesWithTheBrowserOnEveryRow) {
  std::ifstream file(in_project("tests/web/data/patterns.tsv"));
  std::size_t rows = 0;
  std::string wrong;
  std::vector<std::string> unknown;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream columns(line);
    std::string pattern, value, expected;
    std::getline(columns, pattern, '\t');
    std::getline(columns, value, '\t');
    std::getline(columns, expected, '\t');
    pattern = from_hexadecimal(pattern);
    const std::string said = verdict(pattern, from_hexadecimal(value));
    if (said == "?")
      unknown.push_back(pattern);
    else if (said != expected)
      wrong += pattern + " " + value + ": " + said + ", not " + expected + "\n";
    ++rows;
  }
  EXPECT_EQ(rows, 94U);
  EXPECT_THAT(wrong, IsEmpty());
  EXPECT_THAT(unknown, ElementsAre("\\p{RGI_Emoji}", "(?:(a)|b)*\\1"));
}

// Offset and length in bytes, and why.
TEST(Pattern, SaysWhatTheVFlagRefusesAndWhere) {
  EXPECT_EQ(why_refused("[\\w.-]+"), "4+1 in a class, \"-\" must be written \"\\-\"");
  EXPECT_EQ(why_refused("[a-z]+\\@[a-z]+"), "6+2 \"\\@\" has no meaning in JavaScript; it must be written \"@\"");
  EXPECT_EQ(why_refused("\\d{3}\\-\\d{4}"), "5+2 \"\\-\" has no meaning in JavaScript; it must be written \"-\"");
  EXPECT_EQ(why_refused("[(]"), "1+1 in a class, \"(\" must be written \"\\(\"");
  EXPECT_EQ(why_refused("[a!!]"), "2+2 in a class, \"!!\" is reserved: it must be written \"\\!\"");
  EXPECT_EQ(why_refused("\\Aabc"), "0+2 \"\\A\" has no meaning in JavaScript");
  EXPECT_EQ(why_refused("é\\é"), "2+3 \"\\é\" has no meaning in JavaScript; it must be written \"é\"");
  EXPECT_EQ(why_refused("a{2,1}"), "1+5 the numbers of this repetition are out of order");
  EXPECT_EQ(why_refused("(a"), "0+1 this \"(\" is not closed");
  EXPECT_EQ(why_refused("a)"), "1+1 there is no \"(\" for this \")\"");
  EXPECT_EQ(why_refused("[a"), "0+1 this \"[\" is not closed");
  EXPECT_EQ(why_refused("[[a-z]--[b]&&c]"), "11+1 \"--\" or \"]\" must follow here");
  EXPECT_EQ(why_refused("[a-z--b]"), "1+3 next to \"--\" this needs brackets of its own");
  EXPECT_EQ(why_refused("(?i)abc"), "0+4 JavaScript has no group that begins with \"(?i)\"");
  EXPECT_EQ(why_refused("\\k<b>(?<a>x)"), "0+5 there is no group called \"b\"");
  EXPECT_EQ(why_refused("\\2(a)"), "0+2 there is no group 2");
  EXPECT_EQ(why_refused("\\p{greek}"), "0+9 JavaScript has no property \"greek\"");
  EXPECT_EQ(why_refused("[^\\q{ab}]"), "0+9 a class of whole strings cannot be negated");
  EXPECT_EQ(why_refused("\\"), "0+1 nothing follows this \"\\\"");
  EXPECT_EQ(why_refused("[\\"), "1+1 nothing follows this \"\\\"");
  EXPECT_EQ(why_refused("[a-"), "2+1 in a class, \"-\" must be written \"\\-\"");
  EXPECT_EQ(why_refused(""), "accepted");
  EXPECT_EQ(why_refused("(?<a>x)|(?<a>y)"), "accepted");
  EXPECT_EQ(why_refused("[[a-z]--[b]]"), "accepted");
}

TEST(Pattern, IsUnknownWherePcre2CouldJudgeOtherwise) {
  const auto judged = [](std::string_view why) { return "cannot evaluate the pattern: " + std::string(why); };
  EXPECT_EQ(doubt("(?:(a)|b)*\\1", "ab"), judged("it refers back to a group that is repeated"));
  EXPECT_EQ(doubt("(?<=(a)\\1)b", "b"), judged("it refers back to a group while looking behind"));
  EXPECT_EQ(doubt("(?<=a+)b", "b"), judged("PCRE2 cannot express it"));
  EXPECT_EQ(doubt("(?i:a)", "A"), judged("it ignores case in a part"));
  EXPECT_EQ(doubt("a{70000}", "a"), judged("it repeats more than 65535 times"));
  EXPECT_EQ(doubt(std::string(400, '(') + std::string(400, ')'), ""), judged("it is nested too deep"));
  EXPECT_EQ(doubt(std::string(100'000, '['), ""), judged("it is nested too deep"));
  EXPECT_EQ(doubt("\\p{RGI_Emoji}", "👍"), judged("PCRE2 does not know the property \"RGI_Emoji\""));
  EXPECT_EQ(doubt("\\p{L}", "\xf0\x91\xbc\x84"), // U+11F04, of Unicode 15
            "the value has characters that are newer than PCRE2's Unicode");
  EXPECT_EQ(doubt("\\p{Ll}", "ж"), "versions of Unicode differ on the properties that the pattern names");
  EXPECT_EQ(doubt("\\p{Ll}", "é"), "judged");
  EXPECT_EQ(doubt("(?:a+)+(?:a|b)+c", std::string(40, 'a') + "bb"),
            "judged"); // the c is missed before anything is tried
  EXPECT_EQ(doubt("(?:(?:a|b|ab)+)+[cd]", std::string(60, 'a') + "bb"),
            "PCRE2 gave up: the pattern takes too many steps on this value");
}

TEST(Pattern, OfAnotherModeMeansWhatJavaScriptMeans) {
  EXPECT_EQ(verdict("(?s:.)", "\n"), "1");
  EXPECT_EQ(verdict("(?s-m:.(?-s:.))", "\n\n"), "0");
  EXPECT_EQ(verdict("a(?m:$)\n(?m:^)b", "a\nb"), "1");
  EXPECT_EQ(verdict("a$\n", "a\n"), "0");
  EXPECT_EQ(verdict("[[a-z]--[aeiou]]+", "xyz"), "1");
  EXPECT_EQ(verdict("[[a-z]--[aeiou]]+", "xaz"), "0");
  EXPECT_EQ(verdict("[[a-z]&&[^a]]", "a"), "0");
  EXPECT_EQ(verdict("[^\\S]", "\xe2\x80\xa8"), "1");
  EXPECT_EQ(verdict("[\\q{abc|d|}x]{2}", "abcx"), "1");
  EXPECT_EQ(verdict("\\ud83d", "x"), "0");
  EXPECT_EQ(verdict("[^\\ud83d]", "x"), "1");
  EXPECT_EQ(verdict("\\p{Script=Kawi}", "x"), "0");
  EXPECT_EQ(verdict("\\P{Script=Kawi}", "x"), "1");
  EXPECT_EQ(verdict(std::string("a\0b", 3), std::string("a\0b", 3)), "1");
}

} // namespace
} // namespace murphy::web
