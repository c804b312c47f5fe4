#include "verdict_row.h"

namespace murphy::diagnose {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Verdicts);

TEST_P(Verdicts, OfWhatDidNotHold) {
  const VerdictRow& row = GetParam();
  const auto told = hypothesis_by_expectations(evidence_after(row.steps));
  EXPECT_EQ(told.has_value(), row.layer != record::Layer::unknown);
  if (!told) return;
  EXPECT_EQ(record::name_of(told->suspect.layer), record::name_of(row.layer)) << told->suspect.cause;
  EXPECT_EQ(record::name_of(told->suspect.also), record::name_of(row.also)) << told->suspect.cause;
  EXPECT_EQ(record::name_of(told->suspect.confidence), record::name_of(row.confidence)) << told->suspect.cause;
  EXPECT_EQ(told->suspect.identifier, row.identifier);
  EXPECT_EQ(told->suspect.suggestion, row.suggestion);
  EXPECT_EQ(told->kind, row.kind) << told->suspect.cause;
  EXPECT_EQ(told->weight, row.weight);
  EXPECT_FALSE(told->suspect.evidence.empty());
}

} // namespace murphy::diagnose
