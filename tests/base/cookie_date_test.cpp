#include "base/cookie_date.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace murphy {
namespace {

struct DateCase {
  std::string text;
  std::optional<std::int64_t> seconds; // since 1970
};

TEST(CookieDate, ReadsWhatServersWrite) {
  const std::vector<DateCase> cases = {
      {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
      {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
      {"Sun Nov  6 08:49:37 1994", 784111777},
      {"Sun, 06-Nov-1994 08:49:37 GMT", 784111777},
      {"06 November 1994 8:49:37", 784111777},
      {"1994 6 nov 08:49:37", 784111777},
      {"6 1994 NOV 08:49:37 -0500", 784111777},
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Thu, 01-Jan-70 00:00:01 GMT", 1},
      {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799},
      {"Mon, 01 Jan 0001 00:00:00 GMT", 978307200}, // 2001, as by the draft
      {"01 Jan 69 00:00:00", 3124224000},           // 2069
      {"Wed, 30 Feb 2022 10:00:00 GMT", std::nullopt},
      {"29 Feb 2024 00:00:00", 1709164800},
      {"29 Feb 2023 00:00:00", std::nullopt},
      {"01 Jan 2024 24:00:00", std::nullopt},
      {"01 Jan 2024 00:60:00", std::nullopt},
      {"01 Jan 2024 00:00", std::nullopt},
      {"01 Jan 2024 00:00:00garbage", 1704067200},
      {"01 Jan 2024 000:00:00", std::nullopt},
      {"00 Jan 2024 00:00:00", std::nullopt},
      {"2024-01-01T00:00:00Z", std::nullopt}, // ISO 8601 is no cookie date
      {"0", std::nullopt},
      {"-1", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& [text, seconds] : cases) {
    const auto date = parse_cookie_date(text);
    const auto read = date ? std::optional<std::int64_t>(date->time_since_epoch().count()) : std::nullopt;
    EXPECT_EQ(read, seconds) << text;
  }
}

} // namespace
} // namespace murphy
