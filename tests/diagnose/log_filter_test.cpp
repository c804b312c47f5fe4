#include "diagnose/log_filter.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::HasSubstr;

TEST(LogFilter, KeepsAShortLogWhole) {
  LogFilter filter(Signatures::built_in());
  filter.add("one\ntw");
  filter.add("o\n");
  EXPECT_EQ(filter.finish(), "one\ntwo\n");
  EXPECT_FALSE(filter.cut());
}

TEST(LogFilter, KeepsOfALongLogWhatTells) {
  LogFilter filter(Signatures::built_in());
  const std::string ordinary(100, 'x');
  for (int i = 0; i < 60'000; ++i) {
    filter.add(ordinary + "\n");
    if (i == 30'000) filter.add("no such column: emial\n");
  }
  const std::string kept = filter.finish();
  EXPECT_TRUE(filter.cut());
  EXPECT_LT(kept.size(), 50'000U);
  EXPECT_THAT(kept, HasSubstr("no such column: emial\n"));
}

TEST(LogFilter, KeepsSentencesThatNoSignatureKnows) {
  LogFilter filter(Signatures::built_in());
  const std::string sentence = "ERROR club.store: unknown option \"pasword_file\" of the vault\n";
  for (int i = 0; i < 60'000; ++i) {
    filter.add(std::string(100, 'x') + "\n");
    if (i == 30'000) filter.add(sentence);
  }
  EXPECT_THAT(filter.finish(), HasSubstr(sentence));
  EXPECT_TRUE(filter.cut());
}

} // namespace
} // namespace murphy::diagnose
