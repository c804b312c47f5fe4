// The likely cause is the same in every report, in every run, whatever the port and the folder.
#include "command.h"
#include "evidence.h"
#include "tests/places.h"

#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

struct Verdict {
  record::Suspect suspect;
  std::string console, junit;
};

// Of the first scenario of sign-in, run from `directory` on a port of its own.
Verdict verdict_of(const std::string& regression, const std::filesystem::path& directory) {
  const TemporaryFolder folder;
  const std::string root = in_project();
  Invocation invocation =
      dashboard_run({root + "/scenarios/sign-in.toml", "--name", "A registered user reaches", "--journal",
                     (folder / "run.jsonl").string(), "--junit", (folder / "run.xml").string()},
                    regression);
  invocation.arguments.at(2) = root + "/fixtures/dashboard/murphy.toml";
  invocation.directory = directory;
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  Verdict verdict{{}, finished.out, read_file(folder / "run.xml")};
  for (const record::StepResult& step :
       case_of(run_of(folder / "run.jsonl"), "A registered user reaches the dashboard").steps)
    if (!step.suspects.empty()) verdict.suspect = step.suspects.front();
  return verdict;
}

class VerdictOf : public testing::TestWithParam<const char*> {};

TEST_P(VerdictOf, IsTheSameInEveryRunAndReport) {
  const TemporaryFolder elsewhere;
  const Verdict first = verdict_of(GetParam(), in_project()), second = verdict_of(GetParam(), elsewhere.path());
  const record::Suspect& suspect = first.suspect;
  EXPECT_EQ(suspect.fingerprint.size(), 16U);
  EXPECT_EQ(second.suspect.fingerprint, suspect.fingerprint);
  EXPECT_EQ(second.suspect.cause, suspect.cause);
  EXPECT_THAT(first.console, HasSubstr(record::headline(suspect)));
  EXPECT_THAT(first.junit, HasSubstr("type=\"" + std::string(record::name_of(suspect.layer)) + "\""));
  EXPECT_THAT(first.junit, HasSubstr(replaced(record::headline(suspect), "\"", "&quot;")));
}

INSTANTIATE_TEST_SUITE_P(Regressions, VerdictOf,
                         testing::Values("misspelled-migration", "renamed-field", "cookie-domain"),
                         [](const auto& instance) { return replaced(instance.param, "-", "_"); });

} // namespace
} // namespace murphy::end_to_end
