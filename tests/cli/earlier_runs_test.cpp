// What the history says of a run, and what a run leaves there.
#include "cli/earlier_runs.h"

#include "sample_project.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class EarlierRunsOf : public testing::Test {
protected:
  EarlierRunsOf() : project_(std::string(sample_project) + "\n[history]\nstore = \"sqlite:kept/history.db\"\n") {
    auto place = history_of(project_.path("murphy.toml"), folder_, {});
    EXPECT_TRUE(place && *place);
    if (place) history_ = std::move(*place);
  }

  // At an hour, one case that asked for the sign-in page and was answered so.
  record::Run run_at(int hour, int status, const std::string& branch = "main") const {
    record::RunStarted started;
    started.at = record::Instant(std::chrono::hours(500'000 + hour));
    started.target = "local";
    started.origin.branch = branch;
    started.origin.base = "main";
    started.plan.emplace_back().edit().id = "a.toml#Signs in";
    started.plan.back().edit().name = "Signs in";
    const std::string id = started.plan.back()->id;
    const auto outcome = status == 200 ? record::Outcome::passed : record::Outcome::failed;
    record::StepFinished step{.id = id, .step = {}};
    step.step.outcome = outcome;
    record::Exchange exchange;
    exchange.method = "GET";
    exchange.url = "http://127.0.0.1:1/login";
    exchange.status = status;
    step.step.evidence.exchanges = {exchange};
    if (outcome == record::Outcome::failed) step.step.failures.emplace_back().code = record::FailureCode::wrong_status;
    record::Run run;
    for (const record::Event& event : std::vector<record::Event>{
             started, step, record::CaseFinished{.id = id, .outcome = outcome, .duration = {}, .note = {}},
             record::RunFinished{.at = started.at}})
      EXPECT_TRUE(record::apply(run, event));
    return run;
  }
  std::optional<reports::EarlierRuns> earlier(const record::Run& run) const {
    return earlier_runs_of(history_, {.run = run, .schema = no_schema_, .folder = folder_, .redactor = redactor_});
  }
  void note(const record::Run& run) const {
    note_in_history(history_, {.run = run, .schema = no_schema_, .folder = folder_, .redactor = redactor_});
  }

  SampleProject project_;
  const std::string folder_ = project_.path("");
  const std::optional<record::Schema> no_schema_;
  const record::Redactor redactor_;
  std::optional<HistoryPlace> history_;
};

TEST_F(EarlierRunsOf, SayWhatIsNewAndWhatDiffersSinceTheLastGreenOne) {
  EXPECT_FALSE(earlier(run_at(1, 500))) << "there is no history yet";
  for (const int hour : {1, 2}) note(run_at(hour, 200));
  const record::Run red = run_at(3, 500);
  const auto first = earlier(red);
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->causes.empty()) << "the cause is new";
  ASSERT_TRUE(first->last_green);
  EXPECT_EQ(first->last_green->at, run_at(2, 200).started.at);
  EXPECT_THAT(first->last_green->differences, ElementsAre("GET /login answers 500 /login; it answered 200 /login"));
  note(red);
  const auto second = earlier(run_at(4, 500));
  ASSERT_TRUE(second);
  ASSERT_EQ(second->causes.size(), 1U);
  EXPECT_EQ(second->causes.begin()->second.at, red.started.at);
  EXPECT_EQ(second->causes.begin()->second.branch, "main");
  EXPECT_TRUE(earlier(red)->causes.empty()) << "the run is no earlier one of itself";
  EXPECT_FALSE(earlier(run_at(5, 200))) << "nothing broke";
}

TEST_F(EarlierRunsOf, OfANewBranchAreThoseOfItsBase) {
  note(run_at(1, 200));
  ASSERT_TRUE(earlier(run_at(2, 500, "change")));
  EXPECT_EQ(earlier(run_at(2, 500, "change"))->last_green->branch, "main");
  note(run_at(3, 200, "change"));
  EXPECT_EQ(earlier(run_at(4, 500, "change"))->last_green->branch, "change");
  // Where no CI system names a base, the newest of all branches is the best there is.
  record::Run local = run_at(5, 500, "another");
  local.started.origin.base.clear();
  EXPECT_EQ(earlier(local)->last_green->branch, "change");
}

TEST_F(EarlierRunsOf, APartAreNone) {
  record::Run run = run_at(1, 200);
  run.started.shard = record::Shard{.index = 1, .total = 2, .plan = "h", .cases = 1};
  note(run);
  EXPECT_FALSE(fs::exists(project_.path("kept/history.db")));
  run.started.shard.reset();
  note(run);
  EXPECT_TRUE(fs::exists(project_.path("kept/history.db")));
  EXPECT_EQ(reports::read_file(project_.path("kept/.gitignore")), "*\n") << "git takes it for no change";
}

TEST_F(EarlierRunsOf, AreNotThereWhereTheHistoryCannotBeRead) {
  fs::create_directory(project_.path("kept"));
  project_.write("kept/history.db", std::string(5000, 'x'));
  EXPECT_FALSE(earlier(run_at(1, 500)));
  testing::internal::CaptureStderr();
  note(run_at(1, 500));
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "the history sqlite:kept/history.db: file is not a database\n"
            "  check that `store` of [history] names a database that this account can write to; murphy "
            "history --add JOURNAL adds this run later\n");
}

} // namespace
} // namespace murphy::cli
