// A round of a watch, against an app that is not there.
#include "cli/watch_round.h"

#include "sample_project.h"

#include <cstdlib>
#include <gmock/gmock.h>
#include <utility>

namespace murphy::cli {
namespace {

using testing::SizeIs;
using watch::CheckLook;

// However long a round takes, it is no watch that hangs.
TEST(WatchRounds, ShowThatTheyGoOn) {
  std::string text = sample_project;
  text.replace(text.find("url = \"http://127.0.0.1:8080\""), 29,
               "url = \"http://127.0.0.1:1\"\nstart_timeout = \"1ms\"");
  const SampleProject project(text);
  RunOptions options;
  options.files.project = project.path("murphy.toml");
  options.target = "local";
  options.selection.tags = "smoke";
  setenv("ADA_PASSWORD", "correct horse 9", 1);
  const auto ready = prepare(options);
  unsetenv("ADA_PASSWORD");
  ASSERT_TRUE(ready);
  int events = 0;
  WatchRounds rounds(**ready, options, {}, [&events] { ++events; });
  const auto look = rounds.look({(*ready)->plan.cases.at(0).planned->id}, Known::nothing, [] { return true; }, {});
  ASSERT_TRUE(look);
  ASSERT_THAT(look->checks, SizeIs(1));
  EXPECT_EQ(look->checks[0].check, watch::target_check);
  EXPECT_EQ(look->checks[0].outcome, CheckLook::Outcome::failed);
  EXPECT_GT(events, 1);
  // An app that is not there has its time to come: it is asked again and again.
  SampleProject slow(text.replace(text.find("\"1ms\""), 5, "\"2s\""));
  options.files.project = slow.path("murphy.toml");
  setenv("ADA_PASSWORD", "correct horse 9", 1);
  const auto waiting = prepare(options);
  unsetenv("ADA_PASSWORD");
  ASSERT_TRUE(waiting);
  const int of_one_try = std::exchange(events, 0);
  WatchRounds waits(**waiting, options, {}, [&events] { ++events; });
  ASSERT_TRUE(waits.look({watch::target_check}, Known::nothing, [] { return true; }, {}));
  EXPECT_GT(events, of_one_try + 2);
}

} // namespace
} // namespace murphy::cli
