// What `murphy watch status` says.
#include "cli/commands.h"
#include "sample_project.h"
#include "watch/store/watch_store.h"

#include <chrono>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

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

} // namespace
} // namespace murphy::cli
