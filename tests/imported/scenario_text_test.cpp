#include "imported/scenario_text.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

TEST(ScenarioText, SaysEveryStepOnALine) {
  ImportedScenario scenario{.ticket = "SUP-1", .name = "What \"SUP-1\" did", .comments = {"one\nline"}, .steps = {}};
  scenario.steps.push_back({.verb = Verb::open, .argument = "\"/login\"", .comments = {"back"}});
  scenario.steps.push_back({.verb = Verb::submit,
                            .argument = "\"Sign in\"",
                            .with = {{"E-mail", "\"a\""}, {"Stay signed in", "true"}},
                            .expect = {{"status", "422"}}});
  EXPECT_EQ(scenario_text(scenario), R"(# one line
feature = "Ticket SUP-1"

[[scenario]]
name   = "What \"SUP-1\" did"
ticket = "SUP-1"
steps  = [
  # back
  { open = "/login" },
  { submit = "Sign in", with = { E-mail = "a", "Stay signed in" = true }, expect = { status = 422 } },
]
)");
}

TEST(ScenarioText, GivesWhatWasRecordedPartByPart) {
  ImportedScenario scenario{.ticket = "SUP-1", .name = "x", .comments = {}, .steps = {}};
  scenario.steps.push_back(
      {.verb = Verb::submit,
       .argument = R"("Say \"hi\"")",
       .with = {{"Email", R"("${admin.email}")"}, {"Plan", R"(["a $${b", "c"])"}, {"Stay", "true"}},
       .expect = {{"dashboard", "\"open\""}, {"title", "\"Home\""}},
       .comments = {"seen"}});
  EXPECT_THAT(recorded_parts(scenario),
              testing::ElementsAre("seen", R"(Say \"hi\")", "Email", "", "Plan", "a $${b", "c", "Stay", "Home"));
}

} // namespace
} // namespace murphy::imported
