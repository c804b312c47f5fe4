// Weeks and months of a watch: it pages nobody for nothing, and does not grow.
#include "looks.h"
#include "set_clock.h"
#include "watch/state_json.h"
#include "watch/store/watch_store.h"
#include "watch/watching.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <gmock/gmock.h>
#include <random>
#include <string>
#include <vector>

namespace murphy::watch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Each;
using testing::IsEmpty;
using testing::Le;

class Endurance : public testing::Test {
protected:
  using Look = std::function<void(RoundLook& round, const std::vector<std::string>& due)>;

  std::vector<ScheduledCheck> checks() const {
    std::vector<ScheduledCheck> all;
    for (int i = 0; i < scenarios_; ++i) all.push_back({.check = "a#" + std::to_string(i), .every = every_});
    return all;
  }
  void watch(Instant::duration length, const Look& look) {
    SetClock clock(length);
    Watching watching({}, checks(), policy_, "staging", clock,
                      {.look = [&](const std::vector<std::string>& due) -> std::optional<RoundLook> {
                         ++rounds_;
                         runs_ += due.size();
                         clock.pass(milliseconds(400));
                         RoundLook round{.at = clock.now().wall, .checks = {}, .schema = {}, .trouble = {}};
                         look(round, due);
                         return round;
                       },
                       .acknowledged = [] { return Acknowledged(); },
                       .keep =
                           [&](const WatchState& state, const std::vector<Notice>& notices, Instant at) {
                             for (const Notice& each : notices)
                               if (each.incident.severity == Severity::critical) pages_.push_back(each);
                             if (kept_) kept_(state, notices, at);
                           }});
    while (watching.round()) {
    }
  }
  // So many of a thousand runs fail for no reason.
  Look healthy(unsigned failing_of_thousand) {
    return [this, failing_of_thousand](RoundLook& round, const std::vector<std::string>& due) {
      round.checks.push_back(passed(target_check));
      for (const std::string& each : due)
        round.checks.push_back(random_() % 1000 < failing_of_thousand ? failed(each) : passed(each));
    };
  }

  int scenarios_ = 17;
  milliseconds every_ = seconds(60);
  WatchPolicy policy_{
      .fail_after = 3, .fail_if = {}, .pass_after = 2, .confirm = {seconds(10), seconds(30)}, .remind = {}};
  std::mt19937 random_{20'261'129}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same in every run
  std::function<void(const WatchState&, const std::vector<Notice>&, Instant)> kept_;
  std::vector<Notice> pages_;
  std::size_t rounds_ = 0, runs_ = 0;
};

TEST_F(Endurance, OfAThousandHoursWithRandomFailuresPagesNobody) {
  watch(hours(1000), healthy(5));
  EXPECT_GT(runs_, 1'000'000U);
  EXPECT_THAT(pages_, IsEmpty());
}

TEST_F(Endurance, OfADeployEachHourPagesNobody) {
  watch(hours(200), [this](RoundLook& round, const std::vector<std::string>& due) {
    const auto minute = std::chrono::floor<minutes>(round.at.time_since_epoch()) % hours(1);
    const bool is_restarted = minute == minutes(30) && round.at.time_since_epoch() % minutes(1) < seconds(25);
    if (is_restarted)
      round.checks.push_back(failed(target_check));
    else
      healthy(5)(round, due);
  });
  EXPECT_THAT(pages_, IsEmpty());
}

// As cli/ has it of a round in which the control address is gone, too.
TEST_F(Endurance, WithoutANetworkPagesNobody) {
  watch(hours(48), [this](RoundLook& round, const std::vector<std::string>& due) {
    const bool has_network = std::chrono::floor<hours>(round.at.time_since_epoch()).count() % 6 != 0;
    if (has_network) return healthy(5)(round, due);
    round.unjudged.insert(due.begin(), due.end());
    round.trouble = "this machine may have no network";
  });
  EXPECT_THAT(pages_, IsEmpty());
}

// The same outage each day: what is known of the last ones goes.
TEST_F(Endurance, KeepsTheStateSmall) {
  std::vector<std::size_t> sizes;
  kept_ = [&](const WatchState& state, const std::vector<Notice>&, Instant) {
    const bool is_quiet =
        std::ranges::all_of(state.checks, [](const auto& each) { return each.second.failed_in_row == 0; });
    if (state.open.empty() && is_quiet && rounds_ % 50 == 0) sizes.push_back(state_text(state).size());
  };
  watch(hours(170), [this](RoundLook& round, const std::vector<std::string>& due) {
    const bool is_broken = std::chrono::floor<minutes>(round.at.time_since_epoch()) % hours(24) < minutes(20);
    round.checks.push_back(passed(target_check));
    for (const std::string& each : due)
      round.checks.push_back(is_broken ? failed(each, cause_named("f" + std::to_string(rounds_ % 7))) : passed(each));
  });
  EXPECT_GT(rounds_, 10'000U);
  ASSERT_GT(sizes.size(), 200U);
  EXPECT_THAT(sizes, Each(Le(sizes[sizes.size() / 2] + 200)));
}

TEST_F(Endurance, KeepsTheStoreSmall) {
  std::string folder = (std::filesystem::temp_directory_path() / "murphy-watch-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string file = folder + "/watch.db";
  auto store = WatchStore::open(target::address_of_file(file), WatchStore::Access::write);
  ASSERT_TRUE(store);
  scenarios_ = 1;
  every_ = hours(24);
  std::uintmax_t after_half_a_year = 0;
  kept_ = [&](const WatchState& state, const std::vector<Notice>& notices, Instant now) {
    std::vector<ToldNotice> told;
    std::vector<OutgoingAlert> outgoing;
    for (const Notice& each : notices) {
      told.push_back({.notice = each, .alert = alert_of(each, "staging", 1)});
      outgoing.push_back({.channel = "on call", .alert = told.back().alert});
    }
    const Day day = std::chrono::floor<std::chrono::days>(now);
    ASSERT_TRUE(store->commit(state, told, outgoing, now, {{"Sign in", {{day, {.up = hours(24)}}}}}));
    const auto queue = store->queue();
    ASSERT_TRUE(queue);
    for (const QueuedAlert& each : *queue) ASSERT_TRUE(store->mark_sent(each.id, {}, now));
    if (now - at(seconds(0)) < hours(180 * 24)) after_half_a_year = std::filesystem::file_size(file);
  };
  watch(hours(365 * 24), [this](RoundLook& round, const std::vector<std::string>& due) {
    const bool is_broken = std::chrono::floor<hours>(round.at.time_since_epoch()) % hours(144) < hours(72);
    round.checks.push_back(passed(target_check));
    for (const std::string& each : due) round.checks.push_back(is_broken ? failed(each) : passed(each));
  });
  EXPECT_GT(pages_.size(), 100U) << "an incident each sixth day, and its end";
  EXPECT_LE(std::filesystem::file_size(file), after_half_a_year + after_half_a_year / 5);
  EXPECT_LT(std::filesystem::file_size(file), 1'000'000U);
  std::filesystem::remove_all(folder);
}

} // namespace
} // namespace murphy::watch
