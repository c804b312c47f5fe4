// A new report is a row of the registry and its writer: with these two, every command knows it.
#include "cli/commands.h"
#include "cli/outputs.h"
#include "command.h"
#include "example_run.h"
#include "record/journal.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using reports::ScratchFolder;
using testing::HasSubstr;
using testing::StartsWith;

std::string journal(const ScratchFolder& folder) {
  std::string text;
  for (const record::Event& event : reports::example::green()) text += record::journal_line(event);
  return folder.file("run.jsonl", text).string();
}

TEST(ToyReport, IsWrittenByTheReportCommand) {
  const ScratchFolder folder;
  const std::string file = (folder.path() / "run.toy").string();
  testing::internal::CaptureStdout();
  const ExitCode code = report_command({.journals = {journal(folder)}, .reports = {"toy=" + file}});
  testing::internal::GetCapturedStdout();
  EXPECT_EQ(code, ExitCode::passed);
  EXPECT_THAT(reports::read_file(file), StartsWith("toy: "));
}

TEST(ToyReport, GoesToStandardOutputAlone) {
  const ScratchFolder folder;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const ExitCode code = report_command({.journals = {journal(folder)}, .reports = {"toy=-"}});
  const std::string console = testing::internal::GetCapturedStderr();
  EXPECT_EQ(code, ExitCode::passed);
  for (const std::string& written : {testing::internal::GetCapturedStdout()}) {
    EXPECT_THAT(written, StartsWith("toy: "));
    EXPECT_THAT(written, testing::Not(HasSubstr("scenarios")));
  }
  EXPECT_THAT(console, HasSubstr("scenarios"));
}

TEST(ToyReport, IsNamedBesideTheOthers) {
  const auto misspelled = read_report_options({"pictures=run.png"}, [](const char*) -> const char* { return nullptr; });
  ASSERT_FALSE(misspelled);
  EXPECT_THAT(misspelled.error().front().hint, StartsWith("kinds: toy, html, json, "));
}

} // namespace
} // namespace murphy::cli
