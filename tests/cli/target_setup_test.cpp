#include "cli/target_setup.h"

#include "scenario/reader.h"

#include <cstdint>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;

scenario::Project project_with(const std::string& targets) {
  auto read = scenario::read_project("shop/murphy.toml", targets);
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  return std::move(*read.project);
}

scenario::Inputs no_inputs() {
  scenario::Inputs inputs;
  inputs.environment = [](const std::string&) -> std::optional<ClearText> { return std::nullopt; };
  return inputs;
}

TEST(ChooseTarget, TakesTheOneNamedOrTheFirst) {
  const scenario::Project project =
      project_with("[target.local]\nurl = \"http://127.0.0.1:1\"\n[target.staging]\nurl = \"http://127.0.0.1:2\"\n");
  EXPECT_EQ((*choose_target(project, ""))->name, "local");
  EXPECT_EQ((*choose_target(project, "staging"))->name, "staging");
  const auto none = choose_target(project, "stagging");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::usage);
  EXPECT_THAT(none.error().what, HasSubstr("stagging"));
  EXPECT_THAT(none.error().hint, HasSubstr("local, staging"));
}

TEST(ChooseTarget, OfAProjectWithoutAnySaysHowToWriteOne) {
  scenario::Project project;
  project.file = "murphy.toml";
  const auto none = choose_target(project, "");
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().hint, HasSubstr("[target.local]"));
}

// Whether Murphy may ask an app more than the scenarios do, after a failed sign-in.
struct Probing {
  const char* name;
  const char* target;
  bool allowed;
};

class MayBeProbed : public testing::TestWithParam<Probing> {};

TEST_P(MayBeProbed, IsDecidedByWhereItIsAndWhatIsSaid) {
  const scenario::Project project = project_with(std::string("[target.app]\n") + GetParam().target);
  const scenario::Inputs inputs = no_inputs();
  const auto setup = TargetSetup::make(project.targets.front(), project, inputs, {});
  ASSERT_TRUE(setup) << render(setup.error());
  EXPECT_EQ(setup->may_be_probed(), GetParam().allowed);
}

INSTANTIATE_TEST_SUITE_P(
    All, MayBeProbed,
    testing::Values(Probing{"OnThisMachine", "url = \"http://127.0.0.1:8080\"", true},
                    Probing{"OnThisMachineByName", "url = \"http://localhost:8080\"", true},
                    Probing{"OnThisMachineBySocket", "url = \"http://shop.test\"\nsocket = \"app.sock\"", true},
                    Probing{"StartedHere", "url = \"http://127.0.0.1:${port}\"\nstart = \"./app ${port}\"", true},
                    Probing{"Elsewhere", "url = \"https://staging.example.com\"", false},
                    Probing{"ElsewhereAndAllowed", "url = \"https://staging.example.com\"\ndiagnose = true", true},
                    Probing{"OnThisMachineAndForbidden", "url = \"http://127.0.0.1:8080\"\ndiagnose = false", false},
                    Probing{"ProductionOnThisMachine", "url = \"http://127.0.0.1:8080\"\nproduction = true", false}),
    [](const auto& each) { return std::string(each.param.name); });

// What cannot be used is said before anything starts, with its place where it has one.
struct Unusable {
  const char* name;
  const char* target;
  const char* resolve;
  std::uint32_t line;
  const char* said;
};

class UnusableTarget : public testing::TestWithParam<Unusable> {};

TEST_P(UnusableTarget, IsRefusedBeforeAnythingStarts) {
  const scenario::Project project = project_with(std::string("[target.app]\n") + GetParam().target);
  const scenario::Inputs inputs = no_inputs();
  std::vector<std::string> resolve;
  if (*GetParam().resolve != '\0') resolve.emplace_back(GetParam().resolve);
  const auto setup = TargetSetup::make(project.targets.front(), project, inputs, resolve);
  ASSERT_FALSE(setup);
  EXPECT_EQ(setup.error().kind, ErrorKind::usage);
  EXPECT_EQ(setup.error().place.line, GetParam().line);
  EXPECT_THAT(render(setup.error()), HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    All, UnusableTarget,
    testing::Values(
        Unusable{"Environment", "url = \"http://${env:NO_HOST}:1\"", "", 2, "NO_HOST"},
        Unusable{"Resolve", "url = \"http://127.0.0.1:1\"", "127.0.0.1", 0, "127.0.0.1"},
        Unusable{"Authority", "url = \"http://127.0.0.1:1\"\ntls = { ca = \"none.pem\" }", "", 0, "none.pem"},
        Unusable{"Database", "url = \"http://127.0.0.1:1\"\ndatabase = \"oracle://db/app\"", "", 3, "oracle"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(TargetSetup, LearnsThePasswordOfTheDatabase) {
  const scenario::Project project =
      project_with("[target.app]\nurl = \"http://127.0.0.1:1\"\ndatabase = { env = \"DATABASE_URL\" }\n");
  scenario::Inputs inputs = no_inputs();
  inputs.environment = [](const std::string&) { return ClearText("postgresql://murphy:correct-horse@127.0.0.1/app"); };
  std::vector<std::string> learned;
  inputs.learn_secret = [&](const std::shared_ptr<const Secret>& secret) {
    learned.emplace_back(secret->reveal().view());
  };
  ASSERT_TRUE(TargetSetup::make(project.targets.front(), project, inputs, {}));
  EXPECT_THAT(learned, testing::Contains("correct-horse"));
}

} // namespace
} // namespace murphy::cli
