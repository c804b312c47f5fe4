// The manual page, and completion in shells, from the real binary; in bash through a terminal.
#include "project.h"
#include "terminal.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

Finished murphy(const std::vector<std::string>& arguments) {
  Invocation invocation;
  invocation.arguments = arguments;
  return run(invocation);
}

Finished bash(const std::string& script) {
  Invocation invocation;
  invocation.binary = "/bin/bash";
  invocation.arguments = {"-euo", "pipefail", "-c", script};
  invocation.environment = {{"MURPHY", murphy_program()}, {"PATH", "/usr/bin:/bin"}};
  return run(invocation);
}

// What a pattern finds in the output of `murphy COMMAND --help`, line by line.
std::vector<std::string> in_help(const std::string& command, const std::string& filter) {
  const Finished listed = bash("\"$MURPHY\" " + command + " --help | " + filter + " || true");
  std::vector<std::string> lines;
  std::string_view text = listed.out;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

// The long options of `murphy COMMAND --help`.
std::vector<std::string> options_of(const std::string& command) {
  return in_help(command, "grep -oE -- '^ +(-h,)?--[a-z-]+' | grep -oE -- '--[a-z-]+'");
}

// The commands that help lists, "watch status" among them.
std::vector<std::string> all_commands(const std::string& of = "") {
  std::vector<std::string> all;
  for (const std::string& name :
       in_help(of, "sed -n '/^S[Uu][Bb][Cc][Oo][Mm][Mm][Aa][Nn][Dd][Ss]:/,/^$/p' | grep -oE '^  [a-z]+' | tr -d ' '")) {
    all.push_back(of.empty() ? name : of + " " + name);
    for (const std::string& below : all_commands(all.back())) all.push_back(below);
  }
  return all;
}

TEST(Shells, KnowEveryCommandAndOption) {
  const std::string in_bash = murphy({"completion", "bash"}).out, in_zsh = murphy({"completion", "zsh"}).out,
                    in_fish = murphy({"completion", "fish"}).out, page = murphy({"man"}).out;
  const std::vector<std::string> commands = all_commands();
  EXPECT_THAT(commands,
              testing::IsSupersetOf({"init", "import har", "run", "watch", "watch status", "watch ack", "completion"}));
  std::size_t seen = 0;
  for (const std::string& command : commands) {
    const std::string last = command.substr(command.find(' ') + 1);
    EXPECT_THAT(page, HasSubstr(".SS murphy " + command + " "));
    EXPECT_THAT(in_fish, HasSubstr(" -a " + last + " -d "));
    for (const std::string& option : options_of(command)) {
      ++seen;
      EXPECT_THAT(in_bash, HasSubstr(option)) << command;
      EXPECT_THAT(in_zsh, HasSubstr(option)) << command;
      EXPECT_THAT(in_fish, ContainsRegex("from " + last + "['; ]")) << command;
      EXPECT_THAT(in_fish, HasSubstr(" -l " + option.substr(2) + " ")) << command;
      std::string in_roff = option;
      for (std::size_t at = in_roff.find('-'); at != std::string::npos; at = in_roff.find('-', at + 2))
        in_roff.insert(at, "\\");
      EXPECT_THAT(page, HasSubstr(in_roff)) << command;
    }
  }
  EXPECT_GT(seen, 80U);
  EXPECT_THAT(in_bash + in_zsh + in_fish + page, Not(HasSubstr("{}")));
}

TEST(Shells, AreGivenScriptsThatTheyCanRead) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const Finished checked = bash("\"$MURPHY\" completion " + shell + " | " + shell + " -n");
    EXPECT_EQ(checked.code, 0) << shell << ": " << checked.err;
    EXPECT_EQ(checked.err, "") << shell;
  }
  const Finished other = murphy({"completion", "tcsh"});
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("there is no completion for \"tcsh\"\n  name bash, zsh or fish\n"));
  EXPECT_EQ(murphy({"completion"}).code, 2);
}

TEST(Shells, ShowAManualPageWithoutWarnings) {
  const Finished shown = bash("\"$MURPHY\" man | groff -man -Tutf8 -ww -P -cbou");
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.err, "");
  EXPECT_THAT(shown.out, HasSubstr("murphy run [OPTION]... [paths]"));
  EXPECT_THAT(shown.out, HasSubstr("--junit FILE"));
  EXPECT_THAT(shown.out, HasSubstr("interrupted"));
}

TEST(Shells, CompleteInBash) {
  const TemporaryFolder folder;
  folder.write("murphy.toml", "[target.local]\nurl = \"http://127.0.0.1:1\"\n[target.staging]\nurl = "
                              "\"https://staging.test\"\n[user.ada]\nemail = \"ada@example.com\"\n");
  folder.write("scenarios/a.toml", "feature = \"Sign in\"\n[[scenario]]\nname = \"A user gets in\"\nsteps = [{ open = "
                                   "\"/\" }]\n");
  Invocation shell;
  shell.binary = "/bin/bash";
  shell.arguments = {"--noprofile", "--norc", "-i"};
  shell.directory = folder.path();
  shell.environment = {{"TERM", "dumb"},
                       {"PS1", "READY> "},
                       {"INPUTRC", "/dev/null"},
                       {"HISTFILE", "/dev/null"},
                       {"PATH", std::filesystem::path(murphy_program()).parent_path().string() + ":/usr/bin:/bin"}};
  const Seen seen = run_on_terminal(shell, 200,
                                    {{.after = "READY> ", .text = "source <(murphy completion bash)\n"},
                                     {.after = "READY> ", .text = "murphy sna\t"},
                                     {.after = "pshot ", .text = "--ch\t"},
                                     {.after = "eck ", .text = "\x15murphy run --target st\t"},
                                     {.after = "aging ", .text = "\x15murphy run --name A\t"},
                                     {.after = "\\ user\\ gets\\ in ", .text = "\x15murphy forms /x --user \t"},
                                     {.after = "ada ", .text = "\x15murphy run --feature=Si\t"},
                                     {.after = "gn\\ in ", .text = "\x15murphy check scen\t"},
                                     {.after = "arios/", .text = "\x15murphy watch st\t"},
                                     {.after = "atus ", .text = "--pr\t"},
                                     {.after = "oject ", .text = "\x15murphy completion f\t"},
                                     {.after = "ish ",
                                      .text = "\x15"
                                              "exit\n"}});
  EXPECT_EQ(seen.code, 0) << seen.raw;
}

TEST(Shells, HearNothingWithoutAProject) {
  const TemporaryFolder folder;
  for (const char* kind : {"targets", "users", "features", "scenarios", "nonsense"}) {
    Invocation invocation;
    invocation.directory = folder.path();
    invocation.arguments = {"complete", kind};
    const Finished finished = run(invocation);
    EXPECT_EQ(finished.code, 0);
    EXPECT_EQ(finished.out + finished.err, "");
  }
  EXPECT_THAT(murphy({"--help"}).out, Not(HasSubstr("complete ")));
}

} // namespace
} // namespace murphy::end_to_end
