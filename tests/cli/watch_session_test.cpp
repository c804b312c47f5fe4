// One set of files at work, and the next one that goes on for it.
#include "cli/watch_session.h"

#include "sample_project.h"

#include <cstdlib>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// Nothing listens at the app's address: each round sees that it is gone.
class Sessions : public testing::Test {
protected:
  Sessions() {
    setenv("ADA_PASSWORD", "correct horse 9", 1);
    project_.write("murphy.toml", R"(
[target.local]
url           = "http://127.0.0.1:1"
start_timeout = "10ms"
[watch]
every   = "1s"
confirm = ["1ms", "1ms"]
)");
    project_.write("scenarios/sign-in.toml", "feature = \"Sign in\"\n[[scenario]]\nname = \"opens\"\nsteps = [{ open = "
                                             "\"/login\", expect = { status = 200 } }]\n");
  }
  std::unique_ptr<WatchSession> session(watch::WatchState state) {
    auto set = read_watch_set({.project = project_.path("murphy.toml"), .variables = {}, .resolve = {}});
    EXPECT_TRUE(set);
    auto made = WatchSession::make(std::move(*set), std::move(state),
                                   {.store = store_,
                                    .holds_store = [this] { return asked_++ < holds_for_; },
                                    .takes_store_back = [](const watch::WatchState&) { return false; },
                                    .publisher = publisher_,
                                    .clock = clock_,
                                    .meter = meter_,
                                    .counts = counts_,
                                    .stop = stop_.get_token(),
                                    .beat = [this] { ++beats_; },
                                    .round_ended = [this](const watch::WatchState& known) { ended_ = known; }},
                                   Rounds::many);
    EXPECT_TRUE(made);
    return std::move(*made);
  }

  SampleProject project_;
  watch::WatchStore store_ = std::move(*watch::WatchStore::open(
      target::address_of_file(project_.path(".murphy/watch.db")), watch::WatchStore::Access::write));
  WatchPublisher publisher_{{},
                            {.state = {},
                             .facts = {.version = "1", .target = "local", .scenarios = {}, .counts = {}, .process = {}},
                             .uptime = {}}};
  std::stop_source stop_;
  SystemClock clock_{stop_.get_token(), [] {}};
  watch::UptimeMeter meter_{{}, {}, clock_.now().wall};
  watch::Counts counts_;
  watch::WatchState ended_;
  int beats_ = 0;
  // How often it was asked whether it has the store, and how often it has.
  int asked_ = 0, holds_for_ = 1'000'000;
};

TEST_F(Sessions, GoOnForEachOther) {
  testing::internal::CaptureStdout();
  auto first = session({});
  EXPECT_TRUE(first->settle());
  const std::string told = testing::internal::GetCapturedStdout();
  EXPECT_THAT(told, HasSubstr("DOWN  local: the app is not there, 3 runs in a row since "));
  EXPECT_THAT(ended_.open, SizeIs(1));
  EXPECT_GT(beats_, 3);
  EXPECT_EQ(store_.load()->open, ended_.open);

  testing::internal::CaptureStdout();
  auto next = session(first->state());
  next->go_on_for(*first);
  first.reset();
  EXPECT_TRUE(next->round());
  EXPECT_THAT(testing::internal::GetCapturedStdout(), IsEmpty()) << "all of it is known";
  EXPECT_THAT(ended_.open, SizeIs(1));
  stop_.request_stop();
  EXPECT_FALSE(next->round());
}

TEST_F(Sessions, KeepNothingOnceAnotherHasTheStore) {
  holds_for_ = 1; // it is lost while the round runs
  testing::internal::CaptureStdout();
  const auto session_that_lost = session({});
  EXPECT_FALSE(session_that_lost->settle());
  EXPECT_THAT(testing::internal::GetCapturedStdout(), IsEmpty());
  EXPECT_EQ(*store_.load(), watch::WatchState{});
  EXPECT_EQ(asked_, 3) << "the first look, what was to be kept, and the second look";
}

} // namespace
} // namespace murphy::cli
