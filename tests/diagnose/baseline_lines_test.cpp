#include "diagnose/baseline_lines.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;

TEST(BaselineForm, IsTheSameWhateverTheValues) {
  EXPECT_EQ(baseline_form("  error 17 of ada@example.com at 10:00:01"),
            baseline_form("error 4 of bob@x.org at 11:59:59"));
  EXPECT_NE(baseline_form("no such column: emial"), baseline_form("no such column: pasword"));
}

TEST(BaselineErrorLines, AreThoseThatLookLikeErrorsEachOnce) {
  EXPECT_THAT(
      baseline_error_lines({"all is well", "no such column: users.emial",
                            "PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 17\n"
                            "PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 3"}),
      ElementsAre("PHP Warning: Undefined array key \"lang\" in /…/a.php on line 0", "no such column: users.emial"));
  EXPECT_TRUE(baseline_error_lines({"all is well"}).empty());
}

} // namespace
} // namespace murphy::diagnose
