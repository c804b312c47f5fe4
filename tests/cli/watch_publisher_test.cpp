// What a watch shows to others.
#include "cli/watch_publisher.h"

#include "command.h"

#include <filesystem>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

watch::WatchState state_with(watch::Instant looked) {
  watch::WatchState state;
  state.checks["a#1"].looked = looked;
  return state;
}

class Publishing : public testing::Test {
protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  watch::Reply ask(const std::string& file) const {
    return publisher_.answer({.path = file, .accept = {}, .has_tag = {}});
  }
  // What is said on standard error.
  std::string publish() {
    testing::internal::CaptureStderr();
    publisher_.publish(state_, {}, watch::Counts(), now_, {});
    return testing::internal::GetCapturedStderr();
  }

  reports::ScratchFolder folder_;
  watch::Instant now_ = std::chrono::floor<record::Duration>(std::chrono::system_clock::now());
  watch::WatchState state_;
  watch::WatchState known_ = state_with(now_); // by an earlier watch
  WatchPublisher publisher_{
      {.metrics = path("m.prom"), .status_directory = path("public")},
      {.state = known_,
       .facts = {.version = "1",
                 .target = "staging",
                 .scenarios = {{.id = "a#1", .feature = "Sign in", .name = "1", .every = std::chrono::hours(1)}},
                 .counts = {},
                 .process = {}},
       .uptime = {}}};
};

TEST_F(Publishing, LeavesNothingBehindThatSeemsToBeTrue) {
  state_.checks["a#1"].looked = now_;
  EXPECT_EQ(publish(), "");
  publisher_.set_watched({.metrics = path("other.prom"), .status_directory = path("other")},
                         {{.id = "a#1", .feature = "Sign in", .name = "1", .every = std::chrono::hours(1)}}, now_);
  EXPECT_THAT(reports::read_file(path("public/index.html")), HasSubstr("<b class=\"unknown\">unknown</b>"));
  EXPECT_FALSE(std::filesystem::exists(path("m.prom")));
  EXPECT_EQ(publish(), "");
  EXPECT_THAT(reports::read_file(path("other/index.html")), HasSubstr("<b class=\"up\">up</b>"));
  EXPECT_THAT(reports::read_file(path("public/index.html")), Not(HasSubstr("<b class=\"up\">up</b>")));
  EXPECT_TRUE(std::filesystem::exists(path("other.prom")));
  publisher_.set_watched({}, {}, now_);
  EXPECT_THAT(reports::read_file(path("other/index.html")), HasSubstr("<b class=\"unknown\">unknown</b>"));
}

TEST_F(Publishing, AnswersAndWritesTheSame) {
  EXPECT_EQ(ask("/readyz").status, 503);
  state_.checks["a#1"].looked = now_;
  EXPECT_EQ(publish(), "");
  EXPECT_EQ(ask("/readyz").status, 200);
  EXPECT_EQ(ask("/healthz").status, 200);
  EXPECT_THAT(ask("/metrics").body, HasSubstr("process_resident_memory_bytes"));
  EXPECT_THAT(reports::read_file(path("m.prom")), HasSubstr("murphy_scenario_success{"));
  EXPECT_THAT(reports::read_file(path("m.prom")), Not(HasSubstr("process_"))) << "node_exporter has these";
  EXPECT_EQ(reports::read_file(path("public/status.json")), ask("/status.json").body);
  EXPECT_THAT(reports::read_file(path("public/index.html")), HasSubstr("<b class=\"up\">up</b>"));
  EXPECT_EQ(reports::read_file(path("public/badge/sign-in.svg")), ask("/badge/sign-in.svg").body);
  publisher_.end(now_);
  EXPECT_THAT(reports::read_file(path("public/index.html")), HasSubstr("<b class=\"unknown\">unknown</b>"));
}

TEST_F(Publishing, AnswersAfterARestartWithWhatWasKnown) {
  EXPECT_EQ(ask("/readyz").status, 503);
  EXPECT_THAT(ask("/status").body, HasSubstr("<b class=\"up\">up</b>"));
  EXPECT_THAT(ask("/badge/sign-in.svg").body, HasSubstr("Sign in: up"));
  EXPECT_THAT(ask("/metrics").body, HasSubstr("murphy_scenario_success{"));
  publisher_.end(now_);
  EXPECT_FALSE(std::filesystem::exists(path("public"))) << "it has seen nothing";
}

TEST_F(Publishing, SaysOnceWhatCannotBeWritten) {
  EXPECT_EQ(publish(), "");
  const auto block = [this] {
    std::filesystem::remove_all(path("public/badge"));
    folder_.file("public/badge", "a file is in the way");
  };
  block();
  EXPECT_THAT(publish(), HasSubstr("`status_directory` of [watch]: the report "));
  EXPECT_EQ(publish(), "") << "though the page before it is written";
  std::filesystem::remove(path("public/badge"));
  EXPECT_EQ(publish(), "");
  block();
  EXPECT_THAT(publish(), HasSubstr("`status_directory` of [watch]: ")) << "it is new trouble";
}

TEST_F(Publishing, RemovesBadgesOfFeaturesThatAreGone) {
  const auto feature = [](const std::string& name) {
    return watch::WatchedScenario{.id = "a#" + name, .feature = name, .name = "1", .every = std::chrono::hours(1)};
  };
  const auto watch_with = [&](std::vector<watch::WatchedScenario> scenarios) {
    return WatchPublisher(
        {.metrics = {}, .status_directory = path("public")},
        {.state = {},
         .facts = {.version = "1", .target = "staging", .scenarios = std::move(scenarios), .counts = {}, .process = {}},
         .uptime = {}});
  };
  watch_with({feature("Sign in"), feature("Profile")}).publish(state_, {}, {}, now_, {});
  folder_.file("public/badge/ours.svg", "somebody else's");
  EXPECT_TRUE(std::filesystem::exists(path("public/badge/profile.svg")));
  watch_with({feature("Sign in")}).publish(state_, {}, {}, now_, {});
  EXPECT_FALSE(std::filesystem::exists(path("public/badge/profile.svg")));
  EXPECT_TRUE(std::filesystem::exists(path("public/badge/sign-in.svg")));
  EXPECT_TRUE(std::filesystem::exists(path("public/badge/ours.svg")));
}

} // namespace
} // namespace murphy::cli
