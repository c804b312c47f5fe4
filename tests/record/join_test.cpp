#include "record/join.h"

#include <gtest/gtest.h>

namespace murphy::record {
namespace {

using namespace std::chrono_literals;

Run run_of(const std::string& file, const std::string& name, int second) {
  PlannedCase planned;
  planned.id = file + "#" + name;
  planned.feature = "Feature";
  planned.name = name;
  planned.place.file = file;
  RunStarted started;
  started.murphy_version = "1";
  started.at = Instant{} + std::chrono::seconds(second);
  started.plan = {planned};
  record::Run run;
  EXPECT_TRUE(apply(run, started));
  EXPECT_TRUE(apply(run, CaseStarted{planned.id, started.at}));
  EXPECT_TRUE(apply(run, CaseFinished{planned.id, Outcome::passed, 1ms, {}}));
  EXPECT_TRUE(apply(run, RunFinished{started.at + 1s, 1s, false}));
  return run;
}

TEST(Join, CasesOfOneFileStandTogetherAndTimesSpanBoth) {
  record::Run both = run_of("a.toml", "one", 10);
  ASSERT_TRUE(join(both, run_of("a.toml", "two", 5)));
  ASSERT_TRUE(join(both, run_of("b.toml", "one", 7)));
  ASSERT_EQ(both.features.size(), 2U);
  EXPECT_EQ(both.features[0].cases.size(), 2U);
  EXPECT_EQ(totals(both).passed, 3);
  EXPECT_EQ(both.started.at, Instant{} + 5s);
  EXPECT_EQ(both.finished->at, Instant{} + 11s);
  EXPECT_EQ(both.finished->duration, 3s);
}

TEST(Join, TheSameCaseTwiceIsRefused) {
  record::Run run = run_of("a.toml", "one", 1);
  const auto joined = join(run, run_of("a.toml", "one", 2));
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().what, "the scenario \"a.toml#one\" is in more than one of the journals");
}

TEST(Join, ARunThatWasKilledLeavesTheWholeUnfinished) {
  record::Run run = run_of("a.toml", "one", 1);
  record::Run killed = run_of("b.toml", "one", 1);
  killed.finished.reset();
  ASSERT_TRUE(join(run, std::move(killed)));
  EXPECT_FALSE(run.finished.has_value());
}

} // namespace
} // namespace murphy::record
