#include "verdict_row.h"

namespace murphy::diagnose {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Verdicts);

TEST_P(Verdicts, OfWhatDidNotHold) {
  const VerdictRow& row = GetParam();
  const auto reported = hypothesis_by_expectations(evidence_after(row.steps));
  EXPECT_EQ(reported.has_value(), row.layer != record::Layer::unknown);
  if (!reported) return;
  EXPECT_EQ(record::name_of(reported->suspect.layer), record::name_of(row.layer)) << reported->suspect.cause;
  EXPECT_EQ(record::name_of(reported->suspect.also), record::name_of(row.also)) << reported->suspect.cause;
  EXPECT_EQ(record::name_of(reported->suspect.confidence), record::name_of(row.confidence)) << reported->suspect.cause;
  EXPECT_EQ(reported->suspect.identifier, row.identifier);
  EXPECT_EQ(reported->suspect.suggestion, row.suggestion);
  EXPECT_EQ(reported->kind, row.kind) << reported->suspect.cause;
  if (!row.cause.empty()) {
    EXPECT_EQ(reported->suspect.cause, row.cause);
  }
  EXPECT_EQ(reported->weight, row.weight);
  EXPECT_FALSE(reported->suspect.evidence.empty());
}

} // namespace murphy::diagnose
