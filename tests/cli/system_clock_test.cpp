// The clock that a watch waits by.
#include "cli/system_clock.h"

#include <chrono>
#include <gtest/gtest.h>

namespace murphy::cli {
namespace {

TEST(SystemClocks, GoOnAndEndWithTheWatch) {
  std::stop_source source;
  SystemClock clock(source.get_token(), [] {});
  const watch::Times before = clock.now();
  EXPECT_TRUE(clock.wait_until(before.wall));
  EXPECT_TRUE(clock.wait_until(before.wall + std::chrono::milliseconds(1)));
  EXPECT_GE(clock.now().steady, before.steady);
  source.request_stop();
  EXPECT_FALSE(clock.wait_until(before.wall + std::chrono::hours(1))) << "a watch that ends does not wait";
}

TEST(SystemClocks, EndAWaitWhereSomethingElseIsToDo) {
  const std::stop_source source;
  bool is_over = false;
  SystemClock clock(source.get_token(), [] {}, [&] { return is_over; });
  EXPECT_TRUE(clock.wait_until(clock.now().wall));
  is_over = true;
  EXPECT_FALSE(clock.wait_until(clock.now().wall));
}

} // namespace
} // namespace murphy::cli
