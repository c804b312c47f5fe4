#include "cli/repro_verdict.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Shared<record::PlannedCase> planned_case(const std::string& name, std::vector<std::string> accounts) {
  record::PlannedCase planned{.id = "a.toml#" + name,
                              .feature = "A",
                              .name = name,
                              .place = {.file = "a.toml"},
                              .tags = {},
                              .ticket = {},
                              .requirements = {}};
  planned.accounts = std::move(accounts);
  return planned;
}

// Its cases, and when they began; 0: never.
record::Run run_of_three(const std::vector<record::CaseStarted>& begun = {}) {
  record::RunStarted started;
  started.murphy_version = "0.1.0";
  started.plan = {planned_case("Ada signs in", {"ada"}), planned_case("A visitor reads", {}),
                  planned_case("Ada signs out", {"ada", "grace"})};
  record::Run run;
  EXPECT_TRUE(record::apply(run, std::move(started)));
  for (const record::CaseStarted& each : begun) EXPECT_TRUE(record::apply(run, each));
  return run;
}

record::CaseStarted begun(const std::string& name, int second, int member = 0) {
  record::CaseStarted event{.id = "a.toml#" + name, .at = record::Instant(std::chrono::seconds(second))};
  if (member > 0) event.members = std::vector<record::PoolMember>{{.user = "ada", .number = member}};
  return event;
}

record::CaseResult failed_at(std::size_t step, const std::string& fingerprint) {
  record::CaseResult result;
  result.outcome = record::Outcome::failed;
  for (std::size_t number = 1; number <= step; ++number) result.steps.emplace_back();
  record::StepResult& last = result.steps.back();
  last.outcome = record::Outcome::failed;
  last.suspects.emplace_back();
  last.suspects.front().fingerprint = fingerprint;
  last.suspects.front().cause = "cause " + fingerprint;
  return result;
}

record::CaseResult passed_case() {
  record::CaseResult result;
  result.outcome = record::Outcome::passed;
  return result;
}

TEST(ReproVerdict, FindsTheCaseThatWordsName) {
  const record::Run run = run_of_three();
  EXPECT_EQ(find_case_by_words(run, "2").value_or(9), 1U);
  EXPECT_EQ(find_case_by_words(run, "a.toml#Ada signs out").value_or(9), 2U);
  EXPECT_EQ(find_case_by_words(run, "READS").value_or(9), 1U);
  EXPECT_EQ(find_case_by_words(run, "ada signs IN").value_or(9), 0U);
  const auto several = find_case_by_words(run, "ada");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().kind, ErrorKind::usage);
  EXPECT_EQ(several.error().what, "several cases of the journal have \"ada\" in their name");
  EXPECT_EQ(several.error().hint, "name one by its number:\n1  Ada signs in\n3  Ada signs out");
  EXPECT_EQ(find_case_by_words(run, "nobody").error().what, "no case of the journal has \"nobody\" in its name");
  EXPECT_FALSE(find_case_by_words(run, "4"));
}

TEST(ReproVerdict, FindsWhatUsedItsAccountsBefore) {
  const record::Run run =
      run_of_three({begun("Ada signs in", 1), begun("A visitor reads", 2), begun("Ada signs out", 3)});
  EXPECT_THAT(cases_with_its_accounts(run, 2), ElementsAre(0U));
  EXPECT_THAT(cases_with_its_accounts(run, 1), IsEmpty());
  EXPECT_THAT(cases_with_its_accounts(run, 0), IsEmpty());
}

TEST(ReproVerdict, TakesTheOrderThatTheRunHad) {
  const record::Run shuffled = run_of_three({begun("Ada signs out", 1), begun("Ada signs in", 2)});
  EXPECT_THAT(cases_with_its_accounts(shuffled, 0), ElementsAre(2U));
  EXPECT_THAT(cases_with_its_accounts(shuffled, 2), IsEmpty());
}

TEST(ReproVerdict, TellsMembersOfAPoolApart) {
  const record::Run others = run_of_three({begun("Ada signs in", 1, 2), begun("Ada signs out", 3, 1)});
  EXPECT_THAT(cases_with_its_accounts(others, 2), IsEmpty());
  const record::Run same = run_of_three({begun("Ada signs in", 1, 2), begun("Ada signs out", 3, 2)});
  EXPECT_THAT(cases_with_its_accounts(same, 2), ElementsAre(0U));
}

// Files of which a.toml has the digest "aa" and this in its third line; others have "y" in all of theirs.
const FilesNow files_now{
    .sha256 = [](const std::string& file) { return file == "a.toml" ? std::string("aa") : std::string(); },
    .line_of =
        [](const std::string& file, std::uint32_t line) {
          return file == "a.toml" && line == 3 ? std::string("{ open = \"/\" },") : std::string("y");
        }};

TEST(ReproVerdict, SaysWhichFilesHaveChanged) {
  record::Run run;
  record::RunConditions conditions;
  conditions.files = {
      {.file = "a.toml", .sha256 = "aa"}, {.file = "b.toml", .sha256 = "bb"}, {.file = "c.toml", .sha256 = ""}};
  run.started.conditions = conditions;
  const std::vector<std::string> files{"a.toml", "b.toml", "c.toml", "d.toml"};
  EXPECT_THAT(changed_files(run, {}, files, files_now), ElementsAre("b.toml"));
  conditions.files[0].sha256 = "ab";
  run.started.conditions = conditions;
  EXPECT_THAT(changed_files(run, {}, files, files_now), ElementsAre("a.toml", "b.toml"));
  EXPECT_THAT(changed_files(run, {}, {"a.toml"}, files_now), ElementsAre("a.toml")) << "the others are not run";
}

TEST(ReproVerdict, ComparesLinesWhereTheJournalHasNoDigest) {
  record::CaseResult then;
  then.steps.resize(2);
  then.steps[0].place = {.file = "a.toml", .line = 3};
  then.steps[0].source_line = "  { open = \"/\" },";
  then.steps[1].place = {.file = "b.toml", .line = 9};
  then.steps[1].source_line = "x";
  EXPECT_THAT(changed_files({}, then, {"a.toml", "b.toml"}, files_now), ElementsAre("b.toml"));
  then.steps[1].source_line = "{ open = \"/reset/‹link:a1b2›\" }";
  EXPECT_THAT(changed_files({}, then, {"a.toml", "b.toml"}, files_now), IsEmpty())
      << "it was masked, and may be as it was";
}

TEST(ReproVerdict, ComparesCauses) {
  EXPECT_EQ(compare_causes(failed_at(2, "aa"), failed_at(2, "aa")), "The same cause: step 2: cause aa");
  EXPECT_EQ(compare_causes(failed_at(2, "aa"), failed_at(3, "bb")),
            "Another cause: step 3: cause bb. Then: step 2: cause aa");
  EXPECT_EQ(compare_causes(failed_at(2, "aa"), passed_case()), "It passes now. Then: step 2: cause aa");
  EXPECT_EQ(compare_causes(passed_case(), failed_at(1, "aa")), "It fails now, and passed then: step 1: cause aa");
  EXPECT_EQ(compare_causes(passed_case(), passed_case()), "It passes, as it did then");
}

// A failure of which no suspect is known.
record::CaseResult failed_with(int status, const std::string& text = {}) {
  record::CaseResult result = failed_at(1, "");
  result.steps.front().suspects.clear();
  record::Failure failure;
  failure.key = "status";
  failure.got.number = status;
  failure.got.text = text;
  result.steps.front().failures.push_back(failure);
  return result;
}

TEST(ReproVerdict, TakesNothingForTheSameThatMayBeAnother) {
  using testing::StartsWith;
  EXPECT_EQ(compare_causes(failed_with(500), failed_with(500)), "The same cause: step 1: status");
  EXPECT_THAT(compare_causes(failed_with(500), failed_with(404)), StartsWith("Another cause: "));
  EXPECT_THAT(compare_causes(failed_with(1, "is ‹sid:a1b2›"), failed_with(1, "is ‹sid:c3d4›")),
              StartsWith("The same cause: "));
  EXPECT_THAT(compare_causes(failed_at(1, ""), failed_at(1, "")), StartsWith("Another cause: "));
  EXPECT_THAT(compare_causes(failed_at(1, "aa"), failed_with(500)), StartsWith("Another cause: "));
  record::CaseResult unknown;
  unknown.outcome = record::Outcome::failed;
  EXPECT_THAT(compare_causes(unknown, unknown), StartsWith("Another cause: "));
}

TEST(ReproVerdict, KnowsEveryOutcome) {
  record::CaseResult skipped, never;
  skipped.outcome = record::Outcome::skipped;
  never.outcome = record::Outcome::not_run;
  EXPECT_EQ(compare_causes(skipped, passed_case()), "It passes now, and was skipped then");
  EXPECT_EQ(compare_causes(never, failed_at(1, "aa")), "It fails now, and was not run then: step 1: cause aa");
  EXPECT_EQ(compare_causes(failed_at(1, "aa"), skipped), "It was skipped now. Then: step 1: cause aa");
  EXPECT_EQ(compare_causes(passed_case(), never), "It was not run now, and passed then");
  EXPECT_EQ(compare_all_causes(passed_case(), {passed_case(), skipped}), "Passed 1 of 2");
}

TEST(ReproVerdict, CountsOverSeveralRuns) {
  const record::CaseResult then = failed_at(4, "aa");
  EXPECT_EQ(compare_all_causes(then, {passed_case(), failed_at(4, "aa"), passed_case()}),
            "Failed 1 of 3, always at step 4, of the same cause as then");
  EXPECT_EQ(compare_all_causes(then, {failed_at(2, "bb"), failed_at(4, "aa")}),
            "Failed 2 of 2, at steps 2, 4; 1 of the same cause as then");
  EXPECT_EQ(compare_all_causes(then, {failed_at(2, "bb")}),
            "Failed 1 of 1, always at step 2; none of the same cause as then");
  EXPECT_EQ(compare_all_causes(then, {passed_case(), passed_case()}), "Passed 2 of 2");
}

} // namespace
} // namespace murphy::cli
