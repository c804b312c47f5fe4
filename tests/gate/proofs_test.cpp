#include "gate/proofs.h"

#include "scenario/reader.h"

#include <gtest/gtest.h>

namespace murphy::gate {
namespace {

bool proves(const std::string& steps) {
  const scenario::ReadProject project = scenario::read_project("murphy.toml", R"(
[app]
sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } }
dashboard = { page = "/dashboard", shows = "[data-user]" }
[target.local]
url = "http://app.test"
[user.ada]
email = "ada@example.com"
)");
  const scenario::ReadFeature read = scenario::read_feature("a.toml", R"(feature = "A"
[flow.inside]
steps = [{ open = "/dashboard", expect.dashboard = "closed" }]
[flow.around]
steps = [{ use = "inside" }]
[flow.nothing]
steps = [{ open = "/" }]
[[scenario]]
name = "A"
steps = [)" + steps + "]\n",
                                                            *project.project, {});
  EXPECT_TRUE(read.feature) << (read.errors.empty() ? "" : render(read.errors.front()));
  return read.feature && proves_its_feature(read.feature->scenarios.front());
}

TEST(Proofs, AreTheDashboardFieldErrorsAndFieldRules) {
  EXPECT_TRUE(proves(R"({ open = "/", expect.dashboard = "closed" })"));
  EXPECT_TRUE(proves(R"({ sign_in = "ada" }, { expect.dashboard = "open" })"));
  EXPECT_TRUE(proves(R"({ open = "/" }, { submit = "Go", expect.field_error = { Email = "required" } })"));
  EXPECT_TRUE(proves(R"({ open = "/" }, { validate = "Go" })"));
  EXPECT_TRUE(proves(R"({ use = "inside" })"));
  EXPECT_TRUE(proves(R"({ use = "around" })"));
}

TEST(Proofs, AreNothingElse) {
  EXPECT_FALSE(proves(R"({ open = "/", expect = { status = 200, text = "Welcome", no_field_error = true } })"));
  EXPECT_FALSE(proves(R"({ sign_in = "ada" })"));
  EXPECT_FALSE(proves(R"({ use = "nothing" })"));
}

TEST(Proofs, AreNoStepsThatMayBeSkipped) {
  EXPECT_FALSE(proves(R"({ open = "/" }, { open = "/dashboard", when.title = "Hi", expect.dashboard = "closed" })"));
  EXPECT_FALSE(proves(R"({ open = "/" }, { use = "inside", when.title = "Hi" })"));
}

} // namespace
} // namespace murphy::gate
