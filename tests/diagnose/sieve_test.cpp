#include "diagnose/sieve.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::HasSubstr;

TEST(Sieve, KeepsAShortLogWhole) {
  Sieve sieve(Signatures::built_in());
  sieve.add("one\ntw");
  sieve.add("o\n");
  EXPECT_EQ(sieve.finish(), "one\ntwo\n");
  EXPECT_FALSE(sieve.cut());
}

TEST(Sieve, KeepsOfALongLogWhatTells) {
  Sieve sieve(Signatures::built_in());
  const std::string ordinary(100, 'x');
  for (int i = 0; i < 60'000; ++i) {
    sieve.add(ordinary + "\n");
    if (i == 30'000) sieve.add("no such column: emial\n");
  }
  const std::string kept = sieve.finish();
  EXPECT_TRUE(sieve.cut());
  EXPECT_LT(kept.size(), 50'000U);
  EXPECT_THAT(kept, HasSubstr("no such column: emial\n"));
}

} // namespace
} // namespace murphy::diagnose
