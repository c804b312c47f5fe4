// When nobody is to be told: windows in the zones of people, over the days on which clocks change.
#include "watch/maintenance.h"

#include <gmock/gmock.h>
#include <string>

namespace murphy::watch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;

// A moment in UTC.
Instant utc(int year, unsigned month, unsigned day, int hour, int minute = 0) {
  return std::chrono::sys_days(std::chrono::year(year) / month / day) + hours(hour) + minutes(minute);
}

MaintenanceWindow window(const std::vector<std::string>& days, const std::string& from, const std::string& until,
                         const std::string& zone = "Europe/Berlin") {
  const auto read = read_window(days, from, until, zone);
  EXPECT_TRUE(read) << read.error().what;
  return read.value_or(MaintenanceWindow{});
}

TEST(MaintenanceWindows, AreOpenOnce) {
  const auto once = window({}, "2026-12-01 22:00", "2026-12-02 01:00");
  EXPECT_FALSE(is_open(once, utc(2026, 12, 1, 20, 59)));
  EXPECT_TRUE(is_open(once, utc(2026, 12, 1, 21)));
  EXPECT_TRUE(is_open(once, utc(2026, 12, 1, 23, 59)));
  EXPECT_FALSE(is_open(once, utc(2026, 12, 2, 0)));
}

TEST(MaintenanceWindows, AreOpenEveryWeekAndOverMidnight) {
  const auto weekly = window({"sat", "sun"}, "23:00", "01:00", "UTC"); // 2026-11-28 is a Saturday
  EXPECT_FALSE(is_open(weekly, utc(2026, 11, 28, 0, 30))) << "Friday night is not one of them";
  EXPECT_TRUE(is_open(weekly, utc(2026, 11, 28, 23)));
  EXPECT_TRUE(is_open(weekly, utc(2026, 11, 29, 0, 59)));
  EXPECT_FALSE(is_open(weekly, utc(2026, 11, 29, 1)));
  EXPECT_TRUE(is_open(weekly, utc(2026, 11, 30, 0, 59))) << "it began on Sunday";
  EXPECT_FALSE(is_open(weekly, utc(2026, 11, 30, 23)));
  EXPECT_TRUE(is_open(window({"sun"}, "00:00", "24:00", "UTC"), utc(2026, 11, 29, 23, 59)));
}

TEST(MaintenanceWindows, FollowTheClocksOfTheirZone) {
  const auto weekly = window({"mon"}, "02:00", "04:00");
  EXPECT_TRUE(is_open(weekly, utc(2026, 7, 6, 0))) << "in summer";
  EXPECT_FALSE(is_open(weekly, utc(2026, 7, 6, 2)));
  EXPECT_FALSE(is_open(weekly, utc(2026, 12, 7, 0))) << "in winter";
  EXPECT_TRUE(is_open(weekly, utc(2026, 12, 7, 1)));
}

// 2026-03-29, 02:00 to 03:00 does not exist in Berlin; 2026-10-25, it comes twice.
TEST(MaintenanceWindows, AreDecidedWhereAnHourIsMissingOrComesTwice) {
  const auto within = window({"sun"}, "02:15", "02:45");
  EXPECT_FALSE(is_open(within, utc(2026, 3, 29, 0, 59)));
  EXPECT_FALSE(is_open(within, utc(2026, 3, 29, 1))) << "it has no length on that day";
  const auto into = window({"sun"}, "02:30", "03:30");
  EXPECT_TRUE(is_open(into, utc(2026, 3, 29, 1))) << "it begins where the clock leaps";
  EXPECT_FALSE(is_open(into, utc(2026, 3, 29, 1, 30)));
  EXPECT_TRUE(is_open(within, utc(2026, 10, 25, 0, 15))) << "the first 02:15";
  EXPECT_TRUE(is_open(within, utc(2026, 10, 25, 1, 44))) << "until the second 02:45";
  EXPECT_FALSE(is_open(within, utc(2026, 10, 25, 1, 45)));
}

TEST(MaintenanceWindows, AreRefusedWithAnExample) {
  const auto refused = [](const std::vector<std::string>& days, const char* from, const char* until,
                          const char* zone = "UTC") {
    const auto read = read_window(days, from, until, zone);
    return read ? "" : read.error().what + " / " + read.error().hint;
  };
  EXPECT_THAT(refused({}, "2026-12-01 22:00", "2026-12-02 01:00", "Europe/Berlim"),
              HasSubstr("no time zone of this machine is called \"Europe/Berlim\" / write a name such as"));
  EXPECT_THAT(refused({"sunday"}, "02:00", "04:00"), HasSubstr("\"sunday\" is no day of the week"));
  EXPECT_THAT(refused({}, "02:00", "04:00"), HasSubstr("\"02:00\" is no moment"));
  EXPECT_THAT(refused({}, "2026-02-30 22:00", "2026-12-02 01:00"), HasSubstr("\"2026-02-30 22:00\" is no moment"));
  EXPECT_THAT(refused({}, "2026-12-02 22:00", "2026-12-02 01:00"), HasSubstr("ends before it begins"));
  EXPECT_THAT(refused({"sun"}, "2:00", "04:00"), HasSubstr("\"2:00\" is no time of the day"));
  EXPECT_THAT(refused({"sun"}, "02:00", "24:01"), HasSubstr("\"24:01\" is no time of the day"));
  EXPECT_THAT(refused({"sun"}, "02:00", "02:00"), HasSubstr("ends when it begins"));
}

} // namespace
} // namespace murphy::watch
