#include "record/time.h"

#include <gtest/gtest.h>

namespace murphy::record {
namespace {

using namespace std::chrono;

TEST(Time, IsWrittenInUtcToTheMicrosecond) {
  EXPECT_EQ(to_iso_8601(Instant{}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_iso_8601(sys_days(year(2028) / 2 / 29) + 23h + 59min + 59s + 1us + 999ns),
            "2028-02-29T23:59:59.000001Z");
  EXPECT_EQ(to_iso_8601(Instant{} - 1us), "1969-12-31T23:59:59.999999Z");
}

TEST(Time, IsReadAsItIsWritten) {
  for (const Instant at : {Instant{}, Instant{} - 1us, Instant(sys_days(year(2026) / 11 / 22) + 123456789us)})
    EXPECT_EQ(from_iso_8601(to_iso_8601(at)), at);
}

TEST(Time, IsNothingElse) {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T00:00:00Z", "2026-11-22 00:00:00.000000Z", "2026-11-22T00:00:00.000000",
        "2026-02-29T00:00:00.000000Z", "2026-00-01T00:00:00.000000Z", "2026-11-22T24:00:00.000000Z",
        "2026-11-22T00:60:00.000000Z", "2026-11-22T00:00:60.000000Z", "+026-11-22T00:00:00.000000Z"}) {
    EXPECT_FALSE(from_iso_8601(text)) << text;
  }
}

} // namespace
} // namespace murphy::record
