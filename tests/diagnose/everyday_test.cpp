#include "diagnose/everyday.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;

TEST(EverydayForm, IsTheSameWhateverTheValues) {
  EXPECT_EQ(everyday_form("  error 17 of ada@example.com at 10:00:01"),
            everyday_form("error 4 of bob@x.org at 11:59:59"));
  EXPECT_NE(everyday_form("no such column: emial"), everyday_form("no such column: pasword"));
}

TEST(EverydayLines, AreThoseThatLookLikeErrorsEachOnce) {
  EXPECT_THAT(
      everyday_lines({"all is well", "no such column: users.emial",
                      "PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 17\n"
                      "PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 3"}),
      ElementsAre("PHP Warning: Undefined array key \"lang\" in /srv/a.php on line 0", "no such column: users.emial"));
  EXPECT_TRUE(everyday_lines({"all is well"}).empty());
}

} // namespace
} // namespace murphy::diagnose
