#include "base/size_text.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(SizeTexts, HaveOneDigitBehindThePoint) {
  EXPECT_EQ(size_text(0), "0 bytes");
  EXPECT_EQ(size_text(1), "1 byte");
  EXPECT_EQ(size_text(999), "999 bytes");
  EXPECT_EQ(size_text(1000), "1.0 kB");
  EXPECT_EQ(size_text(5290), "5.2 kB");
  EXPECT_EQ(size_text(999'999), "999.9 kB");
  EXPECT_EQ(size_text(43'330'770), "43.3 MB");
  EXPECT_EQ(size_text(7'000'000'000), "7.0 GB");
  EXPECT_EQ(size_text(18'446'744'073'709'551'615U), "18446744.0 TB");
}

} // namespace
} // namespace murphy
