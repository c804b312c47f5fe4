// `murphy history`, from the project file to what it prints.
#include "cli/history_store.h"

#include "cli/commands.h"
#include "record/journal.h"
#include "sample_project.h"

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* keeps_history = "\n[history]\nstore = \"sqlite:kept/history.db\"\n";

// A finished run of one case at an hour of a day.
std::string journal_at(int hour, record::Outcome outcome) {
  record::RunStarted started;
  started.at = record::Instant(std::chrono::hours(500'000 + hour));
  started.target = "local";
  started.origin.branch = "main";
  started.plan.emplace_back().edit().id = "scenarios/sign-in.toml#Signs in";
  started.plan.back().edit().name = "Signs in";
  started.plan.back().edit().place.file = "scenarios/sign-in.toml";
  const std::string& id = started.plan.back()->id;
  record::StepFinished step{.id = id, .step = {}};
  step.step.outcome = outcome;
  if (outcome == record::Outcome::failed) step.step.failures.emplace_back().code = record::FailureCode::wrong_status;
  std::string text;
  for (const record::Event& event : std::vector<record::Event>{
           started, step, record::CaseFinished{.id = id, .outcome = outcome, .duration = {}, .note = {}},
           record::RunFinished{.at = started.at}})
    text += record::journal_line(event);
  return text;
}

struct Printed {
  ExitCode code = ExitCode::internal;
  std::string out, error;
};

class KeptRuns : public testing::Test {
protected:
  KeptRuns() : project_(std::string(sample_project) + keeps_history) {
    green_ = project_.write("green.jsonl", journal_at(1, record::Outcome::passed));
    red_ = project_.write("red.jsonl", journal_at(2, record::Outcome::failed));
  }
  Printed history(HistoryOptions options) const {
    options.project = project_.path("murphy.toml");
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Printed printed{.code = history_command(options), .out = {}, .error = {}};
    printed.error = testing::internal::GetCapturedStderr();
    printed.out = testing::internal::GetCapturedStdout();
    return printed;
  }
  HistoryOptions adding(std::vector<std::string> journals) const {
    HistoryOptions options;
    options.journals = std::move(journals);
    return options;
  }

  SampleProject project_;
  std::string green_, red_;
};

TEST_F(KeptRuns, AreShownTheNewestFirst) {
  EXPECT_THAT(history({}).error, HasSubstr("has no run yet"));
  const Printed added = history(adding({green_, red_, green_}));
  EXPECT_EQ(added.code, ExitCode::passed) << added.error;
  EXPECT_EQ(added.out, green_ + ": added\n" + red_ + ": added\n" + green_ + ": is in the history already\n");
  const Printed runs = history({});
  EXPECT_EQ(runs.code, ExitCode::passed) << runs.error;
  EXPECT_EQ(runs.out, "2027-01-15 10:00  failed           0 passed     1 failed of 1      no commit  main  local\n"
                      "2027-01-15 09:00  passed           1 passed     0 failed of 1      no commit  main  local\n");
}

TEST_F(KeptRuns, SayWhatBecameOfACase) {
  EXPECT_EQ(history(adding({green_, red_})).code, ExitCode::passed);
  HistoryOptions one;
  one.words = "signs IN";
  EXPECT_EQ(history(one).out, "Signs in  scenarios/sign-in.toml#Signs in\n"
                              "  failed in 1 of 2 runs\n"
                              "  fails on main since 2027-01-15 10:00: first bad no commit, no good run before\n");
  one.words = "nothing like it";
  EXPECT_EQ(history(one).code, ExitCode::nothing_selected);
  EXPECT_THAT(history(one).error, HasSubstr("no scenario of the history has \"nothing like it\" in its name"));
  HistoryOptions causes;
  causes.shows_causes = true;
  EXPECT_THAT(history(causes).out, HasSubstr("in 1 run, 1 scenario in the last  cause unknown: "));
  HistoryOptions slowest;
  slowest.shows_slowest = true;
  EXPECT_EQ(history(slowest).out, "      0 ms  Signs in\n");
}

TEST_F(KeptRuns, AreExported) {
  EXPECT_EQ(history(adding({green_})).code, ExitCode::passed);
  HistoryOptions csv;
  csv.format = "csv";
  EXPECT_THAT(history(csv).out, StartsWith("run,started,target,"));
  csv.format = "json";
  EXPECT_THAT(history(csv).out, StartsWith("{\"run\":\""));
  csv.format = "xml";
  EXPECT_EQ(history(csv).code, ExitCode::usage);
  EXPECT_EQ(history(csv).error, "there is no export as \"xml\"\n  write --export csv or --export json\n");
}

TEST_F(KeptRuns, KeepTheRecordOfWhatIsRenamed) {
  EXPECT_EQ(history(adding({green_, red_})).code, ExitCode::passed);
  HistoryOptions renaming;
  renaming.renamed = {"Signs in", "Enters"};
  const Printed renamed = history(renaming);
  EXPECT_EQ(renamed.code, ExitCode::passed) << renamed.error;
  EXPECT_EQ(renamed.out, "scenarios/sign-in.toml#Signs in → scenarios/sign-in.toml#Enters\n2 results renamed\n");
  HistoryOptions one;
  one.words = "enters";
  EXPECT_THAT(history(one).out, StartsWith("Enters  scenarios/sign-in.toml#Enters\n  failed in 1 of 2 runs\n"));
  const Printed again = history(renaming);
  EXPECT_EQ(again.code, ExitCode::usage);
  EXPECT_EQ(again.error, "the history has no scenario, feature or file \"Signs in\"\n"
                         "  murphy history --export csv lists the names\n");
}

TEST_F(KeptRuns, AreNoParts) {
  std::string part = journal_at(3, record::Outcome::passed);
  part.insert(part.find(",\"selection\""), ",\"shard\":{\"index\":1,\"total\":2,\"plan\":\"h\",\"cases\":2}");
  const Printed refused = history(adding({project_.write("part.jsonl", part)}));
  EXPECT_EQ(refused.code, ExitCode::usage);
  EXPECT_THAT(refused.error, HasSubstr("this is the journal of a shard"));
}

TEST_F(KeptRuns, AreRefusedWhereTheyCannotBeRead) {
  EXPECT_EQ(history(adding({project_.path("none.jsonl")})).code, ExitCode::usage);
  fs::create_directory(project_.path("kept"));
  project_.write("kept/history.db", std::string(5000, 'x'));
  const Printed broken = history({});
  EXPECT_EQ(broken.code, ExitCode::target);
  EXPECT_THAT(broken.error, HasSubstr("the history sqlite:kept/history.db: "));
}

TEST(HistoryOfAProject, IsNamedInItsFile) {
  const SampleProject without;
  EXPECT_FALSE(*history_of(without.path("murphy.toml"), without.path(""), {}));
  const SampleProject unknown(std::string(sample_project) + "\n[history]\nstore = \"oracle:x\"\n");
  const auto refused = history_of(unknown.path("murphy.toml"), unknown.path(""), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, "the database address has an unknown scheme");
  EXPECT_GT(refused.error().place.line, 0U);
  const SampleProject hidden(std::string(sample_project) + "\n[history]\nstore = { env = \"HISTORY_STORE\" }\n");
  scenario::Inputs inputs;
  inputs.environment = [](const std::string&) -> std::optional<ClearText> { return std::nullopt; };
  EXPECT_FALSE(history_of(hidden.path("murphy.toml"), hidden.path(""), inputs));
  HistoryOptions options;
  options.project = without.path("murphy.toml");
  testing::internal::CaptureStderr();
  EXPECT_EQ(history_command(options), ExitCode::usage);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("this project keeps no history\n"));
}

} // namespace
} // namespace murphy::cli
