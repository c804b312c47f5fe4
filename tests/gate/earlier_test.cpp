#include "gate/earlier.h"

#include "runs.h"

#include <gtest/gtest.h>

namespace murphy::gate {
namespace {

using namespace std::chrono_literals;
using record::Outcome;

record::Instant hour(int number) { return first_moment + std::chrono::hours(number); }

Earlier of(const std::vector<record::Run>& runs) {
  std::vector<EarlierRun> all;
  for (const record::Run& run : runs) all.push_back(earlier_run(run));
  return earlier_of(std::move(all));
}

TEST(EarlierRuns, OfThoseThatJudgedACaseTheNewestCounts) {
  const Earlier earlier = of({run_of({{.name = "a", .outcome = Outcome::error}}, hour(4)),
                              run_of({{.name = "a", .outcome = Outcome::failed, .cause = "c1"}}, hour(3)),
                              run_of({{.name = "a"}, {.name = "b"}}, hour(1)), run_of({{.name = "a"}}, hour(2))});
  const EarlierCase& a = earlier.cases.at(id_of("a"));
  EXPECT_TRUE(a.has_failed);
  EXPECT_EQ(a.cause, "c1");
  EXPECT_EQ(a.runs, 3);
  EXPECT_EQ(a.failures, 1);
  EXPECT_EQ(a.passes.size(), 2U);
  EXPECT_FALSE(earlier.cases.at(id_of("b")).has_failed);
  EXPECT_EQ(earlier.newest->at, hour(4));
}

TEST(EarlierRuns, OfANearerCommitCountForMoreThanNewerOnes) {
  EarlierRun near = earlier_run(run_of({{.name = "a", .outcome = Outcome::failed, .cause = "c1"}}, hour(1)));
  EarlierRun far = earlier_run(run_of({{.name = "a"}}, hour(2))); // an old commit that ran again
  far.commits_behind = 3;
  const Earlier earlier = earlier_of({near, far});
  EXPECT_TRUE(earlier.cases.at(id_of("a")).has_failed);
  EXPECT_EQ(earlier.newest->at, hour(1));
}

TEST(EarlierRuns, GoBothWaysAtOneCommitOrByRetry) {
  const auto at = [](const std::string& one, const std::string& other) {
    return of({run_of({{.name = "a"}}, hour(1), one),
               run_of({{.name = "a", .outcome = Outcome::failed}}, hour(2), other)})
        .cases.at(id_of("a"))
        .went_both_ways;
  };
  EXPECT_TRUE(at("c1", "c1"));
  EXPECT_FALSE(at("c1", "c2")) << "the change between them may be why";
  EXPECT_FALSE(at("", "")) << "nobody knows what they ran";
  EXPECT_TRUE(of({run_of({{.name = "a", .attempts = 2}})}).cases.at(id_of("a")).went_both_ways);
}

TEST(EarlierRuns, WithoutOneNothingIsKnown) {
  const Earlier earlier = of({});
  EXPECT_TRUE(earlier.cases.empty());
  EXPECT_FALSE(earlier.newest);
}

TEST(SlowCases, AreFarAboveTheMedianOfTenRunsOrMore) {
  std::vector<record::Duration> usual;
  for (int i = 0; i < 10; ++i) usual.push_back(1s + std::chrono::milliseconds(10 * i));
  EXPECT_FALSE(is_slow(1200ms, usual));
  EXPECT_FALSE(is_slow(1500ms, usual)) << "not half as much again";
  EXPECT_TRUE(is_slow(1800ms, usual));
  EXPECT_FALSE(is_slow(5s, {usual.begin(), usual.end() - 1})) << "nine are too few";
  EXPECT_FALSE(is_slow(190ms, std::vector<record::Duration>(10, 10ms))) << "not 200 ms more";
  EXPECT_TRUE(is_slow(230ms, std::vector<record::Duration>(10, 10ms)));
  EXPECT_FALSE(is_slow(1s, {100ms, 200ms, 900ms, 1500ms, 300ms, 2s, 100ms, 800ms, 1800ms, 500ms})) << "as ever";
}

} // namespace
} // namespace murphy::gate
