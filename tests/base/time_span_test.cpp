#include "base/time_span.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(TimeSpans, AreReadWithEveryUnit) {
  EXPECT_EQ(read_time_span("1ms"), milliseconds(1));
  EXPECT_EQ(read_time_span("800ms"), milliseconds(800));
  EXPECT_EQ(read_time_span("2s"), seconds(2));
  EXPECT_EQ(read_time_span("5min"), minutes(5));
  EXPECT_EQ(read_time_span("5m"), minutes(5));
  EXPECT_EQ(read_time_span("1h"), hours(1));
  EXPECT_EQ(read_time_span("7d"), days(7));
  EXPECT_EQ(read_time_span("2 s "), seconds(2));
}

TEST(TimeSpans, AreReadInSeveralUnits) {
  EXPECT_EQ(read_time_span("1h30m"), minutes(90));
  EXPECT_EQ(read_time_span("1h 30min"), minutes(90));
  EXPECT_EQ(read_time_span("1d2h3m4s5ms"), days(1) + hours(2) + minutes(3) + seconds(4) + milliseconds(5));
}

TEST(TimeSpans, AreNothingElse) {
  for (const char* wrong : {"",
                            " ",
                            "s",
                            "2",
                            "0s",
                            "0h0m",
                            "-2s",
                            "+2s",
                            "1.5s",
                            "2 sec",
                            "2S",
                            " 2s",
                            "2s3",
                            "30m1h",
                            "5m5m",
                            "5m5min",
                            "5s1d",
                            "8d",
                            "169h",
                            "7d1ms",
                            "604800001ms",
                            "99999999999999999999s",
                            "9223372036854775807ms",
                            "1,5s"})
    EXPECT_EQ(read_time_span(wrong), std::nullopt) << wrong;
}

} // namespace
} // namespace murphy
