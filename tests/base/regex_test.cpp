#include "base/regex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace murphy {
namespace {

using Groups = std::vector<std::string>;

Groups search(std::string_view pattern, std::string_view subject) {
  const auto regex = Regex::compile(pattern);
  if (!regex) {
    ADD_FAILURE() << regex.error().what;
    return {};
  }
  const auto groups = (*regex)->search(subject);
  if (!groups) {
    ADD_FAILURE() << groups.error().what;
    return {};
  }
  return *groups;
}

TEST(Regex, GivesTheGroupsOfTheFirstMatch) {
  EXPECT_EQ(search(R"(code (\d+)(?: of (\w+))?)", "your code 4711, code 12 of x"), (Groups{"code 4711", "4711", ""}));
  EXPECT_EQ(search("b*", "a"), Groups{""});
  EXPECT_EQ(search("z", "a"), Groups{});
}

TEST(Regex, ReadsUtf8) {
  EXPECT_EQ(search("^.$", "é"), Groups{"é"});
  EXPECT_EQ(search(R"(\w+)", "‹Müller›"), Groups{"Müller"});
  EXPECT_EQ(search("(?i)STRAßE", "straße"), Groups{"straße"});
}

TEST(Regex, PassesOverBytesThatAreNoText) {
  EXPECT_EQ(search("b+", "\xFF\xFE"
                         "abb\xC3"),
            Groups{"bb"});
}

TEST(Regex, KeepsItsSource) { EXPECT_EQ((*Regex::compile("a+"))->source(), "a+"); }

TEST(Regex, SaysWhatCannotBeReadAndWhere) {
  const auto regex = Regex::compile("é(");
  ASSERT_FALSE(regex);
  EXPECT_EQ(regex.error().kind, ErrorKind::usage);
  EXPECT_EQ(regex.error().what,
            "the regular expression \"é(\" cannot be read: missing closing parenthesis (at offset 2)");
}

TEST(Regex, RefusesAPatternThatIsNoText) {
  const auto regex = Regex::compile("\xFF");
  ASSERT_FALSE(regex);
  EXPECT_THAT(regex.error().what, testing::HasSubstr("cannot be read: UTF-8 error"));
}

TEST(Regex, GivesUpOnCatastrophicPatterns) {
  const auto regex = Regex::compile("(a+)+$");
  ASSERT_TRUE(regex);
  const auto groups = (*regex)->search(std::string(64, 'a') + "!");
  ASSERT_FALSE(groups);
  EXPECT_EQ(groups.error().kind, ErrorKind::usage);
  EXPECT_EQ(groups.error().what, "the regular expression \"(a+)+$\" gave up: match limit exceeded");
  EXPECT_EQ(groups.error().hint, "nested repetitions like (a+)+ try too many ways; make one of them match less");
}

TEST(Regex, FindsItsWayThroughALongPage) {
  const std::string page(1'000'000, 'x');
  EXPECT_EQ(search("(?s)x.*end", page + "end").at(0).size(), page.size() + 3);
}

TEST(Regex, ServesSeveralThreads) {
  const auto regex = *Regex::compile(R"((\d+))");
  std::vector<std::jthread> threads;
  std::vector<int> right(4);
  for (std::size_t i = 0; i < right.size(); ++i) {
    threads.emplace_back([&, i] {
      const std::string wanted = std::to_string(i * 1111);
      for (int round = 0; round < 500; ++round) right[i] += regex->search("n=" + wanted)->at(1) == wanted;
    });
  }
  threads.clear();
  EXPECT_EQ(right, std::vector<int>(4, 500));
}

} // namespace
} // namespace murphy
