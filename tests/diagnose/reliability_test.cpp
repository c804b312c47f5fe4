#include "diagnose/reliability.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using enum record::Confidence;

TEST(Reliability, LetsNoSuspectSayMoreThanItsKindHasEarned) {
  const Reliabilities known =
      read_reliabilities("sure\t60\t60\nlikely\t95\t100\nperhaps\t7\t10\nguess\t5\t10\nrare\t0\t5\n");
  EXPECT_EQ(earned(high, "sure", known), high);
  EXPECT_EQ(earned(high, "likely", known), medium);
  EXPECT_EQ(earned(high, "perhaps", known), low);
  EXPECT_EQ(earned(high, "guess", known), guess);
  EXPECT_EQ(earned(low, "sure", known), low) << "nor more than was said";
  EXPECT_EQ(earned(medium, "rare", known), medium) << "five cases say little";
  EXPECT_EQ(earned(medium, "never met", known), medium);
}

TEST(Reliability, OfTheProgramIsCounted) {
  EXPECT_GT(known_reliabilities().size(), 20U);
  for (const auto& [reason, count] : known_reliabilities()) {
    EXPECT_LE(count.right, count.all) << reason;
    EXPECT_GT(count.all, 1) << reason;
  }
}

} // namespace
} // namespace murphy::diagnose
