#include "gate/verdict.h"

#include "base/text.h"
#include "gate/explanation.h"
#include "runs.h"

#include <gmock/gmock.h>

namespace murphy::gate {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;

// Everything that a verdict is put in words from, ready to be changed.
struct Case {
  std::vector<Became> now{}, before{};
  Concerned concerned{};
  Requirements requirements{};
  BaselineUse baseline = BaselineUse::none;
  std::string base = "main";
};

reports::GateVerdict verdict(const Case& given) {
  const record::Run run = run_of(given.now);
  const std::vector<reports::Cause> causes = reports::causes_of(run);
  std::vector<EarlierRun> runs;
  if (!given.before.empty())
    runs.push_back(earlier_run(
        run_of(given.before, first_moment - std::chrono::minutes(125), "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432")));
  const Earlier earlier = earlier_of(std::move(runs));
  Requirements requirements = given.requirements;
  if (requirements.plan.empty())
    for (const record::PlannedCase& planned : run.started.plan)
      requirements.plan.push_back({.id = planned.id, .feature = planned.feature, .proves = true, .is_selected = true});
  const GateJudgement judgement = judge(run, causes, earlier, requirements);
  return verdict_of_gate({.run = run,
                          .causes = causes,
                          .judgement = judgement,
                          .concerned = given.concerned,
                          .earlier = earlier,
                          .baseline = given.before.empty() ? given.baseline : BaselineUse::counts,
                          .planned = 71,
                          .base = given.base});
}

std::string text(const Case& given) {
  const reports::GateVerdict said = verdict(given);
  EXPECT_LE(said.lines.size(), 4U);
  return said.heading + "\n" + join(said.lines, "\n") + "\n";
}

Concerned by_rules() {
  return concerned_by({"db/7.sql", "app/a.rb", "app/b.rb", "app/c.rb"},
                      {.rules = {{.patterns = {"db/**"}, .features = {"Sign in", "Sign up"}},
                                 {.patterns = {"app/**"}, .features = {"Profile"}}},
                       .ignored = {},
                       .feature_files = {},
                       .project_files = {}});
}

TEST(GateVerdict, IsFiveLinesOnWhatIsNewAndWhy) {
  Case given;
  given.now = {{.name = "Sign in: a", .outcome = Outcome::failed, .cause = "c1"},
               {.name = "Sign in: b", .outcome = Outcome::failed, .cause = "c1"},
               {.name = "Sign up: c", .outcome = Outcome::failed, .cause = "c2"},
               {.name = "Profile: d"},
               {.name = "Profile: e", .attempts = 2}};
  given.before = {{.name = "Sign in: a"},
                  {.name = "Sign up: c", .outcome = Outcome::failed, .cause = "c2"},
                  {.name = "Profile: d", .outcome = Outcome::failed, .cause = "c3"}};
  given.concerned = by_rules();
  given.requirements.features = {"Password reset"};
  EXPECT_EQ(text(given), "Not ready to merge: 2 of 3 failures are new, from 1 cause\n"
                         "the database — the table \"users\" is not there   scenarios/sign-in.toml:8\n"
                         "ran 5 of 71 scenarios: db/7.sql → Sign in, Sign up; app/a.rb → Profile; and 2 paths more\n"
                         "compared with main at 9f8e7d6c5, 2 h ago: 1 still failing, 1 fixed, 1 flaky\n"
                         "Password reset has no scenario: murphy gate --example \"Password reset\" writes one\n");
}

TEST(GateVerdict, SaysThatAllIsReady) {
  Case given{.now = {{.name = "a"}, {.name = "b"}}, .before = {{.name = "a"}}};
  given.concerned.everything = Everything::no_change;
  EXPECT_EQ(text(given), "Ready to merge: 2 scenarios passed\n"
                         "ran all 2 scenarios: no file differs from main\n"
                         "compared with main at 9f8e7d6c5, 2 h ago: no other change\n");
  given.now = {};
  given.before = {};
  given.concerned = {};
  EXPECT_EQ(text(given), "Ready to merge: the change concerns no scenario\n"
                         "ran 0 of 71 scenarios: the features of [gate]\n");
}

TEST(GateVerdict, SaysWhyABaselineDoesNotCount) {
  Case given{.now = {{.name = "a", .outcome = Outcome::failed}}};
  const auto third_line = [&](BaselineUse use) {
    given.baseline = use;
    return verdict(given).lines.at(2);
  };
  EXPECT_EQ(third_line(BaselineUse::none), "no baseline: every failure counts as new");
  EXPECT_EQ(third_line(BaselineUse::no_base),
            "the baseline does not count, as no base is known: every failure counts as new");
  EXPECT_EQ(third_line(BaselineUse::not_in_base),
            "the baseline does not count, as its commit is not in the history of main: every failure counts as new");
  EXPECT_EQ(third_line(BaselineUse::not_in_history), "the history has no run of main: every failure counts as new");
  EXPECT_EQ(third_line(BaselineUse::unreadable), "the history cannot be read: every failure counts as new");
}

TEST(GateVerdict, SaysWhatCouldNotBeJudged) {
  EXPECT_EQ(verdict({.now = {{.name = "a", .outcome = Outcome::error}, {.name = "b"}}}).heading,
            "Not judged: 1 of 2 scenarios could not be judged");
  Case missing{.now = {{.name = "a"}}};
  missing.requirements.plan = {{.id = id_of("b"), .feature = "Sign in", .proves = true, .is_selected = true}};
  EXPECT_EQ(verdict(missing).heading, "Not judged: 1 scenario is not in the run");
}

TEST(GateVerdict, NamesAFeatureThatIsMisspelledOrProvesNothing) {
  Case given{.now = {{.name = "Sign in: a"}}};
  given.requirements.features = {"Sing in"};
  EXPECT_EQ(verdict(given).lines.back(), "no feature is called \"Sing in\": did you mean \"Sign in\"?");
  EXPECT_EQ(verdict(given).heading, "Not ready to merge: 1 feature is not proved");
  given.requirements.features = {"Sign in"};
  given.requirements.plan = {{.id = id_of("Sign in: a"), .feature = "Sign in", .proves = false, .is_selected = true}};
  EXPECT_EQ(verdict(given).lines.back(),
            "no scenario of Sign in checks the dashboard, a field error or field rules: murphy gate --example "
            "\"Sign in\" writes one");
}

TEST(GateVerdict, NamesTheFlakyPastOfAFailure) {
  Case given{.now = {{.name = "a", .outcome = Outcome::failed}}, .before = {{.name = "a", .attempts = 2}}};
  const reports::GateVerdict said = verdict(given);
  EXPECT_THAT(said.lines.at(2), HasSubstr("1 of the new failures flaky before"));
  ASSERT_EQ(said.lists.size(), 1U);
  EXPECT_EQ(said.lists[0].title, "1 new");
  EXPECT_THAT(said.lists[0].items, ElementsAre("Sign in: a (flaky: failed in 0 of 1 earlier run)"));
}

TEST(GateVerdict, HasNoTextOfOthersInItsHeading) {
  Case given{.now = {{.name = "<b>@all</b>", .outcome = Outcome::failed, .cause = "<img>"}}};
  given.requirements.features = {"<script>"};
  EXPECT_EQ(verdict(given).heading, "Not ready to merge: 1 failure is new, from 1 cause");
}

TEST(GateSelectionWords, SayWhyEverythingRuns) {
  const auto words = [](Everything everything, CloneDepth depth = CloneDepth::whole) {
    Concerned concerned{};
    concerned.everything = everything;
    return words_of(concerned, "main", depth);
  };
  EXPECT_EQ(words(Everything::no_checkout), "this is no git checkout");
  EXPECT_EQ(words(Everything::no_commit), "git reads no commit here");
  EXPECT_EQ(words(Everything::no_base), "no base is known; name it with --base");
  EXPECT_EQ(words(Everything::unknown_base), "main is not in this clone");
  EXPECT_EQ(words(Everything::no_merge_base, CloneDepth::shallow),
            "this clone has no commit in common with main; let CI fetch more commits (fetch-depth: 0 on GitHub, "
            "GIT_DEPTH: 0 on GitLab)");
  EXPECT_EQ(words(Everything::unreadable), "git did not list the changed files");
  const PathRules rules{.rules = {}, .ignored = {}, .feature_files = {}, .project_files = {"murphy.toml"}};
  EXPECT_EQ(words_of(concerned_by({"a\x1b[31m.rb", "b.rb"}, rules), "main", CloneDepth::whole),
            "no rule of [gate] matches a.rb and 1 more path");
  EXPECT_EQ(words_of(concerned_by({"murphy.toml"}, rules), "main", CloneDepth::whole), "murphy.toml changed");
}

TEST(GateExplanation, HasALineForEachPathAndFeature) {
  const Concerned concerned = concerned_by({"db/7.sql", "docs/a.md", "lib/x.rb", "murphy.toml", "scenarios/in.toml"},
                                           {.rules = {{.patterns = {"db/**"}, .features = {"Sign in", "Sign up"}}},
                                            .ignored = {"docs/**"},
                                            .feature_files = {{"scenarios/in.toml", "Sign in"}},
                                            .project_files = {"murphy.toml"}});
  EXPECT_THAT(lines_of(concerned), ElementsAre("db/7.sql: db/** → Sign in, Sign up", "docs/a.md: docs/** is ignored",
                                               "lib/x.rb: no rule matches: everything",
                                               "murphy.toml: every feature depends on it: everything",
                                               "scenarios/in.toml: the feature file of Sign in"));
  Requirements requirements{};
  requirements.features = {"Sign in", "Sign up"};
  requirements.plan = {{.id = "a", .feature = "sign in", .proves = true, .is_selected = true},
                       {.id = "b", .feature = "Sign up", .proves = false, .is_selected = true}};
  EXPECT_THAT(lines_of(requirements), ElementsAre("Sign in: 1 scenario to prove it", "Sign up: no scenario proves it"));
}

} // namespace
} // namespace murphy::gate
