#include "history/analysis.h"

#include <gmock/gmock.h>

namespace murphy::history {
namespace {

using testing::ElementsAre;

constexpr std::int64_t first_moment = 1'790'000'000'000'000; // 2026-09-21 14:13:20

PastCase past(int hour, const std::string& outcome, const std::string& commit, int attempts = 1,
              const std::string& branch = "main") {
  PastCase made;
  made.is = {.id = "a#x",
             .feature = "A",
             .name = "x",
             .outcome = outcome,
             .attempts = attempts,
             .duration = 1000 * hour,
             .cause = {},
             .place = "a.toml:3"};
  made.run = "r" + std::to_string(hour);
  made.target = "local";
  made.branch = branch;
  made.commit = commit;
  made.started = first_moment + hour * 3'600'000'000;
  return made;
}

CaseHistory only(const std::vector<PastCase>& cases) {
  const auto all = histories_of(cases);
  EXPECT_EQ(all.size(), 1U);
  return all.front();
}

TEST(CaseHistories, NameTheFirstBadRunBehindTheLastGoodOne) {
  const CaseHistory history =
      only({past(9, "failed", "c5"), past(8, "error", "c5"), past(7, "passed", "x1", 1, "other"),
            past(6, "failed", "c4"), past(5, "passed", "c3"), past(4, "failed", "c2")});
  EXPECT_TRUE(history.is_failing);
  EXPECT_EQ(history.first_bad, "c4");
  EXPECT_EQ(history.last_good, "c3");
  EXPECT_EQ(history.failures, 3);
  EXPECT_EQ(history.judged, 5);
  EXPECT_THAT(lines_of(history), ElementsAre("x", "failed in 3 of 5 runs", "takes 7 ms",
                                             "fails on main since 2026-09-21 20:13: first bad c4, last good c3"));
}

TEST(CaseHistories, OfAPassingCaseHaveNoFirstBadRun) {
  EXPECT_FALSE(only({past(2, "passed", "c2"), past(1, "failed", "c1")}).is_failing);
  const CaseHistory never = only({past(2, "failed", "c2"), past(1, "failed", "")});
  EXPECT_THAT(lines_of(never),
              ElementsAre("x", "failed in 2 of 2 runs",
                          "fails on main since 2026-09-21 15:13: first bad no commit, no good run before"));
}

TEST(CaseHistories, AreFlakyAtOneCommitOrByRetry) {
  EXPECT_EQ(only({past(3, "passed", "c1"), past(2, "failed", "c1"), past(1, "failed", "c0")}).flaky, 1);
  EXPECT_EQ(only({past(2, "passed", "c2"), past(1, "failed", "c1")}).flaky, 0) << "a change is between";
  EXPECT_EQ(only({past(2, "passed", "c2", 2)}).flaky, 1);
  PastCase dirty = past(2, "failed", "c1");
  dirty.is_dirty = true;
  EXPECT_EQ(only({past(3, "passed", "c1"), dirty}).flaky, 0);
}

TEST(CaseHistories, EndAfterThirtyRuns) {
  std::vector<PastCase> cases;
  for (int hour = 40; hour > 0; --hour) cases.push_back(past(hour, "passed", "c"));
  EXPECT_EQ(only(cases).judged, 30);
}

TEST(HistoryExport, QuotesAsRfc4180Does) {
  PastCase odd = past(1, "passed", "c1");
  odd.is.name = "a \"b\", c\nd";
  EXPECT_EQ(csv_of({odd}),
            "run,started,target,branch,commit,dirty,feature,name,outcome,attempts,duration_us,cause,place\r\n"
            "r1,2026-09-21T15:13:20.000000Z,\"local\",\"main\",c1,false,\"A\",\"a \"\"b\"\", c\nd\",passed,1,1000,,"
            "\"a.toml:3\"\r\n");
  EXPECT_EQ(json_lines_of({past(1, "passed", "c1")}),
            "{\"run\":\"r1\",\"started\":\"2026-09-21T15:13:20.000000Z\",\"target\":\"local\",\"branch\":\"main\","
            "\"commit\":\"c1\",\"dirty\":false,\"id\":\"a#x\",\"feature\":\"A\",\"name\":\"x\",\"outcome\":\"passed\","
            "\"attempts\":1,\"duration_us\":1000,\"cause\":\"\",\"place\":\"a.toml:3\"}\n");
}

} // namespace
} // namespace murphy::history
