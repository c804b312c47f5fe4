// What `murphy watch status` says.
#include "cli/commands.h"
#include "sample_project.h"
#include "watch/store/watch_store.h"

#include <chrono>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WatchStatus : public testing::Test {
protected:
  std::string status() const {
    testing::internal::CaptureStdout();
    EXPECT_EQ(watch_status_command({.project = project_.path("murphy.toml")}), ExitCode::passed);
    return testing::internal::GetCapturedStdout();
  }
  // The last round was so long ago.
  void look(std::chrono::minutes ago, watch::WatchState state = {}) const {
    auto store =
        watch::WatchStore::open(target::address_of_file(project_.path("watch.db")), watch::WatchStore::Access::write);
    ASSERT_TRUE(store);
    const auto at = std::chrono::floor<record::Duration>(std::chrono::system_clock::now() - ago);
    state.checks["a#1"].looked = at;
    ASSERT_TRUE(store->commit(state, {}, {}, at));
  }

  SampleProject project_{std::string(sample_project) + "[watch]\nevery = \"10min\"\nstore = \"sqlite:watch.db\"\n"};
};

TEST_F(WatchStatus, IsNoneOfLongAgo) {
  look(std::chrono::minutes(29));
  EXPECT_THAT(status(), Not(HasSubstr("Nobody has looked")));
  look(std::chrono::minutes(31));
  EXPECT_THAT(status(), HasSubstr("Nobody has looked for 31 min: is the watch running?\nLast round "));
}

// Of the three intervals that a watch may be late, none counts while it waits as the app has asked.
TEST_F(WatchStatus, IsNotLateWhileTheAppWantsFewerRequests) {
  const auto quiet_until = [&](std::chrono::minutes from_now) {
    watch::WatchState state;
    state.quiet_until = std::chrono::floor<record::Duration>(std::chrono::system_clock::now() + from_now);
    look(std::chrono::minutes(45), state);
    return status();
  };
  EXPECT_THAT(quiet_until(std::chrono::minutes(5)),
              AllOf(HasSubstr("The app asked for fewer requests: the next round is at 20"),
                    Not(HasSubstr("Nobody has looked"))));
  EXPECT_THAT(quiet_until(std::chrono::minutes(-29)),
              AllOf(Not(HasSubstr("fewer requests")), Not(HasSubstr("Nobody has looked"))));
  EXPECT_THAT(quiet_until(std::chrono::minutes(-31)), HasSubstr("Nobody has looked for 45 min: is the watch running?"));
}

} // namespace
} // namespace murphy::cli
