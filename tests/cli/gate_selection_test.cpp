// What a change concerns, in repositories with the project below their top.
#include "cli/gate_selection.h"

#include "sample_project.h"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using gate::Everything;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* with_gate = R"(
[target.local]
url = "http://127.0.0.1:8080"

[gate]
features = ["sign IN"]
base     = "main"
rules    = [{ paths = ["app/up*", "../api/**"], features = ["Sign up"] }]
ignore   = ["docs/**"]
)";

class SelectedByAChange : public testing::Test {
protected:
  SelectedByAChange() {
    for (const char* variable : {"GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL"}) unsetenv(variable);
    write("web/murphy.toml", with_gate);
    for (const char* name : {"Sign in", "Sign up", "Profile"})
      write(fmt::format("web/scenarios/{}.toml", name),
            fmt::format("feature = \"{}\"\n[[scenario]]\nname = \"a\"\nsteps = [{{ open = \"/\" }}]\n", name));
    write("web/scenarios/flows.toml", "[flow.none]\nsteps = [{ open = \"/\" }]\n");
    git("init -q -b main && git add -A && {} commit -qm one && git checkout -q -b change");
  }

  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file) << text;
  }
  void git(const std::string& line) const {
    const std::string whole = fmt::format(fmt::runtime("cd '" + folder_.path().string() + "' && git " + line),
                                          "git -c user.name=Ada -c user.email=ada@example.com");
    ASSERT_EQ(std::system((whole + " >/dev/null 2>&1").c_str()), 0) << whole;
  }
  Result<GateSelection> selection(const std::string& base = {}) {
    loaded_ = load({.project = (folder_.path() / "web/murphy.toml").string(), .paths = {}}, {});
    EXPECT_TRUE(loaded_.errors.empty());
    all_ = run::plan(loaded_.features);
    GateOptions options;
    options.base = base;
    return select_for_gate(loaded_, all_, options);
  }
  std::vector<std::string> features(const GateSelection& selection) const {
    std::vector<std::string> names;
    for (const run::Case& each : selected_of(all_, selection).cases) names.push_back(each.planned->feature);
    return names;
  }

  reports::ScratchFolder folder_;
  Loaded loaded_;
  run::Plan all_;
};

TEST_F(SelectedByAChange, AreTheFeaturesOfItsPathsAndThoseToProve) {
  write("web/app/up.rb", "1");
  const auto found = selection();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->base, "main");
  EXPECT_EQ(found->concerned.everything, Everything::no);
  EXPECT_THAT(features(*found), ElementsAre("Sign in", "Sign up"));
  fs::remove(folder_.path() / "web/app/up.rb");
  write("web/docs/a.txt", "1");
  EXPECT_THAT(features(*selection()), ElementsAre("Sign in"));
  write("web/scenarios/Profile.toml",
        "feature = \"Profile\"\n[[scenario]]\nname = \"b\"\nsteps = [{ open = \"/\" }]\n");
  EXPECT_THAT(features(*selection()), ElementsAre("Profile", "Sign in"));
}

TEST_F(SelectedByAChange, AreFoundOutsideTheFolderOfTheProjectToo) {
  write("api/x.rb", "1");
  EXPECT_THAT(features(*selection()), ElementsAre("Sign in", "Sign up"));
  write("docs/of-another-folder.txt", "1");
  EXPECT_EQ(selection()->concerned.everything, Everything::unknown_path);
}

TEST_F(SelectedByAChange, AreAllForFilesOfTheProjectItself) {
  for (const char* file : {"web/murphy.toml", "web/murphy.lock", "web/scenarios/flows.toml"}) {
    write(file, file == std::string("web/scenarios/flows.toml") ? "[flow.n]\nsteps = [{ open = \"/\" }]\n"
                                                                : with_gate + std::string("# changed\n"));
    EXPECT_EQ(selection()->concerned.everything, Everything::project_file) << file;
    git("checkout -q . && git clean -qfd");
  }
  fs::remove(folder_.path() / "web/scenarios/Profile.toml");
  EXPECT_EQ(selection()->concerned.everything, Everything::unknown_path) << "a feature is gone";
}

TEST_F(SelectedByAChange, AreAllWithoutABase) {
  EXPECT_EQ(selection("gone")->concerned.everything, Everything::unknown_base);
  EXPECT_EQ(selection("gone")->base, "gone");
  EXPECT_EQ(selection()->concerned.everything, Everything::no_change);
  fs::remove_all(folder_.path() / ".git");
  EXPECT_EQ(selection()->concerned.everything, Everything::no_checkout);
  EXPECT_THAT(features(*selection()), ElementsAre("Profile", "Sign in", "Sign up"));
}

TEST_F(SelectedByAChange, AreRefusedWhereARuleNamesNoFeature) {
  write("web/murphy.toml", "[target.local]\nurl = \"http://127.0.0.1:8080\"\n[gate]\nfeatures = [\"New one\"]\nrules = "
                           "[\n{ paths = [\"a\"], features = [\"New one\"] },\n{ paths = [\"b\"], features = "
                           "[\"Quite another\"] }\n]\n");
  const auto refused = selection();
  ASSERT_FALSE(refused) << "a feature to prove may be missing, and is then said to be";
  EXPECT_EQ(refused.error().what, "a rule of [gate] names the feature \"Quite another\", which no file has");
  EXPECT_EQ(refused.error().hint, "there are: Profile, Sign in, Sign up");
  EXPECT_EQ(refused.error().place.line, 7U);
}

} // namespace
} // namespace murphy::cli
