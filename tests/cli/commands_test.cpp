// The commands that need no app, as a whole: what they answer and the exit code they end with.
#include "cli/commands.h"

#include "record/journal.h"
#include "sample_project.h"

#include <functional>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using reports::ScratchFolder;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

struct Answer {
  ExitCode code;
  std::string out, error;
};

Answer answer(const std::function<ExitCode()>& command) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Answer answer{.code = command(), .out = {}, .error = {}};
  answer.error = testing::internal::GetCapturedStderr();
  answer.out = testing::internal::GetCapturedStdout();
  return answer;
}

// A finished run of one case.
std::string journal(const std::string& id, record::Outcome outcome) {
  record::RunStarted started;
  started.plan.emplace_back().edit().id = id;
  started.plan.back().edit().name = id;
  started.plan.back().edit().place.file = "a.toml";
  record::StepFinished step;
  step.id = id;
  step.step.title = "open /";
  step.step.outcome = outcome;
  if (outcome == record::Outcome::failed) step.step.failures.emplace_back().code = record::FailureCode::wrong_status;
  record::CaseFinished finished;
  finished.id = id;
  finished.outcome = outcome;
  std::string text;
  for (const record::Event& event : std::vector<record::Event>{started, step, finished, record::RunFinished{}})
    text += record::journal_line(event);
  return text;
}

TEST(CheckCommand, CountsWhatIsRightAndWhatIsWrong) {
  const SampleProject good;
  const Answer passed = answer(
      [&] { return check_command({.files = {.project = good.path("murphy.toml"), .paths = {}}, .variables = {}}); });
  EXPECT_EQ(passed.code, ExitCode::passed);
  EXPECT_THAT(passed.out, HasSubstr("3 scenarios in 1 feature file: no errors\n"));
  const SampleProject bad(sample_project, "feature = \"A\"\n[[scenario]]\nname = \"a\"\nsteps = [{ opn = \"/\" }]\n");
  const Answer failed = answer(
      [&] { return check_command({.files = {.project = bad.path("murphy.toml"), .paths = {}}, .variables = {}}); });
  EXPECT_EQ(failed.code, ExitCode::usage);
  EXPECT_EQ(failed.out, "");
  EXPECT_THAT(failed.error, HasSubstr("\n1 error in 2 files"));
  const SampleProject both_bad("x = = 1\n", "feature = \"A\"\n[[scenario]]\nnam = \"a\"\n");
  EXPECT_THAT(answer([&] {
                return check_command(
                    {.files = {.project = both_bad.path("murphy.toml"), .paths = {}}, .variables = {}});
              }).error,
              testing::EndsWith("errors in 2 files read\n"));
  EXPECT_EQ(answer([] {
              return check_command({.files = {}, .variables = {.variables = {"x"}, .secrets = {}, .taken = {}}});
            }).code,
            ExitCode::usage);
}

TEST(ReportCommand, EndsAsTheRunDid) {
  const ScratchFolder folder;
  const auto reported = [](std::vector<std::string> journals) {
    return answer([&] { return report_command({.journals = std::move(journals), .reports = {}}); });
  };
  const std::string green = folder.file("green.jsonl", journal("a", record::Outcome::passed)).string();
  const std::string red = folder.file("red.jsonl", journal("b", record::Outcome::failed)).string();
  EXPECT_EQ(reported({green}).code, ExitCode::passed);
  EXPECT_EQ(reported({red}).code, ExitCode::failed);
  const Answer joined = reported({green, red});
  EXPECT_EQ(joined.code, ExitCode::failed);
  EXPECT_THAT(joined.out, testing::EndsWith("\nAll 2 journals\n2 scenarios: 1 passed, 1 failed\n"));
  EXPECT_EQ(reported({red, red}).code, ExitCode::usage) << "the same case twice";
  EXPECT_EQ(reported({green, (folder.path() / "none.jsonl").string()}).code, ExitCode::usage);
  const std::string text = journal("a", record::Outcome::passed);
  const std::string doubled = folder.file("doubled.jsonl", text + text).string();
  const Answer refused = reported({doubled});
  EXPECT_EQ(refused.code, ExitCode::internal);
  EXPECT_THAT(refused.error, HasSubstr("doubled.jsonl"));
}

TEST(ReportCommand, ReplacesNoJournal) {
  const ScratchFolder folder;
  const std::string file = folder.file("run.jsonl", journal("a", record::Outcome::passed)).string();
  EXPECT_EQ(answer([&] { return report_command({.journals = {file}, .reports = {"junit=" + file}}); }).code,
            ExitCode::usage);
  EXPECT_EQ(reports::read_file(file), journal("a", record::Outcome::passed));
}

TEST(ExplainCommand, TakesALogOrEvidenceAndNotBoth) {
  const ScratchFolder folder;
  const std::string log = folder.file("app.log", "no such column: users.emial\n").string();
  const std::string evidence =
      folder.file("evidence.json", "{\"id\": \"first\", \"console\": \"no such column: users.emial\"}").string();
  const std::string project = folder.file("murphy.toml", "").string();
  const auto explained = [&](ExplainOptions options) {
    options.project = project;
    return answer([&] { return explain_command(options); });
  };
  EXPECT_THAT(explained({.file = log, .evidence = {}, .project = {}, .json = false}).out, StartsWith("Likely cause: "));
  EXPECT_THAT(explained({.file = {}, .evidence = evidence, .project = {}, .json = false}).out,
              StartsWith("first\nLikely cause: "));
  EXPECT_THAT(explained({.file = log, .evidence = {}, .project = {}, .json = true}).out, StartsWith("{\"id\":"));
  for (const ExplainOptions& options :
       {ExplainOptions{.file = log, .evidence = evidence, .project = {}, .json = false},
        ExplainOptions{.file = {}, .evidence = {}, .project = {}, .json = false},
        ExplainOptions{.file = "no/such.log", .evidence = {}, .project = {}, .json = false}}) {
    const Answer refused = explained(options);
    EXPECT_EQ(refused.code, ExitCode::usage);
    EXPECT_EQ(refused.out, "");
    EXPECT_NE(refused.error, "");
  }
  const Answer green = explained({.file = folder.file("run.jsonl", journal("a", record::Outcome::passed)).string(),
                                  .evidence = {},
                                  .project = {},
                                  .json = false});
  EXPECT_EQ(green.code, ExitCode::passed);
  EXPECT_EQ(green.out, "");
  EXPECT_THAT(green.error, HasSubstr("nothing failed"));
}

} // namespace
} // namespace murphy::cli
