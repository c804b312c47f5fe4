// Reports that cannot be written: reported before anything runs where that can be known, and never taken for success.
#include "evidence.h"
#include "project.h"

#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

class RefusedOutputs : public testing::Test {
protected:
  RefusedOutputs() : project_(misbehaving()) {
    project_.open("/ready");
    project_.folder().write("file", "not a folder");
  }
  // Runs with these options alone, expects the exit code, and gives back what standard error says.
  std::string refused(std::vector<std::string> options, int code = 4) {
    Invocation invocation = project_.invocation();
    invocation.arguments = {"run"};
    invocation.arguments.insert(invocation.arguments.end(), options.begin(), options.end());
    const Finished finished = run(invocation);
    EXPECT_EQ(finished.code, code) << finished.out << finished.err;
    EXPECT_EQ(finished.out, "") << "nothing is run";
    return replaced(finished.err, std::filesystem::canonical(project_.folder().path()).string(), "FOLDER");
  }
  Project project_;
};

TEST_F(RefusedOutputs, AReportBelowAFileIsRefused) {
  EXPECT_EQ(refused({"--junit", "file/report.xml"}),
            "cannot write the report file/report.xml: FOLDER/file is not a folder that this user may write to\n"
            "  name a file in another folder\n");
}

TEST_F(RefusedOutputs, AReportThatIsAFolderIsRefused) {
  EXPECT_EQ(refused({"--junit-strict", "scenarios"}), "cannot write the report scenarios: it is a folder\n"
                                                      "  name a file in it\n");
}

TEST_F(RefusedOutputs, AJournalBelowAFileIsRefused) {
  const std::string reported = refused({"--journal", "file/run.jsonl"});
  EXPECT_THAT(reported, HasSubstr("file/run.jsonl"));
  EXPECT_THAT(reported, HasSubstr("Not a directory"));
}

TEST_F(RefusedOutputs, AJournalThatIsAFolderIsRefused) {
  EXPECT_THAT(refused({"--journal", "scenarios"}), HasSubstr("Is a directory"));
}

TEST_F(RefusedOutputs, AReportInPlaceOfAScenarioTheProjectOrTheJournalIsRefused) {
  EXPECT_EQ(refused({"--report", "junit=scenarios/pages.toml"}, 2),
            "the junit report would replace scenarios/pages.toml, which this command reads\n  name another file\n");
  EXPECT_EQ(refused({"--junit-strict", "./scenarios/../murphy.toml"}, 2),
            "the junit-strict report would replace ./scenarios/../murphy.toml, which this command reads\n"
            "  name another file\n");
  EXPECT_EQ(refused({"--journal", "scenarios/pages.toml"}, 2),
            "the journal would replace scenarios/pages.toml, which this command reads\n  name another file\n");
  EXPECT_EQ(refused({"--journal", "run.xml", "--junit", "run.xml"}, 2),
            "the junit report and the journal both go to run.xml\n  name another file for one of them\n");
  EXPECT_THAT(read_file(project_.folder() / "scenarios/pages.toml"), HasSubstr("name  = \"/ready\""));
  EXPECT_THAT(read_file(project_.folder() / "murphy.toml"), HasSubstr("[target."));
}

TEST_F(RefusedOutputs, AReportOfUnknownKindIsRefused) {
  EXPECT_EQ(refused({"--report", "junti=run.xml"}, 2),
            "there is no report of kind \"junti\"\n  did you mean \"junit\"?\n");
}

TEST_F(RefusedOutputs, StandardOutputHoldsTheReportAlone) {
  Invocation invocation = project_.invocation();
  invocation.arguments = {"run", "--report", "junit=-", "--report", "junit=run.xml", "--journal", "run.jsonl"};
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 1);
  EXPECT_EQ(finished.out, project_.junit());
  EXPECT_THAT(finished.out, HasSubstr("<failure "));
  EXPECT_THAT(finished.err, HasSubstr("/ready"));
  Invocation report = invocation;
  report.arguments = {"report", "run.jsonl", "--report", "junit=-"};
  const Finished again = run(report);
  EXPECT_EQ(again.code, 1);
  EXPECT_EQ(again.out, project_.junit());
  report.arguments = {"report", "run.jsonl", "--junit", "run.jsonl"};
  EXPECT_EQ(run(report).code, 2);
}

TEST_F(RefusedOutputs, MissingFoldersOfAReportAreMade) {
  const Finished finished = project_.run({"--junit-strict", "new/folder/report.xml"});
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_THAT(read_file(project_.folder() / "new/folder/report.xml"), HasSubstr("<testsuites"));
}

TEST_F(RefusedOutputs, WhenTheDiskIsFullTheRunIsToldAndTheExitCodeIs4) {
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

// Runs it below a shell, which can do to its descriptors what an invocation cannot.
Finished below_shell(const Project& project, const std::string& line) {
  Invocation shell = project.invocation();
  shell.binary = "/bin/sh";
  shell.arguments = {"-c", line};
  shell.environment["MURPHY"] = murphy_program();
  return run(shell);
}

TEST_F(RefusedOutputs, EveryCommandEndsWith4WhereTheDiskIsFull) {
  (void)project_.run(); // leaves a journal
  for (const char* command : {"check", "run", "run --list", "run --list --json", "forms /ready", "report run.jsonl",
                              "explain run.jsonl", "--help", "--version", "help run"}) {
    SCOPED_TRACE(command);
    const Finished finished = below_shell(project_, fmt::format("\"$MURPHY\" {} >/dev/full", command));
    EXPECT_EQ(finished.code, 4);
    EXPECT_THAT(finished.err, HasSubstr("cannot write to standard output: No space left on device"));
  }
}

TEST_F(RefusedOutputs, AClosedStandardOutputLeavesTheJournalAlone) {
  const Finished finished = below_shell(project_, "\"$MURPHY\" run --journal run.jsonl >&- 2>&-");
  EXPECT_EQ(finished.code, 1);
  const std::string journal = read_file(project_.journal());
  EXPECT_EQ(count(journal, "\n{"), count(journal, "\n") - 1) << "nothing but events";
}

TEST_F(RefusedOutputs, WhatEarlierRunsLeftIsRemovedWhereThisOneDoesNotComeAbout) {
  (void)project_.run();
  project_.folder().write("notes.txt", "not a report");
  EXPECT_THAT(project_.junit(), HasSubstr("<testsuites"));
  Invocation invocation = project_.invocation({"--tag", "nobody", "--report", "junit-strict=notes.txt"});
  EXPECT_EQ(run(invocation).code, 2);
  EXPECT_FALSE(std::filesystem::exists(project_.folder() / "run.xml"));
  EXPECT_FALSE(std::filesystem::exists(project_.journal()));
  EXPECT_EQ(read_file(project_.folder() / "notes.txt"), "not a report");
}

TEST_F(RefusedOutputs, AJournalBelongsToOneRun) {
  const Finished finished =
      below_shell(project_, "exec 9>run.jsonl; flock -n 9 || exit 99; \"$MURPHY\" run --journal run.jsonl 9>&-");
  EXPECT_EQ(finished.code, 2) << finished.out;
  EXPECT_EQ(finished.err, "run.jsonl: another run of Murphy writes this journal\n"
                          "  wait until it ends, or name another file with --journal\n");
}

TEST_F(RefusedOutputs, AJournalWithoutAnEndIsNone) {
  const Finished finished = below_shell(project_, "\"$MURPHY\" report /dev/zero");
  EXPECT_EQ(finished.code, 2);
  EXPECT_THAT(finished.err, HasSubstr("/dev/zero:1: this is not a Murphy journal"));
}

TEST_F(RefusedOutputs, AUserSignalChangesNothing) {
  Project project(misbehaving("timeout = \"5s\"\n"));
  project.open("/ready");
  project.open("/never-answers");
  Running running(project.invocation());
  ASSERT_TRUE(running.wait_for("/ready")); // the first scenario is over
  running.send(SIGUSR1);
  running.send(SIGINT);
  EXPECT_EQ(running.wait().code, 130) << "the second signal, and not the first, ends the run";
}

} // namespace
} // namespace murphy::end_to_end
