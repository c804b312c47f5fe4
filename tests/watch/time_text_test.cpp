#include "watch/time_text.h"

#include <gtest/gtest.h>

namespace murphy::watch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(TimeTexts, AreOfTwoUnitsAtMost) {
  EXPECT_EQ(time_text(seconds(0)), "0 s");
  EXPECT_EQ(time_text(seconds(119)), "119 s");
  EXPECT_EQ(time_text(minutes(2)), "2 min");
  EXPECT_EQ(time_text(minutes(59)), "59 min");
  EXPECT_EQ(time_text(hours(1)), "1 h 0 min");
  EXPECT_EQ(time_text(hours(47) + minutes(5)), "47 h 5 min");
  EXPECT_EQ(time_text(hours(98) + minutes(59)), "4 d 2 h");
}

} // namespace
} // namespace murphy::watch
