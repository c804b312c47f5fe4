// When each check is due.
#include "watch/schedule.h"

#include "looks.h"

#include <gmock/gmock.h>
#include <set>

namespace murphy::watch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr seconds minute(60);

TEST(Schedules, BeginWithEverythingAndThenKeepTheirPlaces) {
  Schedule schedule({{.check = "a", .every = minute}, {.check = "b", .every = minute}}, at(seconds(0)));
  EXPECT_THAT(schedule.due(at(seconds(0))), ElementsAre("a", "b"));
  EXPECT_EQ(schedule.ran("a", at(seconds(1)), {}), 0);
  EXPECT_EQ(schedule.ran("b", at(seconds(1)), {}), 0);
  EXPECT_THAT(schedule.due(at(seconds(1))), IsEmpty());
  // In an hour, each runs sixty times, a minute apart.
  std::map<std::string, std::vector<Instant>> runs;
  while (schedule.next() < at(seconds(3601))) {
    const Instant now = schedule.next();
    for (const std::string& check : schedule.due(now)) {
      runs[check].push_back(now);
      schedule.ran(check, now + seconds(2), {});
    }
  }
  EXPECT_EQ(runs["a"].size(), 60U);
  EXPECT_EQ(runs["b"].size(), 60U);
  for (const auto& [check, times] : runs)
    for (std::size_t i = 1; i < times.size(); ++i) EXPECT_EQ(times[i] - times[i - 1], minute);
  EXPECT_NE(runs["a"].front(), runs["b"].front());
}

TEST(Schedules, HaveTheSamePlacesAfterARestart) {
  const auto first_after = [](seconds start) {
    Schedule schedule({{.check = "scenarios/sign-in.toml#Signs in", .every = minute}}, at(start));
    schedule.ran("scenarios/sign-in.toml#Signs in", at(start), {});
    return schedule.next();
  };
  const auto apart = first_after(seconds(7'003)) - first_after(seconds(11));
  EXPECT_EQ(apart % minute, seconds(0));
}

TEST(Schedules, SpreadChecksOverTheInterval) {
  std::set<seconds::rep> tenths;
  for (int i = 0; i < 200; ++i) {
    const milliseconds offset = offset_of("scenario " + std::to_string(i), minute);
    EXPECT_GE(offset, seconds(0));
    EXPECT_LT(offset, minute);
    tenths.insert(offset / seconds(6));
  }
  EXPECT_EQ(tenths.size(), 10U);
}

TEST(Schedules, RunAgainSoonerToConfirmAndThenAsUsual) {
  Schedule schedule({{.check = "a", .every = minutes(10)}}, at(seconds(0)));
  schedule.ran("a", at(seconds(1)), seconds(10));
  EXPECT_LE(schedule.next(), at(seconds(11)));
  schedule.ran("a", at(seconds(11)), {});
  const Instant usual = schedule.next();
  schedule.ran("a", usual, minutes(30));
  EXPECT_EQ(schedule.next(), usual + minutes(10)) << "a long wait does not put off what is due before";
}

TEST(Schedules, BringAlongThoseThatRunAtLeastAsOften) {
  Schedule schedule({{.check = "a", .every = minute},
                     {.check = "as often", .every = minute},
                     {.check = "rare", .every = minutes(60)},
                     {.check = "another", .every = minute}},
                    at(seconds(0)));
  for (const char* check : {"as often", "rare", "another"}) schedule.ran(check, at(seconds(0)), {});
  schedule.ran("a", at(seconds(0)), milliseconds(1));
  schedule.bring_along("a", {"as often", "rare"});
  EXPECT_THAT(schedule.due(at(seconds(0)) + milliseconds(1)), ElementsAre("a", "as often"));
}

TEST(Schedules, DoNotCatchUpWithWhatWasMissed) {
  Schedule schedule({{.check = "a", .every = minute}}, at(seconds(0)));
  schedule.ran("a", at(seconds(1)), {});
  const Instant due = schedule.next();
  EXPECT_EQ(schedule.ran("a", due + seconds(150), {}), 2);
  EXPECT_EQ(schedule.next(), due + seconds(180));
  schedule.start_over(due, seconds(10));
  EXPECT_EQ(schedule.next(), due + seconds(10));
}

TEST(Schedules, OfNothingAreNeverDue) {
  const Schedule schedule({}, at(seconds(0)));
  EXPECT_THAT(schedule.due(at(seconds(9))), IsEmpty());
  EXPECT_EQ(schedule.next(), Instant::max());
}

TEST(Schedules, HoldBackUntilTheNextPlaceAtMost) {
  Schedule schedule({{.check = "a", .every = minutes(10)}}, at(seconds(0)));
  EXPECT_TRUE(schedule.hold_back("a", at(seconds(0)), at(seconds(1))));
  EXPECT_EQ(schedule.next(), at(seconds(1)));
  EXPECT_FALSE(schedule.hold_back("a", at(seconds(1)), at(minutes(60))));
  EXPECT_LE(schedule.next(), at(seconds(1)) + minutes(10));
  schedule.put_off("a", at(minutes(30)));
  EXPECT_EQ(schedule.next(), at(minutes(30)));
  schedule.put_off("a", at(minutes(20)));
  EXPECT_EQ(schedule.next(), at(minutes(30)));
}

} // namespace
} // namespace murphy::watch
