// docs/first-run.txt: what a terminal shows from `murphy init` to the first scenario of one's own.
#include "newcomer.h"
#include "terminal.h"
#include "tests/golden/golden.h"
#include "tests/places.h"

#include <gmock/gmock.h>
#include <regex>

namespace murphy::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

// What is another at each run becomes the same.
std::string normalised(std::string text) {
  text = std::regex_replace(text, std::regex(R"((127\.0\.0\.1):\d+)"), "$1:8080");
  return std::regex_replace(text, std::regex(R"([0-9.]+ (µs|ms|s)(?=\n))"), "20 ms");
}

TEST(FirstRun, IsShownAsATerminalShowsIt) {
  const end_to_end::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "bin");
  std::filesystem::copy_file(in_project("tests/docs/app/server"), folder / "bin/server");
  folder.write(".ada-password", "correct horse 9\n");
  end_to_end::Invocation bash;
  bash.binary = "/bin/bash";
  bash.arguments = {"--norc", "--noprofile", "--noediting", "-i"};
  bash.directory = folder.path();
  bash.environment = {{"PATH", std::filesystem::path(murphy_program()).parent_path().string() + ":/usr/bin:/bin"},
                      {"HOME", folder.path().string()},
                      {"HISTFILE", ""},
                      {"TERM", "dumb"},
                      {"LC_ALL", "C.UTF-8"},
                      {"PS1", "$ "},
                      {"PS2", "> "}};
  const end_to_end::Seen seen = end_to_end::run_on_terminal(
      bash, 120,
      {{"$ ", "murphy init /login --start 'bin/server --port ${port}' --as ada\n"},
       {"Email: ", "ada@example.com\n"},
       {"Password: ", "correct horse 9\n"},
       {"\n$ ", "read -rs ADA_PASSWORD <~/.ada-password && export ADA_PASSWORD\n"},
       {"\n$ ", "murphy run\n"},
       {"\n$ ", "cat >>scenarios/sign-in.toml <<'END'\n"},
       {"\n> ", "\n"},
       {"\n> ", "[[scenario]]\n"},
       {"\n> ", "name  = \"The dashboard greets Ada\"\n"},
       {"\n> ", "steps = [{ sign_in = \"ada\" }, { open = \"/dashboard\", expect = { text = \"Hello, Ada\" } }]\n"},
       {"\n> ", "END\n"},
       {"\n$ ", "murphy run --name greets\n"},
       {"\n$ ", "exit\n"}});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  const std::string shown = seen.screen.text();
  EXPECT_THAT(shown, Not(HasSubstr("correct horse")));
  const std::size_t end = shown.rfind("$ exit");
  ASSERT_NE(end, std::string::npos) << shown;
  EXPECT_THAT(shown, HasSubstr("1 scenario: 1 passed"));
  expect_golden(normalised(shown.substr(0, end)), "../docs/first-run.txt");
}

} // namespace
} // namespace murphy::docs
