// `murphy run --step`: a person at a terminal, whose keys are given in advance.
#include "command.h"
#include "evidence.h"
#include "leaks.h"
#include "project.h"
#include "reports/registry.h"
#include "terminal.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <set>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string stepped_password = "p&\"‹é canary12";

// A sign-in at an app of servers/signing_in.py, and a cleanup.
class Step : public testing::Test {
protected:
  Step() {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/signing_in.py", "0", (folder_ / "requests").string()};
    python.environment = {{"SIGNING_IN_PASSWORD", stepped_password}};
    server_.emplace(python);
    folder_.write("murphy.toml", fmt::format(R"([app]
dashboard = {{ page = "/plain/home", shows = "form[action=\"/plain/logout\"]" }}
[history]
store = "sqlite:history.db"
[target.local]
url = "http://127.0.0.1:{}"
[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}
)",
                                             server_->first_line().value_or("0")));
    folder_.write("scenarios/own.toml", R"(feature = "Own"
[[scenario]]
name    = "Ada signs in"
timeout = "30s"
steps = [
  { open = "/plain/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" } },
  { open = "/plain/home", expect = { dashboard = "open" } },
]
cleanup = [{ open = "/plain/about" }]
)");
    murphy_.directory = folder_.path();
    murphy_.environment = {{"TERM", "xterm"}, {"LANG", "C.UTF-8"}, {"ADA_PASSWORD", stepped_password}};
    murphy_.arguments = {"run", "--step"};
  }

  // Types a line at each prompt.
  Seen step(const std::vector<std::string>& lines) const {
    std::vector<Typed> typing;
    for (const std::string& line : lines) typing.push_back({.after = "step> ", .text = line});
    return run_on_terminal(murphy_, 200, typing);
  }
  std::string requests() const { return read_file(folder_ / "requests"); }

  TemporaryFolder folder_;
  std::optional<Running> server_;
  Invocation murphy_;
};

TEST_F(Step, GoesOnByEnter) {
  const Seen seen = step({"\n", "\n", "\n"});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  EXPECT_THAT(seen.screen.text(),
              AllOf(HasSubstr("Ada signs in  submit “Sign in”  scenarios/own.toml:7\n"),
                    HasSubstr("{ submit = \"Sign in\", with = { Email ="), HasSubstr("email = ada@example.com\n"),
                    HasSubstr("password = ‹ada.password›\n"), HasSubstr("stepped by hand")));
  EXPECT_THAT(seen.screen.text(), HasSubstr("plain, http://127.0.0.1:"));
  EXPECT_EQ(seen.screen.strange(), "");
}

TEST_F(Step, ShowsWhatThePersonAsksFor) {
  const Seen seen = step({"p\n", "f\n", "\n", "p\n", "c\n", "l\n", "e title = \"plain\"\n", "e title = \"Other\"\n",
                          "e titel = 1\n", "e\n", "x\n", "b x\n", "\n", "c\n", "\n"});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  const std::string text = seen.screen.text();
  EXPECT_THAT(text, AllOf(HasSubstr("no page is open\n"), HasSubstr("this step sends no form\n"),
                          HasSubstr("no cookies\n"), HasSubstr("the console is empty\n"), HasSubstr("it holds\n"),
                          HasSubstr("title does not hold\n"), HasSubstr("write e and an expectation"),
                          HasSubstr("write b and the number of a line"), HasSubstr("sid=‹sid:")));
  EXPECT_THAT(text, HasSubstr("\nEmail Password Sign in\n")) << "of the page";
}

TEST_F(Step, RunsOnToALineAndSkips) {
  const Seen seen = step({"b 8\n", "s\n"});
  EXPECT_EQ(seen.code, 3) << seen.raw;
  EXPECT_THAT(seen.screen.text(), HasSubstr("not judged: a step was skipped by hand"));
  EXPECT_THAT(seen.screen.text(), AllOf(Not(HasSubstr("scenarios/own.toml:7\n")), HasSubstr("scenarios/own.toml:8\n")));
  EXPECT_THAT(requests(), AllOf(HasSubstr("POST /plain/login"), HasSubstr("GET /plain/about")));
}

TEST_F(Step, StopsAtAFailureAndRepeatsIt) {
  murphy_.environment["ADA_PASSWORD"] = "not it";
  murphy_.arguments = {"run", "--step=failed"};
  const Seen seen = step({"r\n", "\n"});
  EXPECT_EQ(seen.code, 1) << seen.raw;
  EXPECT_THAT(seen.screen.text(), AllOf(HasSubstr("submit “Sign in”"), HasSubstr("expected"), HasSubstr("got")));
  EXPECT_EQ(count(seen.raw, "step> "), 2);
}

TEST_F(Step, KeepsAFailureThatIsSkipped) {
  murphy_.environment["ADA_PASSWORD"] = "not it";
  murphy_.arguments = {"run", "--step=failed"};
  const Seen seen = step({"s\n", "s\n"});
  EXPECT_EQ(seen.code, 1) << seen.raw;
  EXPECT_THAT(requests(), HasSubstr("GET /plain/home")) << "the next step was tried";
}

TEST_F(Step, AsksAgainAfterALineThatIsTooLong) {
  const Seen seen = step({std::string(4095, 'x') + "\n", "\n", "\n", "\n"});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  EXPECT_THAT(seen.screen.text(), HasSubstr("a line may have 4094 bytes, and this one has more; nothing is done"));
}

TEST_F(Step, QuitsWithTheCleanup) {
  for (const char* key : {"q\n", "\x03", "\x04"}) {
    const Seen seen = step({"\n", key});
    EXPECT_EQ(seen.code, 130) << seen.raw;
    EXPECT_THAT(requests(), AllOf(Not(HasSubstr("POST")), HasSubstr("GET /plain/about")));
  }
}

TEST_F(Step, NeverCountsForTheHistory) {
  murphy_.arguments = {"run", "--step", "--journal", "run.jsonl"};
  const Seen seen = step({"b\n"});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  Invocation history = murphy_;
  history.arguments = {"history", "--export", "json"};
  EXPECT_EQ(run(history).out, "") << "no result is in it";
  history.arguments = {"history", "--add", "run.jsonl"};
  const Finished refused = run(history);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("run.jsonl: a person went through this run step by step"));
}

TEST_F(Step, IsRefusedWithoutATerminal) {
  const Finished refused = run(murphy_);
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err, "--step asks a person, and there is no terminal\n"
                         "  run it in a terminal, or leave out --step\n");
  EXPECT_EQ(requests(), "");
}

TEST_F(Step, ShowsNoSecret) {
  murphy_.arguments = {"run", "--step", "--journal", "run.jsonl"};
  for (const reports::ReportKind& kind : reports::report_kinds())
    murphy_.arguments.push_back(fmt::format("--report={}=run.{}", kind.name, kind.name));
  const Seen seen = step({"\n", "f\n", "e text = \"${ada.password}\"\n", "\n", "c\n", "p\n", "l\n",
                          "e title = \"${ada.password}\"\n", "\n"});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  Outputs outputs{{"the terminal", seen.raw}, {"the journal", read_file(folder_ / "run.jsonl")}};
  for (const reports::ReportKind& kind : reports::report_kinds())
    outputs.emplace_back(kind.name, read_file(folder_ / ("run." + std::string(kind.name))));
  expect_nowhere(outputs, spellings_of("the password", stepped_password));
  const std::set<std::string> marked{"the journal", "junit", "markdown", "html", "json", "tap"};
  for (const auto& [name, text] : outputs) EXPECT_TRUE(!marked.contains(name) || text.contains("stepped")) << name;
}

} // namespace
} // namespace murphy::end_to_end
