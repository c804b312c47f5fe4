#include "run/plan/known_failure.h"

#include <gtest/gtest.h>

namespace murphy::run {
namespace {

using namespace std::chrono_literals;
using record::Outcome;

const scenario::KnownFailure known{"SUP-9", 2026y / 12 / 31, {"a.toml", 4, 1, 1}, "known_failure = …"};

TEST(KnownFailure, IsSkippedWithItsTicketUntilItsDayAndOnIt) {
  const KnownVerdict verdict = judge_known(Outcome::failed, known, std::chrono::sys_days(2026y / 12 / 31));
  EXPECT_EQ(verdict.outcome, Outcome::skipped);
  EXPECT_EQ(verdict.note.kind, record::Note::Kind::known_failure);
  EXPECT_EQ(verdict.note.text, "SUP-9");
  EXPECT_EQ(verdict.note.until, "2026-12-31");
  EXPECT_FALSE(verdict.failure);
}

TEST(KnownFailure, FailsAfterItsDay) {
  const KnownVerdict verdict = judge_known(Outcome::failed, known, std::chrono::sys_days(2027y / 1 / 1));
  EXPECT_EQ(verdict.outcome, Outcome::failed);
  ASSERT_TRUE(verdict.failure);
  EXPECT_EQ(verdict.failure->code, record::FailureCode::known_failure_overdue);
  EXPECT_EQ(verdict.failure->subject, "SUP-9");
  EXPECT_EQ(verdict.failure->wanted.text, "2026-12-31");
  EXPECT_EQ(verdict.failure->place, known.place);
}

TEST(KnownFailure, ThatPassesIsNoFailureToBeKnown) {
  const KnownVerdict verdict = judge_known(Outcome::passed, known, std::chrono::sys_days(2026y / 1 / 1));
  EXPECT_EQ(verdict.outcome, Outcome::failed);
  ASSERT_TRUE(verdict.failure);
  EXPECT_EQ(verdict.failure->code, record::FailureCode::known_failure_passes);
}

TEST(KnownFailure, CoversWhatCouldNotBeJudgedUntilItsDay) {
  const KnownVerdict verdict = judge_known(Outcome::error, known, std::chrono::sys_days(2026y / 12 / 31));
  EXPECT_EQ(verdict.outcome, Outcome::skipped);
  EXPECT_EQ(verdict.note.kind, record::Note::Kind::known_failure);
  EXPECT_EQ(judge_known(Outcome::error, known, std::chrono::sys_days(2027y / 1 / 1)).outcome, Outcome::error)
      << "whether it still fails is not known";
}

TEST(KnownFailure, DoesNotCoverWhatDidNotRun) {
  EXPECT_EQ(judge_known(Outcome::not_run, known, std::chrono::sys_days(2026y / 1 / 1)).outcome, Outcome::not_run);
}

} // namespace
} // namespace murphy::run
