// Reports that cannot be written: told before anything runs where that can be known, and never taken for success.
#include "evidence.h"
#include "project.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

class Outputs : public testing::Test {
protected:
  Outputs() : project_(misbehaving()) {
    project_.open("/ready");
    project_.folder().write("file", "not a folder");
  }
  // Runs with these options alone, expects 4, and gives back what standard error says.
  std::string refused(std::vector<std::string> options) {
    Invocation invocation = project_.invocation();
    invocation.arguments = {"run"};
    invocation.arguments.insert(invocation.arguments.end(), options.begin(), options.end());
    const Finished finished = run(invocation);
    EXPECT_EQ(finished.code, 4) << finished.out << finished.err;
    EXPECT_EQ(finished.out, "") << "nothing is run";
    return replaced(finished.err, std::filesystem::canonical(project_.folder().path()).string(), "FOLDER");
  }
  Project project_;
};

TEST_F(Outputs, AReportBelowAFileIsRefused) {
  EXPECT_EQ(refused({"--junit", "file/report.xml"}),
            "cannot write the report file/report.xml: FOLDER/file is not a folder that can be written to\n"
            "  name a file in a folder you may write to; nothing was run\n");
}

TEST_F(Outputs, AReportThatIsAFolderIsRefused) {
  EXPECT_EQ(refused({"--junit-strict", "scenarios"}), "cannot write the report scenarios: it is a folder\n"
                                                      "  name a file in a folder you may write to; nothing was run\n");
}

TEST_F(Outputs, AJournalBelowAFileIsRefused) {
  const std::string told = refused({"--journal", "file/run.jsonl"});
  EXPECT_THAT(told, HasSubstr("file/run.jsonl"));
  EXPECT_THAT(told, HasSubstr("Not a directory"));
}

TEST_F(Outputs, AJournalThatIsAFolderIsRefused) {
  EXPECT_THAT(refused({"--journal", "scenarios"}), HasSubstr("Is a directory"));
}

TEST_F(Outputs, MissingFoldersOfAReportAreMade) {
  const Finished finished = project_.run({"--junit-strict", "new/folder/report.xml"});
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_THAT(read_file(project_.folder() / "new/folder/report.xml"), HasSubstr("<testsuites"));
}

TEST_F(Outputs, WhenTheDiskIsFullTheRunIsToldAndTheExitCodeIs4) {
  Invocation invocation = project_.invocation();
  invocation.arguments = {"run", "--journal", "/dev/full", "--junit", "run.xml"};
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 4);
  EXPECT_THAT(finished.out, HasSubstr("✗ /ready")) << "the run itself goes on";
  EXPECT_THAT(finished.err, HasSubstr("/dev/full"));
  EXPECT_THAT(finished.err, HasSubstr("No space left on device"));
  EXPECT_EQ(count(finished.err, "/dev/full"), 1) << "said once, not for every line: " << finished.err;
  EXPECT_THAT(project_.junit(), HasSubstr("<failure ")) << "the report is written all the same";
}

} // namespace
} // namespace murphy::end_to_end
