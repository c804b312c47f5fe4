#include "cli/select.h"

#include "command.h"
#include "record/journal.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using reports::ScratchFolder;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<scenario::Feature> features() {
  std::vector<scenario::Feature> all(1);
  all[0].name = "Sign in";
  all[0].file = "in.toml";
  for (const char* name : {"passed", "failed", "error", "skipped", "not run"})
    all[0].scenarios.emplace_back().name = name;
  all[0].scenarios[0].tags = {"smoke"};
  return all;
}

struct Selected {
  std::vector<std::string> names;
  Error error;
  std::string said; // on standard error
};

Selected selected(const RunOptions& options) {
  testing::internal::CaptureStderr();
  const auto all = features();
  const auto plan = select(all, options, record::Redactor());
  Selected result{.names = {}, .error = {}, .said = testing::internal::GetCapturedStderr()};
  if (!plan)
    result.error = plan.error();
  else
    for (const run::Case& each : plan->cases) result.names.push_back(each.planned->name);
  return result;
}

// A journal in which each scenario ended as it is called.
std::string journal(const ScratchFolder& folder) {
  record::RunStarted started;
  const auto all = features();
  started.plan = run::plan(all).planned();
  std::string text = record::journal_line(started);
  for (const auto& [name, outcome] : std::map<std::string, record::Outcome>{{"passed", record::Outcome::passed},
                                                                            {"failed", record::Outcome::failed},
                                                                            {"error", record::Outcome::error},
                                                                            {"skipped", record::Outcome::skipped}}) {
    record::CaseFinished finished;
    finished.id = "in.toml#" + name;
    finished.outcome = outcome;
    text += record::journal_line(finished);
  }
  return folder.file("run.jsonl", text).string();
}

TEST(Select, TakesEverythingWhenNothingIsAskedFor) {
  EXPECT_THAT(selected({}).names, ElementsAre("passed", "failed", "error", "skipped", "not run"));
}

TEST(Select, HoldsFeaturesNamesAndTagsTogether) {
  RunOptions options;
  options.selection = {.features = {"sign in"}, .names = {"ed"}, .tags = ""};
  EXPECT_THAT(selected(options).names, ElementsAre("passed", "failed", "skipped"));
  options.selection.tags = "not smoke";
  EXPECT_THAT(selected(options).names, ElementsAre("failed", "skipped"));
}

TEST(Select, RefusesTagsThatCannotBeRead) {
  RunOptions options;
  options.selection.tags = "smoke and";
  EXPECT_EQ(selected(options).error.kind, ErrorKind::usage);
  EXPECT_NE(selected(options).error.what, "");
}

TEST(Select, OfTheLastRunTakesWhatDidNotPass) {
  const ScratchFolder folder;
  RunOptions options;
  options.last_failed = journal(folder);
  EXPECT_THAT(selected(options).names, ElementsAre("failed", "error", "not run"));
}

// A journal that cannot be read never selects everything.
TEST(Select, OfTheLastRunNeedsItsJournal) {
  const ScratchFolder folder;
  RunOptions options;
  options.last_failed = (folder.path() / "none.jsonl").string();
  EXPECT_EQ(selected(options).error.kind, ErrorKind::usage);
  options.last_failed = folder.file("log.jsonl", "no journal\n").string();
  EXPECT_EQ(selected(options).error.kind, ErrorKind::usage);
  record::CaseFinished unplanned;
  unplanned.id = "in.toml#never planned";
  options.last_failed =
      folder.file("odd.jsonl", record::journal_line(record::RunStarted{}) + record::journal_line(unplanned)).string();
  EXPECT_EQ(selected(options).error.place.file, options.last_failed);
}

TEST(Select, OfTheLastRunTakesNoneThatAPersonWentThrough) {
  const ScratchFolder folder;
  record::RunStarted started;
  started.conditions.emplace().is_stepped = true;
  RunOptions options;
  options.last_failed = folder.file("stepped.jsonl", record::journal_line(started)).string();
  EXPECT_EQ(selected(options).error.what, "a person went through this run step by step, so it does not say what fails");
}

TEST(Select, ShufflesInAnOrderThatItsSeedGivesAgain) {
  RunOptions options;
  options.shuffle = "7";
  const Selected once = selected(options);
  EXPECT_EQ(once.names, selected(options).names);
  EXPECT_THAT(once.names, testing::UnorderedElementsAre("passed", "failed", "error", "skipped", "not run"));
  EXPECT_THAT(once.said, HasSubstr("--shuffle=7"));

  options.shuffle = "true"; // --shuffle alone
  const Selected drawn = selected(options);
  const std::size_t at = drawn.said.find("--shuffle=");
  ASSERT_NE(at, std::string::npos) << drawn.said;
  options.shuffle = drawn.said.substr(at + 10, drawn.said.find(' ', at) - at - 10);
  EXPECT_EQ(selected(options).names, drawn.names) << "--shuffle=" << options.shuffle;
}

TEST(Select, RefusesASeedThatIsNoNumber) {
  for (const char* seed : {"x", "7x", "-1", "18446744073709551616"}) {
    RunOptions options;
    options.shuffle = seed;
    EXPECT_EQ(selected(options).error.kind, ErrorKind::usage) << seed;
    EXPECT_THAT(selected(options).error.what, HasSubstr(seed));
  }
}

} // namespace
} // namespace murphy::cli
