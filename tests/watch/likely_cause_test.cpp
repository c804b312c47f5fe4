// How much causes say, and whether two can be one.
#include "watch/likely_cause.h"

#include "looks.h"

#include <gtest/gtest.h>

namespace murphy::watch {
namespace {

using record::Confidence;

TEST(LikelyCauses, TellANameAPlaceOrNothing) {
  EXPECT_EQ(telling({}), Telling::nothing);
  EXPECT_EQ(telling(cause_named("f", {"users"}, Confidence::guess)), Telling::nothing);
  EXPECT_EQ(telling(cause_named("", {"users"})), Telling::nothing);
  EXPECT_EQ(telling(cause_named("f", {"", ""})), Telling::place);
  EXPECT_EQ(telling(cause_named("f", {"users"}, Confidence::low)), Telling::place) << "the name may be wrong";
  EXPECT_EQ(telling(cause_named("f", {"", "users"}, Confidence::medium)), Telling::name);
}

TEST(LikelyCauses, ContradictOnlyByTheirNames) {
  const auto users = cause_named("f1", {"users", ""});
  EXPECT_TRUE(contradict(users, cause_named("f2", {"beds", ""})));
  EXPECT_FALSE(contradict(users, cause_named("f2", {"beds", "users"})));
  EXPECT_FALSE(contradict(users, cause_named("f1", {"beds"})));
  EXPECT_FALSE(contradict(users, cause_named("f2")));
  EXPECT_FALSE(contradict(users, {}));
}

TEST(LikelyCauses, AreTheSameByTheirFingerprint) {
  EXPECT_TRUE(is_same(cause_named("f1"), cause_named("f1", {"users"})));
  EXPECT_FALSE(is_same(cause_named("f1"), cause_named("f2")));
  EXPECT_FALSE(is_same({}, {}));
}

} // namespace
} // namespace murphy::watch
