#include "scenario/reader.h"
#include "scenario/variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What a scenario says for a suite that has to live for years: examples, cleanup, waiting, known failures, accounts.

namespace murphy::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr std::string_view project_for_suite = R"(
[target.local]
url = "http://127.0.0.1:8080"
[user.ada]
email = "ada@example.com"
)";

Scenario suite_scenario(std::string_view body) {
  const Project project = *read_project("murphy.toml", project_for_suite).project;
  ReadFeature read = read_feature("x.toml", "feature = \"F\"\n[[scenario]]\n" + std::string(body), project, {});
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  return read.feature ? std::move(read.feature->scenarios.at(0)) : Scenario{};
}

TEST(Examples, AreRowsWithColumnsOfText) {
  const Scenario read = suite_scenario(R"(name = "S"
examples = [ { email = "${ada.email}", tries = 3, remember = true }, { email = "", tries = 0, remember = false } ]
steps = [ { open = "/${email}/${tries}/${remember}" } ]
cleanup = [ { open = "/${email}" } ]
)");
  ASSERT_EQ(read.examples.size(), 2u);
  const Example& first = read.examples[0];
  EXPECT_EQ(first.name, "S (email=${ada.email}, tries=3, remember=true)");
  EXPECT_EQ(first.place.line, 4u);
  EXPECT_EQ(first.columns.at("email").parts().at(0).text, "ada.email");
  EXPECT_EQ(first.columns.at("tries").source, "3");
  EXPECT_EQ(first.columns.at("remember").source, "true");
  EXPECT_EQ(read.examples[1].columns.at("email").parts().size(), 0u);
  EXPECT_THAT(read.users, ElementsAre("ada"));
}

TEST(Examples, AreNamedByTheirColumnName) {
  const Scenario read =
      suite_scenario("name = \"S\"\nexamples = [ { name = \"first\", a = 1 }, { name = \"second\", a = 1 } ]\n"
                     "steps = [ { open = \"/${a}\" } ]\n");
  EXPECT_EQ(read.examples.at(0).name, "S (first)");
  EXPECT_EQ(read.examples.at(1).name, "S (second)");
}

TEST(Examples, FillInTheNameOfTheirScenario) {
  const Scenario read =
      suite_scenario("name = \"A ${kind} password, $${kind}\"\nexamples = [ { kind = \"short\", password = \"x\" } ]\n"
                     "steps = [ { open = \"/${kind}\" } ]\n");
  EXPECT_EQ(read.name, "A ${kind} password, $${kind}");
  EXPECT_EQ(read.examples.at(0).name, "A short password, ${kind}");
}

TEST(Examples, AreShortAndKeepSecretsOutOfTheirTitles) {
  const Scenario read = suite_scenario("name = \"S\"\nexamples = [ { password = \"hunter2\", text = \"" +
                                       std::string(200, 'x') + "\" } ]\nsteps = [ { open = \"/${text}\" } ]\n");
  const std::string& name = read.examples.at(0).name;
  EXPECT_TRUE(name.starts_with("S (password=***, text=xxx")) << name;
  EXPECT_TRUE(name.ends_with("…)")) << name;
  EXPECT_EQ(read.examples.at(0).name.str().find("hunter2"), std::string::npos);
}

TEST(Examples, LeaveNamesOfOtherScenariosAsTheyAre) {
  EXPECT_EQ(suite_scenario("name = \"Costs ${5\"\nsteps = [ { open = \"/\" } ]\n").name, "Costs ${5");
}

TEST(Scenarios, WaitAndCleanUp) {
  const Scenario read = suite_scenario(R"(name = "S"
timeout = "2min"
steps = [
  { open = "/", capture = { id = { css = "b" } }, eventually = "10s", timeout = "500ms", expect = { status = 200 } },
  { click = "Accept", when = { text = "Cookies", status = "2xx", target = "local" } },
  { session = "phone" },
  { submit = "Save", send = { role = "admin", "tag[]" = ["a", 2] } },
]
cleanup = [ { open = "/delete/${id}" }, { session = "fresh" } ]
)");
  EXPECT_EQ(read.timeout, 2min);
  ASSERT_EQ(read.steps.size(), 4u);
  EXPECT_EQ(read.steps[0].eventually, 10s);
  EXPECT_EQ(read.steps[0].timeout, 500ms);
  EXPECT_FALSE(read.steps[0].when);
  const When& when = *read.steps[1].when;
  ASSERT_EQ(when.expect.size(), 2u);
  EXPECT_EQ(when.expect[0].what, "text");
  EXPECT_EQ(when.target->source, "local");
  EXPECT_EQ(when.place, (Place{"x.toml", 7, 23, 61}));
  EXPECT_FALSE(std::get<Session>(read.steps[2].verb).fresh);
  EXPECT_EQ(std::get<Session>(read.steps[2].verb).name, "phone");
  std::vector<std::string> sent;
  for (const auto& [name, value] : std::get<Submit>(read.steps[3].verb).send)
    sent.push_back(name.source + "=" + std::get<Text>(value).source);
  EXPECT_THAT(sent, ElementsAre("role=admin", "tag[]=a", "tag[]=2"));
  EXPECT_EQ(read.cleanup.size(), 2u);
}

TEST(Scenarios, MayFailUntilADay) {
  const Scenario read = suite_scenario("name = \"S\"\nknown_failure = { ticket = \"SUP-9\", until = 2026-12-31 }\n"
                                       "steps = [ { open = \"/\" } ]\n");
  ASSERT_TRUE(read.known_failure);
  EXPECT_EQ(read.known_failure->ticket, "SUP-9");
  EXPECT_EQ(read.known_failure->until, std::chrono::year(2026) / 12 / 31);
  EXPECT_EQ(read.known_failure->place.line, 4u);
}

TEST(Users, AreSharedOrComeInPools) {
  const ReadProject read = read_project("murphy.toml", R"([target.a]
url = "http://127.0.0.1:8080"
[user.reader]
email = "reader@example.com"
shared = true
[user.member]
pool = 3
email = "member${n}@example.com"
password = { env = "PASSWORD" }
)");
  EXPECT_THAT(read.errors, IsEmpty());
  const auto& users = read.project->users;
  EXPECT_TRUE(users.at("reader").shared);
  EXPECT_EQ(users.at("reader").pool, 0);
  EXPECT_EQ(users.at("reader").properties.size(), 1u);
  EXPECT_FALSE(users.at("member").shared);
  EXPECT_EQ(users.at("member").pool, 3);
  EXPECT_EQ(users.at("member").properties.at("email").text.parts().at(1).text, "n");
}

TEST(Production, RefusesScenariosThatWrite) {
  Scenario reads, writes;
  reads.name = "Reads";
  writes.name = "Writes";
  writes.tags = {"smoke", "writes"};
  writes.place = {"x.toml", 3, 1, 4};
  Target target;
  target.name = "live";
  EXPECT_THAT(check_production({&reads, &writes}, target), IsEmpty());
  target.production = true;
  EXPECT_THAT(check_production({&reads}, target), IsEmpty());
  const Errors errors = check_production({&reads, &writes}, target);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(render(errors[0]),
            "x.toml:3:1: \"Writes\" is tagged \"writes\", and the target \"live\" is a production one\n"
            "  exclude such scenarios with --tag \"not writes\", or run them against another target\n");
}

} // namespace
} // namespace murphy::scenario
