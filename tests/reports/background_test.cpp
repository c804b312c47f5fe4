#include "reports/background.h"

#include "base/text.h"
#include "example_run.h"
#include "reports/registry.h"

#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr record::Instant moment{std::chrono::hours(500'000)}; // 2027-01-15 08:00

struct Told {
  record::Run run = example::fold(example::rich());
  std::vector<Cause> causes = causes_of(run);
  Background background;
  Told() {
    EarlierRuns earlier;
    earlier.causes.emplace(causes.at(0).id, FirstSeen{.at = moment, .branch = "main"});
    earlier.last_green = GreenRun{.at = moment - std::chrono::hours(2),
                                  .commit = "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432",
                                  .branch = "main",
                                  .is_dirty = false,
                                  .commits = {"1234567 Rename <b>columns</b>", "89abcde `code`"},
                                  .differences = {"POST /login answers 500 /login; it answered 303 /login"}};
    background.earlier = std::move(earlier);
  }
};

TEST(Background, SaysWhetherACauseIsNew) {
  Told told;
  ASSERT_GE(told.causes.size(), 2U);
  EXPECT_EQ(age_text(told.background, told.causes[0]), "known since 2027-01-15 08:00 UTC on main");
  EXPECT_EQ(age_text(told.background, told.causes[1]), "new");
  EXPECT_EQ(age_text({}, told.causes[0]), "") << "no history, no word";
}

TEST(Background, SaysHowManyCausesAreNew) {
  Told told;
  const std::vector<Cause> one{told.causes[0]}, other{told.causes[1]};
  EXPECT_EQ(ages_text(told.background, one), "This cause is known since 2027-01-15 08:00 UTC on main");
  EXPECT_EQ(ages_text(told.background, other), "This cause is new");
  const std::vector<Cause> two{told.causes[0], told.causes[1]};
  EXPECT_EQ(ages_text(told.background, two), "Of 2 causes, 1 is new");
  EXPECT_EQ(ages_text({.verdict = {}, .earlier = EarlierRuns{}}, two), "Of 2 causes, 2 are new");
  told.background.earlier->causes.emplace(told.causes[1].id, FirstSeen{});
  EXPECT_EQ(ages_text(told.background, two), "All 2 causes are known from earlier runs");
  EXPECT_EQ(ages_text(told.background, {}), "");
  EXPECT_EQ(ages_text({}, two), "") << "no history, no word";
}

TEST(Background, NamesTheLastGreenRun) {
  Told told;
  EXPECT_EQ(last_green_text(told.background),
            "Last green run: 2027-01-15 06:00 UTC at 9f8e7d6c5 on main, 2 commits before");
  told.background.earlier->last_green->is_dirty = true;
  told.background.earlier->last_green->commits.clear();
  EXPECT_EQ(last_green_text(told.background), "Last green run: 2027-01-15 06:00 UTC at 9f8e7d6c5 with changes on main");
  told.background.earlier->last_green.reset();
  EXPECT_EQ(last_green_text(told.background), "The history has no green run");
  EXPECT_EQ(last_green_text({}), "");
  EXPECT_THAT(commits_since(told.background, 5), IsEmpty());
}

TEST(Background, ListsSoManyAndSaysHowManyMore) {
  Told told;
  EXPECT_THAT(commits_since(told.background, 1), ElementsAre("1234567 Rename <b>columns</b>", "and 1 more"));
  EXPECT_THAT(differences_of_app(told.background, 5),
              ElementsAre("POST /login answers 500 /login; it answered 303 /login"));
}

std::string written(const char* kind, const Told& told) {
  return report_kind(kind)->write_with(told.run, told.background);
}

TEST(Background, IsInThePageTheCommentAndTheAnnotations) {
  const Told told;
  for (const char* kind : {"html", "markdown", "github"}) {
    EXPECT_THAT(written(kind, told), HasSubstr("known since 2027-01-15 08:00 UTC on main")) << kind;
    EXPECT_EQ(report_kind(kind)->write_with(told.run, {}), report_kind(kind)->write(told.run)) << kind;
  }
  for (const char* kind : {"html", "markdown"}) {
    EXPECT_THAT(written(kind, told), HasSubstr("Last green run: 2027-01-15 06:00 UTC at 9f8e7d6c5 on main")) << kind;
    EXPECT_THAT(written(kind, told), HasSubstr("POST /login answers 500 /login; it answered 303 /login")) << kind;
  }
  EXPECT_THAT(written("html", told), HasSubstr("<li>1234567 Rename &lt;b&gt;columns&lt;/b&gt;</li>"));
  const std::string page = report_kind("html")->write(told.run);
  EXPECT_THAT(page, Not(HasSubstr("id=\"since\"")));
  EXPECT_THAT(page, Not(HasSubstr("class=\"age\"")));
}

TEST(Background, BringsTheVerdictOfAGateToThePage) {
  Told told;
  told.background.verdict = GateVerdict{.verdict = RunVerdict::failed,
                                        .heading = "Not ready to merge: 1 failure is new",
                                        .lines = {"ran 2 of 3 scenarios: <app> → Sign in"},
                                        .lists = {{.title = "1 new", .items = {"Sign in: <a>"}}}};
  const std::string page = written("html", told);
  EXPECT_THAT(page, HasSubstr("<h1>✗ Not ready to merge: 1 failure is new</h1>"));
  EXPECT_THAT(page, HasSubstr("<p>ran 2 of 3 scenarios: &lt;app&gt; → Sign in</p>"));
  EXPECT_THAT(page, HasSubstr("<summary>1 new</summary>"));
  EXPECT_THAT(page, HasSubstr("<li>Sign in: &lt;a&gt;</li>"));
  EXPECT_THAT(written("github", told), HasSubstr("Not ready to merge: 1 failure is new"));
}

TEST(Background, PutsNewCausesBeforeKnownOnesInAnnotations) {
  const Told told;
  const std::string text = written("github", told);
  EXPECT_LT(text.find("%0Anew"), text.find("%0Aknown since"));
}

} // namespace
} // namespace murphy::reports
