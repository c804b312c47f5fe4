// What a watch does to the accounts of an app.
#include "cli/watch_load.h"

#include "cli/load.h"
#include "sample_project.h"
#include "scenario/files.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* wrong_password = R"(feature = "Sign in"
[[scenario]]
name  = "lets in"
steps = [{ sign_in = "ada" }]
[[scenario]]
name  = "says no"
tags  = ["wrong"]
steps = [{ submit = "Sign in", with = { Email = "${ada.email}", Password = "not it" } }]
)";

class Loads : public testing::Test {
protected:
  // `watch`: the lines of [watch].
  void read(const std::string& watch, std::optional<int> lockout, const std::string& feature = wrong_password) {
    const SampleProject project(std::string(sample_project) + "[watch]\n" + watch, feature);
    loaded_ = load({.project = project.path("murphy.toml"), .paths = {}}, {});
    for (const Error& error : loaded_.errors) ADD_FAILURE() << render(error);
    settings_ = *scenario::read_watch("murphy.toml", scenario::load(project.path("murphy.toml"))->view()).settings;
    loaded_.project->targets.front().lockout = lockout;
    plan_ = run::plan(loaded_.features);
    const auto checks = scheduled_checks(plan_, target(), loaded_.project->app, settings_);
    ASSERT_TRUE(checks) << checks.error().what;
    checks_ = *checks;
    load_ = load_of(plan_, loaded_.project->app, checks_, settings_);
  }
  const scenario::Target& target() const { return loaded_.project->targets.front(); }

  Loaded loaded_;
  run::Plan plan_;
  scenario::WatchSettings settings_;
  std::vector<watch::ScheduledCheck> checks_;
  std::map<std::string, AccountLoad> load_;
};

TEST_F(Loads, AreCountedByAccount) {
  read("only = [{ tag = \"wrong\", every = \"15min\" }]\n", 5);
  EXPECT_EQ(load_text(load_, target(), settings_),
            "[watch] signs in 1,536 times a day as ada, 4 wrong passwords in 1 hour; lockout = 5\n");
  EXPECT_THAT(locked_accounts(load_, target(), settings_), IsEmpty());
  ASSERT_THAT(checks_, SizeIs(2));
  EXPECT_THAT(checks_[0].wrong_passwords, IsEmpty());
  EXPECT_EQ(checks_[1].wrong_passwords.at("ada"), 1);
}

TEST_F(Loads, ThatLockAnAccountAreRefused) {
  read("only = [{ tag = \"wrong\", every = \"14min\" }]\n", 5);
  const Errors refused = locked_accounts(load_, target(), settings_);
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].what, "[watch] would lock the account of ada: it sends 5 wrong passwords in 1 hour, and target "
                             "\"local\" has lockout = 5");
  EXPECT_THAT(refused[0].hint, HasSubstr("`only` in [watch]"));
  EXPECT_GT(refused[0].place.line, 0U);
  read("only = [{ tag = \"wrong\", every = \"14min\" }]\nlockout_window = \"20min\"\n", 5);
  EXPECT_THAT(locked_accounts(load_, target(), settings_), IsEmpty());
  EXPECT_THAT(load_text(load_, target(), settings_), HasSubstr("2 wrong passwords in 20 minutes; lockout = 5"));
}

TEST_F(Loads, AreRefusedWhereAStepRepeatsASignIn) {
  for (
      const char* step :
      {R"({ submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, eventually = "10s", expect = { status = 200 } })",
       "{ validate = \"Sign in\", fields = { Email = { required = true } }, valid = { Email = \"${ada.email}\", "
       "Password = \"${ada.password}\" } }"}) {
    read("", 5, std::string("feature = \"F\"\n[[scenario]]\nname = \"S\"\nsteps = [\n") + step + "\n]\n");
    const Errors refused = locked_accounts(load_, target(), settings_);
    ASSERT_THAT(refused, SizeIs(1)) << step;
    EXPECT_EQ(refused[0].what, "[watch] would lock the account of ada: this step may sign in again and again, and "
                               "target \"local\" has lockout = 5");
    EXPECT_EQ(refused[0].place.line, 5U);
    EXPECT_NE(refused[0].source_line, "");
    read("", {}, std::string("feature = \"F\"\n[[scenario]]\nname = \"S\"\nsteps = [\n") + step + "\n]\n");
    EXPECT_THAT(locked_accounts(load_, target(), settings_), IsEmpty());
  }
}

TEST_F(Loads, OfAnAppThatLocksNobodyAreNotRefused) {
  read("", {});
  EXPECT_EQ(load_text(load_, target(), settings_),
            "[watch] signs in 2,880 times a day as ada, 60 wrong passwords in 1 hour\n");
  EXPECT_THAT(locked_accounts(load_, target(), settings_), IsEmpty());
}

} // namespace
} // namespace murphy::cli
