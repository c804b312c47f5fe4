#include "base/http_date.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

sys_seconds at(int in_year, unsigned month, unsigned day, int hour, int minute, int second) {
  return sys_days(year(in_year) / month / day) + hours(hour) + minutes(minute) + seconds(second);
}

const sys_seconds now = at(2026, 10, 21, 7, 0, 0);

TEST(HttpDates, AreReadInTheirThreeForms) {
  const sys_seconds example = at(1994, 11, 6, 8, 49, 37); // of RFC 9110
  EXPECT_EQ(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT", now), example);
  EXPECT_EQ(read_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now), example);
  EXPECT_EQ(read_http_date("Sun Nov  6 08:49:37 1994", now), example);
  EXPECT_EQ(read_http_date("Wed Oct 21 07:28:00 2026", now), at(2026, 10, 21, 7, 28, 0));
  EXPECT_EQ(read_http_date("Sat, 31 Dec 2016 23:59:60 GMT", now), at(2017, 1, 1, 0, 0, 0)) << "a leap second";
}

TEST(HttpDates, AreAtMostFiftyYearsAheadWithTwoDigitsOfAYear) {
  EXPECT_EQ(read_http_date("Wednesday, 21-Oct-26 07:28:00 GMT", now), at(2026, 10, 21, 7, 28, 0));
  EXPECT_EQ(read_http_date("Wednesday, 21-Oct-76 07:28:00 GMT", now), at(2076, 10, 21, 7, 28, 0));
  EXPECT_EQ(read_http_date("Friday, 21-Oct-77 07:28:00 GMT", now), at(1977, 10, 21, 7, 28, 0));
}

TEST(HttpDates, AreNothingElse) {
  for (const char* wrong :
       {"", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 6 Nov 1994 08:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT", "Son, 06 Nov 1994 08:49:37 GMT", "Sun Nov 06 08:49:37 1994 GMT", "Sun Nov",
        "Sun, 06 Nov", "1994-11-06T08:49:37Z"})
    EXPECT_EQ(read_http_date(wrong, now), std::nullopt) << wrong;
}

} // namespace
} // namespace murphy
