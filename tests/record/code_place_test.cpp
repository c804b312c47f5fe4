#include "record/code_place.h"

#include <gmock/gmock.h>

namespace murphy::record {
namespace {

using namespace std::chrono_literals;

CodePlace place(Duration age) {
  return {.file = "db/005.sql",
          .line = 5,
          .name = "pasword_hash",
          .commit = "1a2b3c4",
          .subject = "Redevelop users",
          .age = age,
          .is_new = false};
}

TEST(CodePlace, IsDescribedWithItsCommitAndHowOldThatIs) {
  const std::string since = "db/005.sql:5 writes \"pasword_hash\" — since commit 1a2b3c4 \"Redevelop users\", ";
  EXPECT_EQ(described(place(20s)), since + "just now");
  EXPECT_EQ(described(place(61s)), since + "1 minute ago");
  EXPECT_EQ(described(place(2h + 10min)), since + "2 hours ago");
  EXPECT_EQ(described(place(50h)), since + "2 days ago");
  EXPECT_EQ(described(place(24h * 20)), since + "2 weeks ago");
  EXPECT_EQ(described(place(24h * 70)), since + "2 months ago");
  EXPECT_EQ(described(place(24h * 800)), since + "2 years ago");
}

TEST(CodePlace, MayBeInNoCommit) {
  CodePlace other = place({});
  other.is_new = true;
  EXPECT_EQ(described(other), "db/005.sql:5 writes \"pasword_hash\" — not committed yet");
  other.is_new = false;
  other.commit.clear();
  EXPECT_EQ(described(other), "db/005.sql:5 writes \"pasword_hash\"");
}

} // namespace
} // namespace murphy::record
