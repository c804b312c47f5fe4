#include "run/plan/shards.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <numeric>
#include <random>

namespace murphy::run {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

Case case_of(const std::string& file, const std::string& name) {
  Case made;
  made.planned.edit().place.file = file;
  made.planned.edit().name = name;
  made.planned.edit().id = file + "#" + name;
  return made;
}

// Files of so many cases each: "a" has the first number, "b" the next.
Plan plan_of(const std::vector<int>& numbers) {
  Plan plan;
  for (std::size_t file = 0; file < numbers.size(); ++file)
    for (int i = 0; i < numbers[file]; ++i)
      plan.cases.push_back(case_of(std::string(1, static_cast<char>('a' + file)), std::to_string(i)));
  return plan;
}

TEST(Shards, KeepTheCasesOfAFileTogether) {
  EXPECT_THAT(shards_of(plan_of({1, 3, 2}), 2, {}), ElementsAre(2, 1, 1, 1, 2, 2));
  EXPECT_THAT(shards_of(plan_of({2, 2}), 1, {}), ElementsAre(1, 1, 1, 1));
}

TEST(Shards, AreOfStepsWhereNoTimeIsKnown) {
  scenario::Scenario long_one;
  long_one.steps.resize(9);
  Plan plan = plan_of({1, 1, 1});
  plan.cases[2].scenario = &long_one;
  EXPECT_THAT(shards_of(plan, 2, {}), ElementsAre(2, 2, 1));
  EXPECT_THAT(shards_of(plan, 2, {{"of another plan", 5s}}), ElementsAre(2, 2, 1));
}

TEST(Shards, TakeTheMedianForACaseThatNobodyTimed) {
  // a: 10 s; b: 1 s; c is not known and counts as 1 s; d: 1 s.
  const Weights weights{{"a#0", 10s}, {"b#0", 1s}, {"d#0", 1s}};
  EXPECT_THAT(shards_of(plan_of({1, 1, 1, 1}), 2, weights), ElementsAre(1, 2, 2, 2));
}

TEST(Shards, DoNotDependOnTheOrderOfThePlan) {
  Plan plan = plan_of({3, 1, 2, 2, 5, 1});
  const std::vector<int> before = shards_of(plan, 3, {});
  std::ranges::reverse(plan.cases);
  std::vector<int> after = shards_of(plan, 3, {});
  std::ranges::reverse(after);
  EXPECT_EQ(after, before);
}

TEST(Shards, HaveEachCaseOnce) {
  const Plan plan = plan_of({3, 1, 4, 1, 5, 9, 2, 6});
  const std::vector<int> shards = shards_of(plan, 10, {});
  std::vector<std::string> ids;
  for (int index = 1; index <= 10; ++index)
    for (const Case& each : part_of(plan, shards, index).cases) ids.push_back(each.planned->id);
  std::vector<std::string> all;
  for (const Case& each : plan.cases) all.push_back(each.planned->id);
  EXPECT_THAT(ids, testing::UnorderedElementsAreArray(all));
  EXPECT_TRUE(part_of(plan, shards, 10).cases.empty()) << "eight files give no more than eight parts";
}

// 100 000 scenarios in about 8 000 files, most of them short and a few long, as suites are.
TEST(Shards, OfALargeSuiteAreBalanced) {
  constexpr int total = 200;
  std::mt19937_64 random(2026);
  const auto drawn = [&](double least, double power) {
    const double unit = static_cast<double>(random() >> 11) / 9007199254740992.0; // 2^53
    return least / std::pow(1 - 0.999 * unit, power);
  };
  Plan plan;
  Weights weights;
  for (int file = 0; plan.cases.size() < 100'000; ++file) {
    const int cases = static_cast<int>(drawn(6, 0.45));
    for (int i = 0; i < cases && plan.cases.size() < 100'000; ++i) {
      plan.cases.push_back(case_of(fmt::format("scenarios/{}.toml", file), std::to_string(i)));
      weights[plan.cases.back().planned->id] = std::chrono::microseconds(static_cast<std::int64_t>(drawn(40'000, 0.5)));
    }
  }
  const std::vector<int> shards = shards_of(plan, total, weights);
  std::vector<double> loads(total);
  for (std::size_t i = 0; i < plan.cases.size(); ++i)
    loads[static_cast<std::size_t>(shards[i] - 1)] +=
        static_cast<double>(weights.at(plan.cases[i].planned->id).count());
  const double mean = std::accumulate(loads.begin(), loads.end(), 0.0) / total;
  const double balance = *std::ranges::max_element(loads) / mean;
  RecordProperty("balance", fmt::format("{:.4f}", balance));
  EXPECT_LE(balance, 1.05);
}

} // namespace
} // namespace murphy::run
