#include "scenario/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace murphy::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr std::string_view project_with_flows = R"(
[app]
sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } }
[target.local]
url = "http://127.0.0.1:8080"
[user.ada]
email = "ada@example.com"
[user.bob]
email = "bob@example.com"
)";

// Files that import each other, and how often each was loaded.
class Imports : public testing::Test {
protected:
  Imports() : project_(*read_project("murphy.toml", project_with_flows).project) {
    checks_.load = [this](const std::string& file) -> Result<ClearText> {
      ++loaded_[file];
      const auto found = files_.find(file);
      if (found != files_.end()) return ClearText(found->second);
      return std::unexpected(Error{
          .kind = ErrorKind::usage, .what = "there is no such file", .hint = {}, .place = {file}, .source_line = {}});
    };
  }

  ReadFeature read(const std::string& file) { return reader_.read(file, files_.at(file)); }

  Scenario scenario(std::string_view text) {
    files_["one.toml"] = "feature = \"F\"\n" + std::string(text);
    ReadFeature feature = read("one.toml");
    for (const Error& error : feature.errors) ADD_FAILURE() << render(error);
    return feature.feature ? feature.feature->scenarios.at(0) : Scenario{};
  }

  Project project_;
  Checks checks_;
  std::map<std::string, std::string> files_;
  std::map<std::string, int> loaded_;
  FeatureReader reader_{project_, checks_};
};

using FlowsTest = Imports;

TEST_F(FlowsTest, HaveParametersStepsAndWhatTheyGive) {
  const Scenario read = scenario(R"([flow.sign-up]
params = ["email", "age"]
steps = [
  { open = "/${email}/${age}", capture = { code = { css = "b" }, inside = { css = "i" } } },
  { open = "/${inside}" },
]
gives = ["code"]
[[scenario]]
name = "S"
steps = [
  { use = "sign-up", with = { email = "${ada.email}", age = 42 }, expect = { status = 200 } },
  { open = "/${code}" },
]
)");
  ASSERT_EQ(read.steps.size(), 2u);
  const Use& use = std::get<Use>(read.steps[0].verb);
  ASSERT_EQ(use.with.size(), 2u);
  EXPECT_EQ(use.with[0].first, "email");
  EXPECT_EQ(use.with[0].second.parts().at(0).text, "ada.email");
  EXPECT_EQ(use.with[1].second.source, "42");
  EXPECT_EQ(read.steps[0].expect.size(), 1u);
  const Flow& flow = *use.flow;
  EXPECT_EQ(flow.name, "sign-up");
  EXPECT_EQ(flow.place.line, 2u);
  EXPECT_THAT(flow.params, ElementsAre("email", "age"));
  EXPECT_THAT(flow.gives, ElementsAre("code"));
  EXPECT_EQ(flow.steps.size(), 2u);
  EXPECT_THAT(read.users, ElementsAre("ada"));
}

TEST_F(FlowsTest, MayBeUsedBeforeTheyAreWritten) {
  const Scenario read = scenario(R"([flow.outer]
steps = [ { use = "inner" }, { open = "/${code}" } ]
gives = ["code"]
[flow.inner]
steps = [ { open = "/", capture = { code = { css = "b" } } } ]
gives = ["code"]
[[scenario]]
name = "S"
steps = [ { use = "outer" }, { use = "inner" }, { open = "/${code}" } ]
)");
  ASSERT_EQ(read.steps.size(), 3u);
  const Flow& outer = *std::get<Use>(read.steps[0].verb).flow;
  EXPECT_EQ(std::get<Use>(outer.steps.at(0).verb).flow, std::get<Use>(read.steps[1].verb).flow);
}

TEST_F(FlowsTest, HandTheirUsersAndVariablesToTheScenario) {
  const Scenario read = scenario(R"([flow.outer]
steps = [ { use = "inner" } ]
[flow.inner]
steps = [ { sign_in = "bob" }, { open = "/${env:INNER}" } ]
[[scenario]]
name = "S"
steps = [ { sign_in = "ada" }, { use = "outer" } ]
)");
  EXPECT_THAT(read.users, ElementsAre("ada", "bob"));
  ASSERT_EQ(read.environment.size(), 1u);
  EXPECT_EQ(read.environment[0].variable, "INNER");
  EXPECT_EQ(read.environment[0].place.line, 5u);
}

TEST_F(Imports, AreLoadedOnceForAllFiles) {
  files_["flows/shared.toml"] = "import = [\"base/more.toml\"]\n[flow.a]\nsteps = [ { use = \"b\" } ]\n";
  files_["flows/base/more.toml"] = "[flow.b]\nsteps = [ { open = \"/\" } ]\n";
  const std::string feature = "feature = \"F\"\nimport = [\"../flows/shared.toml\", "
                              "\"../flows/shared.toml\"]\n[[scenario]]\nname = \"S\"\nsteps = [ { use = \"a\" } ]\n";
  files_["scenarios/one.toml"] = files_["scenarios/two.toml"] = feature;
  const ReadFeature one = read("scenarios/one.toml"), two = read("scenarios/two.toml");
  ASSERT_TRUE(one.feature && two.feature);
  EXPECT_THAT(loaded_, ElementsAre(Pair("flows/base/more.toml", 1), Pair("flows/shared.toml", 1)));
  const auto& flow = std::get<Use>(one.feature->scenarios[0].steps[0].verb).flow;
  EXPECT_EQ(flow, std::get<Use>(two.feature->scenarios[0].steps[0].verb).flow);
  EXPECT_EQ(flow->place.file, "flows/shared.toml");
}

TEST_F(Imports, ReachNoFlowsOfTheFilesThatAnImportedOneImports) {
  files_["a.toml"] =
      "feature = \"F\"\nimport = [\"b.toml\"]\n[[scenario]]\nname = \"S\"\nsteps = [ { use = \"c\" } ]\n";
  files_["b.toml"] = "import = [\"c.toml\"]\n[flow.b]\nsteps = [ { use = \"c\" } ]\n";
  files_["c.toml"] = "[flow.c]\nsteps = [ { open = \"/\" } ]\n";
  const ReadFeature read_a = read("a.toml");
  ASSERT_EQ(read_a.errors.size(), 1u);
  EXPECT_EQ(read_a.errors[0].what, "there is no flow \"c\"");
  EXPECT_EQ(read_a.errors[0].hint, "the available flows are b");
}

TEST_F(Imports, TellTheirErrorsOnce) {
  files_["a.toml"] = files_["c.toml"] =
      "feature = \"F\"\nimport = [\"b.toml\"]\n[[scenario]]\nname = \"S\"\nsteps = [ { use = \"b\" } ]\n";
  files_["b.toml"] = "tgas = []\n[flow.b]\nsteps = [ { opne = \"/\" } ]\n";
  const ReadFeature first = read("a.toml");
  ASSERT_EQ(first.errors.size(), 2u);
  EXPECT_EQ(first.errors[0].place, (Place{"b.toml", 1, 1, 4}));
  for (const char* file : {"b.toml", "c.toml"}) {
    const ReadFeature later = read(file);
    EXPECT_THAT(later.errors, IsEmpty()) << file;
    EXPECT_FALSE(later.feature) << file;
  }
}

TEST_F(Imports, TellWhatIsWrongWithScenariosOnlyWhenTheFileIsReadItself) {
  files_["a.toml"] =
      "feature = \"F\"\nimport = [\"b.toml\"]\n[[scenario]]\nname = \"S\"\nsteps = [ { use = \"b\" } ]\n";
  files_["b.toml"] = "feature = \"B\"\n[flow.b]\nsteps = [ { open = \"/\" } ]\n[[scenario]]\nname = \"S\"\nsteps = [ { "
                     "use = \"b\" }, { opne = \"/\" } ]\n";
  EXPECT_TRUE(read("a.toml").feature);
  EXPECT_EQ(read("b.toml").errors.size(), 1u);
}

TEST_F(Imports, MayHoldFlowsOnly) {
  files_["b.toml"] = "[flow.b]\nsteps = [ { open = \"/\" } ]\n";
  const ReadFeature flows = read("b.toml");
  ASSERT_TRUE(flows.feature);
  EXPECT_THAT(flows.feature->scenarios, IsEmpty());
}

TEST_F(Imports, InACircleEndWhereverItIsEntered) {
  files_["a.toml"] = "feature = \"A\"\nimport = [\"b.toml\"]\n[flow.a]\nsteps = [ { use = \"b\" } "
                     "]\n[[scenario]]\nname = \"S\"\nsteps = [ { use = \"a\" } ]\n";
  files_["b.toml"] = "feature = \"B\"\nimport = [\"./x/../a.toml\"]\n[flow.b]\nsteps = [ { use = \"a\" } "
                     "]\n[[scenario]]\nname = \"S\"\nsteps = [ { use = \"b\" } ]\n";
  const ReadFeature read_a = read("a.toml");
  ASSERT_EQ(read_a.errors.size(), 1u);
  EXPECT_EQ(read_a.errors[0].what, "these files import each other: a.toml → b.toml → a.toml");
  EXPECT_EQ(read_a.errors[0].place.file, "b.toml");
  EXPECT_THAT(read("b.toml").errors, IsEmpty());
}

} // namespace
} // namespace murphy::scenario
