#include "run/plan/tag_expression.h"

#include <gtest/gtest.h>

namespace murphy::run {
namespace {

bool holds(std::string_view expression, const std::vector<std::string>& tags) {
  const auto parsed = TagExpression::parse(expression);
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().what);
  return parsed && parsed->holds(tags);
}

TEST(TagExpression, NotBindsClosestThenAndThenOr) {
  EXPECT_TRUE(holds("smoke", {"smoke", "slow"}));
  EXPECT_FALSE(holds("smoke and not slow", {"smoke", "slow"}));
  EXPECT_TRUE(holds("smoke and not slow", {"smoke"}));
  EXPECT_TRUE(holds("a or b and c", {"a"}));
  EXPECT_FALSE(holds("(a or b) and c", {"a"}));
  EXPECT_TRUE(holds("not not a", {"a"}));
  EXPECT_TRUE(holds("not(a or b)", {"c"}));
}

TEST(TagExpression, WhatCannotBeReadIsNamedWithItsPlace) {
  const auto message = [](std::string_view text) {
    const auto parsed = TagExpression::parse(text);
    return parsed ? std::string("read") : parsed.error().what;
  };
  EXPECT_EQ(message(""), "--tag \"\" cannot be read at character 1: a tag is missing");
  EXPECT_EQ(message("smoke and"), "--tag \"smoke and\" cannot be read at character 10: a tag is missing");
  EXPECT_EQ(message("smoke slow"), "--tag \"smoke slow\" cannot be read at character 7: “slow” is not expected here");
  EXPECT_EQ(message("(smoke"), "--tag \"(smoke\" cannot be read at character 7: a parenthesis is not closed");
  EXPECT_EQ(message("or a"), "--tag \"or a\" cannot be read at character 1: a tag is missing before “or”");
  EXPECT_NE(message(std::string(200000, '(')).find("nested too deep"), std::string::npos)
      << "a hostile depth does not exhaust the stack";
}

} // namespace
} // namespace murphy::run
