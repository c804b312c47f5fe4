#include "record/retry_after.h"

#include <gtest/gtest.h>

namespace murphy::record {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Wed, 21 Oct 2026 07:00:00 GMT, and a part of a second
const Instant now = std::chrono::sys_days(std::chrono::year(2026) / 10 / 21) + hours(7) + std::chrono::milliseconds(1);

std::optional<seconds> asked(const std::string& text) { return asked_wait({{"retry-after", text}}, now); }

TEST(RetryAfter, IsSeconds) {
  EXPECT_EQ(asked("120"), seconds(120));
  EXPECT_EQ(asked(" 7 "), seconds(7));
  EXPECT_EQ(asked(" 0 "), std::nullopt) << "whoever obeys would never pause";
  EXPECT_EQ(asked_wait({{"Server", "x"}}, now), std::nullopt);
}

TEST(RetryAfter, IsADate) {
  EXPECT_EQ(asked("Wed, 21 Oct 2026 07:28:00 GMT"), minutes(28));
  EXPECT_EQ(asked("Wednesday, 21-Oct-26 07:28:00 GMT"), minutes(28));
  EXPECT_EQ(asked("Wed Oct 21 07:28:00 2026"), minutes(28));
  EXPECT_EQ(asked("Wed, 21 Oct 2026 06:00:00 GMT"), std::nullopt) << "it is past";
}

TEST(RetryAfter, IsADateByTheClockOfTheServer) {
  const std::vector<Header> ahead{{"Date", "Wed, 21 Oct 2026 09:00:00 GMT"},
                                  {"Retry-After", "Wed, 21 Oct 2026 09:02:00 GMT"}};
  EXPECT_EQ(asked_wait(ahead, now), minutes(2)) << "its clock is two hours ahead";
  const std::vector<Header> without{{"Date", "today"}, {"Retry-After", "Wed, 21 Oct 2026 07:02:00 GMT"}};
  EXPECT_EQ(asked_wait(without, now), minutes(2));
}

TEST(RetryAfter, IsNothingElse) {
  for (const char* other : {"", "soon", "-1", "+1", "1.5", "1 s", "0x10", "Wed, 21 Oct 2026 07:28:00", "2026-10-21"})
    EXPECT_EQ(asked(other), std::nullopt) << other;
}

TEST(RetryAfter, IsLimitedSoThatItCanBeAddedToATime) {
  constexpr seconds century = std::chrono::years(100);
  for (const char* much : {"9223372036854775807", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    EXPECT_EQ(asked(much), century) << much;
}

} // namespace
} // namespace murphy::record
