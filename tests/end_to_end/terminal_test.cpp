// What is seen on terminals and through pipes.
#include "evidence.h"
#include "family.h"
#include "terminal.h"

#include <csignal>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::Not;

// One scenario that passes and one that fails with all its evidence.
Invocation red_run(std::map<std::string, std::string> environment = {{"TERM", "xterm-256color"}}) {
  Invocation invocation = dashboard_run({"scenarios/sign-out.toml", "scenarios/sign-in.toml"}, "misspelled-variable");
  invocation.environment.merge(environment);
  return invocation;
}

TEST(Pipe, GetsAsciiInTheCLocale) {
  for (const char* locale : {"C", "POSIX"}) {
    const Finished finished = run(red_run({{"LC_ALL", locale}}));
    EXPECT_EQ(finished.code, 1);
    // What is left is of the app: a name with a diaeresis.
    for (const char* sign : {"“", "”", "‹", "›", "→", "—", "…", "│", "✓", "✗", "·"})
      EXPECT_THAT(finished.out, Not(HasSubstr(sign)));
    EXPECT_THAT(finished.out, HasSubstr("<ada.password>"));
  }
}

void expect_left_in_order(const Seen& seen, std::size_t columns) {
  EXPECT_EQ(seen.code, 1);
  EXPECT_EQ(seen.screen.strange(), "");
  EXPECT_LE(seen.screen.widest(), columns);
  EXPECT_TRUE(seen.screen.is_plain()) << "the colour of the last text stays on";
  EXPECT_EQ(seen.screen.lines().back(), "") << "the live line was left behind";
}

class Columns : public testing::TestWithParam<unsigned short> {};

TEST_P(Columns, NoLineIsWiderAndTheLiveLineComesAndGoes) {
  const Seen seen = run_on_terminal(red_run(), GetParam());
  expect_left_in_order(seen, GetParam());
  EXPECT_GT(seen.screen.erased(), 10);
  EXPECT_GT(seen.screen.colours(), 10);
  EXPECT_THAT(seen.raw, HasSubstr("waiting for the app")) << "shown while there is nothing else to show";
  EXPECT_THAT(seen.screen.text(), Not(HasSubstr("waiting for the app")));
  EXPECT_THAT(seen.screen.text(), HasSubstr("What did not pass"));
}

INSTANTIATE_TEST_SUITE_P(Terminal, Columns, testing::Values(40, 80, 200),
                         [](const auto& instance) { return fmt::format("of_{}", instance.param); });

TEST(Terminal, WithoutColourTheLiveLineStays) {
  const Seen seen = run_on_terminal(red_run({{"TERM", "xterm"}, {"NO_COLOR", "1"}}), 80);
  expect_left_in_order(seen, 80);
  EXPECT_EQ(seen.screen.colours(), 0);
  EXPECT_GT(seen.screen.erased(), 10);
}

TEST(Terminal, ThatIsDumbGetsPlainLines) {
  const Seen seen = run_on_terminal(red_run({{"TERM", "dumb"}}), 80);
  expect_left_in_order(seen, 80);
  EXPECT_EQ(seen.screen.colours(), 0);
  EXPECT_EQ(seen.screen.erased(), 0);
}

TEST(Terminal, OfACiSystemGetsPlainLines) {
  const Seen seen = run_on_terminal(red_run({{"TERM", "xterm"}, {"CI", "1"}}), 80);
  expect_left_in_order(seen, 80);
  EXPECT_EQ(seen.screen.colours(), 0);
  EXPECT_EQ(seen.screen.erased(), 0);
}

TEST(Terminal, ErrorsInFilesAreShownInPlace) {
  const TemporaryFolder folder;
  folder.write("murphy.toml", "[target.local]\nurl = \"localhost:80\"\n");
  Invocation invocation;
  invocation.directory = folder.path();
  invocation.arguments = {"check"};
  invocation.environment = {{"TERM", "xterm"}};
  const Seen seen = run_on_terminal(invocation, 80);
  EXPECT_EQ(seen.code, 2);
  EXPECT_EQ(seen.screen.strange(), "");
  EXPECT_THAT(seen.screen.text(), HasSubstr("murphy.toml:2:"));
}

TEST(Terminal, ControlCEndsTheRunAndLeavesTheTerminalInOrder) {
  Project project(Family::target());
  project.open("/");
  project.open("/slow");
  Family family;
  family.listen(project);
  Invocation invocation = project.invocation();
  invocation.environment = {{"TERM", "xterm"}};
  // The live line names the scenario that is under way.
  const Seen seen = run_on_terminal(invocation, 80, {{.after = "/slow", .text = "\x03"}});
  EXPECT_EQ(seen.code, 130);
  EXPECT_EQ(seen.screen.lines().back(), "");
  EXPECT_TRUE(seen.screen.is_plain());
  EXPECT_THAT(seen.screen.text(), HasSubstr("interrupted"));
  EXPECT_THAT(project.junit(), HasSubstr("tests=\"2\""));
}

TEST(Pipe, PlainLinesByDefaultAndColoursWhenTheyAreAskedFor) {
  Screen plain;
  plain.write(run(red_run()).out);
  EXPECT_EQ(plain.colours(), 0);
  EXPECT_EQ(plain.erased(), 0);
  EXPECT_EQ(plain.strange(), "");
  Screen coloured;
  coloured.write(run(red_run({{"CLICOLOR_FORCE", "1"}})).out);
  EXPECT_GT(coloured.colours(), 10);
  EXPECT_EQ(coloured.erased(), 0) << "colours are no reason for a live line";
  EXPECT_TRUE(coloured.is_plain());
  EXPECT_EQ(coloured.strange(), "");
}

TEST(Pipe, ThatNobodyReadsAnyMoreEndsNeitherTheRunNorItsReports) {
  const TemporaryFolder folder;
  Invocation invocation = red_run();
  for (const char* option : {"--journal", "--junit"}) {
    invocation.arguments.emplace_back(option);
    invocation.arguments.push_back((folder / option).string());
  }
  Running murphy(invocation);
  ASSERT_TRUE(murphy.wait_for("\n")); // as `| head -1`
  murphy.close_output();
  const Finished finished = murphy.wait();
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_EQ(finished.err, "");
  const record::Run run = run_of(folder / "--journal");
  EXPECT_TRUE(run.finished);
  EXPECT_EQ(record::totals(run).not_run, 0);
  EXPECT_THAT(read_file(folder / "--junit"), HasSubstr("</testsuites>"));
}

} // namespace
} // namespace murphy::end_to_end
