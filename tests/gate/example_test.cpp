#include "gate/example.h"

#include "gate/proofs.h"
#include "scenario/reader.h"

#include <gtest/gtest.h>

namespace murphy::gate {
namespace {

scenario::Project project(const std::string& text) {
  const scenario::ReadProject read =
      scenario::read_project("murphy.toml", text + "[target.local]\nurl = \"http://app.test\"\n");
  EXPECT_TRUE(read.errors.empty());
  return *read.project;
}

const std::string signs_in = R"(
[app]
sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } }
dashboard = { page = "/dash\"board", shows = "[data-user]" }
[user.ada]
email = "ada@example.com"
)";

TEST(ExampleScenario, IsAFileWithoutErrorsThatProvesItsFeature) {
  for (const std::string& text : {std::string(), signs_in}) {
    for (const std::string feature : {"Password reset", "A \"quoted\" \\ one\ttab", "Ünïcödé"}) {
      const scenario::Project of = project(text);
      const std::string example = example_of(feature, of);
      const scenario::ReadFeature read = scenario::read_feature("a.toml", example, of, {});
      ASSERT_TRUE(read.feature) << example << (read.errors.empty() ? "" : render(read.errors.front()));
      EXPECT_EQ(read.feature->name, feature);
      EXPECT_TRUE(proves_its_feature(read.feature->scenarios.front())) << example;
    }
  }
}

TEST(ExampleScenario, HasAFileOfItsName) {
  EXPECT_EQ(file_of_example("Password reset"), "scenarios/password-reset.toml");
  EXPECT_EQ(file_of_example("../../etc"), "scenarios/etc.toml");
  EXPECT_EQ(file_of_example("?!"), "scenarios/feature.toml");
}

} // namespace
} // namespace murphy::gate
