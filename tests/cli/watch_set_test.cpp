// What the files of a watch say.
#include "cli/watch_set.h"

#include "sample_project.h"

#include <cstdlib>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class WatchSets : public testing::Test {
protected:
  WatchSets() { setenv("ADA_PASSWORD", "correct horse 9", 1); }

  // `watch`: the lines of [watch].
  std::expected<std::unique_ptr<WatchSet>, ExitCode> read(const std::string& watch) {
    project_.write("murphy.toml", std::string(sample_project) + "[watch]\n" + watch);
    testing::internal::CaptureStderr();
    auto set = read_watch_set({.project = project_.path("murphy.toml"), .variables = {}, .resolve = {}});
    said_ = testing::internal::GetCapturedStderr();
    return set;
  }

  SampleProject project_;
  std::string said_;
};

TEST_F(WatchSets, HaveEachScenarioWithItsInterval) {
  const auto set = read("tag = \"not writes\"\nonly = [{ tag = \"smoke\", every = \"5s\" }]\nslow = \"2s\"\n");
  ASSERT_TRUE(set) << said_;
  ASSERT_EQ((*set)->checks.size(), 2U);
  EXPECT_EQ((*set)->checks[0].every, std::chrono::seconds(5));
  EXPECT_EQ((*set)->checks[1].every, std::chrono::seconds(60));
  EXPECT_EQ((*set)->scenarios[0].feature, "Sign in");
  EXPECT_EQ((*set)->policy.slow, std::chrono::seconds(2));
  const auto files = (*set)->files();
  for (const char* file : {"/murphy.toml", "/murphy.lock", "/scenarios/sign-in.toml"})
    EXPECT_THAT(files, Contains(EndsWith(file)));
}

// It changes as long as the app writes: nothing would ever be read again.
TEST_F(WatchSets, DoNotCountTheConsoleOfTheAppAmongTheirFiles) {
  project_.write("app.log", "hello\n");
  const auto set = read("target = \"logging\"\n[target.logging]\nurl = \"http://127.0.0.1:8080\"\n"
                        "console = { file = \"app.log\" }\n");
  ASSERT_TRUE(set) << said_;
  EXPECT_THAT((*set)->files(), Not(Contains(EndsWith("/app.log"))));
  EXPECT_THAT((*set)->ready->input_files(), Contains(EndsWith("/app.log"))) << "no report is to overwrite it";
}

TEST_F(WatchSets, AreRefusedWithAReason) {
  const auto refused = [&](const std::string& watch, const std::string& why) {
    const auto set = read(watch);
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error(), ExitCode::usage);
    EXPECT_THAT(said_, HasSubstr(why));
  };
  refused("tag = \"smoke and\"\n", "tag = \"smoke and\"");
  refused("target = \"own\"\n[target.own]\nurl = \"http://127.0.0.1:8080\"\nstart = \"true\"\n",
          "murphy watch looks at an app that runs, and target \"own\" is started by Murphy");
  refused("notify = [{ kind = \"webhook\", url = { env = \"NOT_SET\" } }]\n", "NOT_SET");
}

TEST_F(WatchSets, KeepTheirTargetTheirStoreAndTheirAddress) {
  const auto first = read("listen = \"127.0.0.1:9469\"\n");
  ASSERT_TRUE(first) << said_;
  const auto error = [&](const std::string& watch) -> std::string {
    const auto next = read(watch);
    EXPECT_TRUE(next) << said_;
    const auto found = needs_restart(**first, **next);
    return found ? found->what : "";
  };
  EXPECT_EQ(error("listen = \"127.0.0.1:9469\"\nevery = \"5s\"\n"), "");
  EXPECT_EQ(error("listen = \"127.0.0.1:9470\"\n"), "a watch that runs keeps its `listen` of [watch]");
  EXPECT_EQ(error("listen = \"127.0.0.1:9469\"\nstore = \"sqlite:other.db\"\n"),
            "a watch that runs keeps its `store` of [watch]");
  EXPECT_EQ(error("listen = \"127.0.0.1:9469\"\ntarget = \"staging\"\n"),
            "a watch that runs keeps its `target` of [watch]");
}

} // namespace
} // namespace murphy::cli
