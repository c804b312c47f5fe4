#include "cli/load.h"

#include "sample_project.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// For as long as it lives, the working folder is another one.
class WorkingFolder {
public:
  explicit WorkingFolder(const std::filesystem::path& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~WorkingFolder() { std::filesystem::current_path(before_); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

private:
  std::filesystem::path before_;
};

scenario::Inputs nothing() {
  scenario::Inputs inputs;
  inputs.environment = [](const std::string&) -> std::optional<ClearText> { return std::nullopt; };
  return inputs;
}

TEST(Load, FindsTheProjectAboveAndTheScenariosBesideIt) {
  const SampleProject project;
  const WorkingFolder here(project.path("scenarios"));
  const Loaded loaded = load({}, nothing());
  EXPECT_THAT(loaded.errors, IsEmpty());
  ASSERT_TRUE(loaded.project);
  EXPECT_EQ(loaded.project->file, "../murphy.toml");
  ASSERT_EQ(loaded.features.size(), 1U);
  EXPECT_EQ(loaded.features.front().scenarios.size(), 3U);
  EXPECT_EQ(loaded.files, 1U);
}

TEST(Load, WithoutAProjectSaysHowToNameOne) {
  const reports::ScratchFolder empty;
  const WorkingFolder here(empty.path());
  const Loaded loaded = load({}, nothing());
  ASSERT_EQ(loaded.errors.size(), 1U);
  EXPECT_EQ(loaded.errors.front().kind, ErrorKind::usage);
  EXPECT_THAT(loaded.errors.front().what, HasSubstr("murphy.toml"));
  EXPECT_THAT(loaded.errors.front().hint, HasSubstr("--project"));
  EXPECT_FALSE(loaded.project);
  EXPECT_THAT(loaded.inputs, IsEmpty());
}

TEST(Load, KnowsEveryFileItRead) {
  const SampleProject project;
  const std::string flows = project.write("scenarios/flows.toml", "[flow.look]\nsteps = [{ open = \"/\" }]\n");
  const std::string user = project.write("user.toml", "import = [\"scenarios/flows.toml\"]\nfeature = \"Looks\"\n"
                                                      "[[scenario]]\nname = \"looks\"\nsteps = [{ use = \"look\" }]\n");
  const Loaded loaded = load({.project = project.path("murphy.toml"), .paths = {user}}, nothing());
  EXPECT_THAT(loaded.errors, IsEmpty()) << render(loaded.errors.front());
  EXPECT_THAT(loaded.inputs, ElementsAre(project.path("murphy.toml"), user, flows));
  EXPECT_EQ(loaded.files, 1U) << "what is imported was not named";
}

TEST(Load, ReadsTheOtherFilesWhenOneIsBad) {
  const SampleProject project;
  const std::string bad =
      project.write("bad.toml", "feature = \"Bad\"\n[[scenario]]\nname = \"a\"\nsteps = [{ opn = \"/\" }]\n");
  const Loaded loaded = load(
      {.project = project.path("murphy.toml"), .paths = {project.path("none.toml"), bad, project.path("scenarios")}},
      nothing());
  EXPECT_EQ(loaded.features.size(), 1U);
  EXPECT_EQ(loaded.files, 2U);
  ASSERT_EQ(loaded.errors.size(), 2U);
  EXPECT_THAT(render(loaded.errors[0]), HasSubstr("none.toml"));
  EXPECT_EQ(loaded.errors[1].place.file, bad);
  EXPECT_EQ(loaded.errors[1].place.line, 4U);
}

TEST(Load, LooksAtSelectorsAsTheBrowserDoes) {
  const SampleProject project(sample_project, "feature = \"S\"\n[[scenario]]\nname = \"a\"\nsteps = [{ open = \"/\", "
                                              "expect = { element = \"p::before\" } }]\n");
  const Loaded loaded = load({.project = project.path("murphy.toml"), .paths = {}}, nothing());
  ASSERT_EQ(loaded.errors.size(), 1U);
  EXPECT_EQ(loaded.errors.front().place.line, 4U);
}

TEST(Load, TakesNamesThatAreGivenFromOutside) {
  const SampleProject project(sample_project, "feature = \"S\"\n[[scenario]]\nname = \"a\"\nsteps = [{ open = "
                                              "\"/${first}/${second}/${third}\" }]\n");
  const FileOptions options{.project = project.path("murphy.toml"), .paths = {}};
  EXPECT_EQ(load(options, nothing()).errors.size(), 3U);
  scenario::Inputs inputs = nothing();
  inputs.variables["first"] = "a";
  inputs.secrets["second"] = std::make_shared<const Secret>(ClearText("b"), "second");
  inputs.environment = [](const std::string& name) -> std::optional<ClearText> {
    if (name == "MURPHY_VAR_third") return ClearText("c");
    return std::nullopt;
  };
  EXPECT_THAT(load(options, inputs).errors, IsEmpty());
}

TEST(Load, OfAProjectAloneReadsNoScenario) {
  const SampleProject project(sample_project, "feature = ");
  const Loaded loaded = load_project(project.path("murphy.toml"), nothing());
  EXPECT_THAT(loaded.errors, IsEmpty());
  EXPECT_THAT(loaded.inputs, ElementsAre(project.path("murphy.toml")));
}

TEST(Load, OfTextsNeedsNoFiles) {
  const TextOfFile project{"new/murphy.toml", sample_project};
  const TextOfFile feature{"new/scenarios/a.toml",
                           "feature = \"S\"\n[[scenario]]\nname = \"a\"\nsteps = [{ open = \"/\" }]\n"};
  const Loaded loaded = load_texts(project, feature, nothing());
  EXPECT_THAT(loaded.errors, IsEmpty());
  ASSERT_EQ(loaded.features.size(), 1U);
  EXPECT_EQ(loaded.features.front().scenarios.front().place.file, "new/scenarios/a.toml");
  EXPECT_EQ(load_texts({"murphy.toml", "[app"}, feature, nothing()).errors.size(), 1U);
  EXPECT_EQ(load_texts(project, {"a.toml", "feature = 1"}, nothing()).errors.front().place.file, "a.toml");
}

} // namespace
} // namespace murphy::cli
