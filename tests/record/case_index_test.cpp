#include "record/case_index.h"

#include <gtest/gtest.h>

namespace murphy::record {
namespace {

PlannedCases plan_of(const std::vector<std::string>& ids) {
  PlannedCases plan;
  for (const std::string& id : ids) plan.emplace_back().edit().id = id;
  return plan;
}

TEST(CaseIndex, FindsEveryCaseWhateverTheOrderOfThePlan) {
  const PlannedCases plan = plan_of({"b.toml#two", "a.toml#1", "b.toml#one", "a.toml#10"});
  const CaseIndex index(plan);
  for (std::size_t i = 0; i < plan.size(); ++i) EXPECT_EQ(index.find(plan, plan[i]->id), i);
  for (const char* id : {"", "a.toml#", "a.toml#100", "c.toml#one"})
    EXPECT_EQ(index.find(plan, id), std::nullopt) << id;
  EXPECT_EQ(index.repeated(plan), nullptr);
}

TEST(CaseIndex, OfAnEmptyPlanFindsNothing) {
  EXPECT_EQ(CaseIndex().find({}, "a.toml#one"), std::nullopt);
  EXPECT_EQ(CaseIndex().repeated({}), nullptr);
}

TEST(CaseIndex, NamesACaseThatIsThereTwice) {
  const PlannedCases plan = plan_of({"c.toml#x", "a.toml#y", "c.toml#x", "b.toml#z"});
  const PlannedCase* twice = CaseIndex(plan).repeated(plan);
  ASSERT_NE(twice, nullptr);
  EXPECT_EQ(twice->id, "c.toml#x");
}

} // namespace
} // namespace murphy::record
