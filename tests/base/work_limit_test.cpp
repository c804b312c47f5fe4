#include "base/work_limit.h"

#include <gtest/gtest.h>
#include <optional>

namespace murphy {
namespace {

// How the work ended; none: it came to its end.
std::optional<WorkEnded::Reason> worked(int pieces) {
  try {
    for (int piece = 0; piece < pieces; ++piece) WorkLimit::count();
  } catch (const WorkEnded& ended) {
    return ended.reason();
  }
  return std::nullopt;
}

constexpr int much = 10'000;

TEST(Work, GoesOnWithoutALimitAndWithinIt) {
  EXPECT_EQ(worked(much), std::nullopt);
  EXPECT_FALSE(WorkLimit::is_over());
  const WorkLimit limit(std::chrono::hours(1), {});
  EXPECT_EQ(worked(much), std::nullopt);
  const WorkLimit none(std::nullopt, {});
  EXPECT_EQ(worked(much), std::nullopt);
}

TEST(Work, EndsWhenItsTimeIsUsedUp) {
  const WorkLimit limit(std::chrono::nanoseconds(0), {});
  EXPECT_TRUE(WorkLimit::is_over());
  EXPECT_EQ(worked(much), WorkEnded::Reason::time);
}

TEST(Work, EndsWhenAskedToStop) {
  std::stop_source source;
  const WorkLimit limit(std::chrono::hours(1), source.get_token());
  EXPECT_EQ(worked(much), std::nullopt);
  source.request_stop();
  EXPECT_EQ(worked(much), WorkEnded::Reason::stop);
}

TEST(Work, HasTheLimitAroundItAgainWhenTheInnerOneIsGone) {
  const WorkLimit around(std::chrono::nanoseconds(0), {});
  {
    const WorkLimit inside(std::chrono::hours(1), {});
    EXPECT_EQ(worked(much), std::nullopt);
  }
  EXPECT_EQ(worked(much), WorkEnded::Reason::time);
}

} // namespace
} // namespace murphy
