// How often a scenario signs in as whom.
#include "scenario/sign_in_attempts.h"

#include "scenario/reader.h"

#include <gtest/gtest.h>

namespace murphy::scenario {
namespace {

class SignInAttemptsTest : public testing::Test {
protected:
  // Of the first scenario, in its first row.
  std::map<std::string, SignInAttempts> attempts_of(const std::string& text) {
    feature_ = read_feature("one.toml", "feature = \"F\"\n" + text, project_, {});
    for (const Error& error : feature_.errors) ADD_FAILURE() << render(error);
    const Scenario& scenario = feature_.feature->scenarios.at(0);
    return sign_in_attempts(scenario, scenario.examples.empty() ? nullptr : scenario.examples.data(), project_.app);
  }
  std::map<std::string, SignInAttempts> of_steps(const std::string& steps, const std::string& more = {}) {
    return attempts_of("[[scenario]]\nname = \"S\"\n" + more + "\nsteps = [\n" + steps + "\n]\n");
  }

  Project project_ = *read_project("murphy.toml", R"(
[app]
sign_in   = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}", Password = "${user.password}" } }
dashboard = { page = "/dashboard", shows = "[data-user]" }
[target.local]
url = "http://127.0.0.1:8080"
[user.ada]
email    = "ada@example.com"
password = { env = "ADA" }
[user.bob]
email    = "bob@example.com"
password = { env = "BOB" }
)")
                          .project;
  ReadFeature feature_;
};

TEST_F(SignInAttemptsTest, AreRightWithThePasswordOfTheUser) {
  auto counted = of_steps(R"({ sign_in = "ada" },
    { submit = "Sign in", with = { Email = "${bob.email}", Password = "${bob.password}" } },)");
  EXPECT_EQ(counted["ada"].all, 1);
  EXPECT_EQ(counted["ada"].wrong, 0);
  EXPECT_EQ(counted["bob"].all, 1);
  EXPECT_EQ(counted["bob"].wrong, 0);
}

TEST_F(SignInAttemptsTest, AreWrongWithAnythingElse) {
  auto counted = of_steps(R"(
    { submit = "Sign in", with = { Email = "${ada.email}", Password = "not it" } },
    { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password} " } },
    { submit = "Sign in", with = { Email = "${ada.email}", Password = "${bob.password}" } },
    { submit = "Sign in", with = { Email = "${ada.email}" } },
    { request = { method = "POST", url = "/login", form = { email = "${ada.email}", password = "guess" } } },)");
  EXPECT_EQ(counted["ada"].all, 5);
  EXPECT_EQ(counted["ada"].wrong, 5);
}

TEST_F(SignInAttemptsTest, AreWrongWhereARefusalIsExpected) {
  auto counted = of_steps(R"(
    { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "closed" } },
    { sign_in = "bob" },
    { expect = { status = 200 } },
    { expect = { dashboard = "closed" } },
    { open = "/login" },
    { request = { method = "POST", url = "/api", json = { password = "${bob.password}" } } },)");
  EXPECT_EQ(counted["ada"].wrong, 1);
  EXPECT_EQ(counted["bob"].all, 2);
  EXPECT_EQ(counted["bob"].wrong, 1);
}

TEST_F(SignInAttemptsTest, AreOfTheAccountThatTheScenarioHas) {
  const std::string written = R"({ submit = "Sign in", with = { Email = "ADA@example.com", Password = "not it" } },)";
  EXPECT_EQ(of_steps(written, "user = \"ada\"")["ada"].wrong, 1);
  EXPECT_TRUE(of_steps(written).empty());
  EXPECT_TRUE(of_steps(R"({ submit = "Sign in", with = { Email = "${unique:email}", Password = "not it" } },)",
                       "user = \"ada\"")
                  .empty())
      << "nobody has it";
  EXPECT_TRUE(of_steps(R"({ submit = "Search", with = { Words = "${ada.email}" } },)").empty());
}

TEST_F(SignInAttemptsTest, LookThroughRowsAndFlows) {
  EXPECT_EQ(attempts_of(R"([[scenario]]
name     = "S"
examples = [{ name = "wrong", password = "guess" }, { name = "right", password = "${ada.password}" }]
steps    = [{ submit = "Sign in", with = { Email = "${ada.email}", Password = "${password}" } }]
)")["ada"]
                .wrong,
            1);
  EXPECT_EQ(attempts_of(R"([flow.enter]
params = ["password"]
steps  = [{ submit = "Sign in", with = { Email = "${ada.email}", Password = "${password}" } }]
[[scenario]]
name    = "S"
steps   = [{ use = "enter", with = { password = "${ada.password}" } }]
cleanup = [{ use = "enter", with = { password = "guess" } }]
)")["ada"]
                .wrong,
            1);
}

} // namespace
} // namespace murphy::scenario
