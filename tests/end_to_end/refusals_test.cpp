// What is wrong with a command line, a project or its scenarios is reported before anything is sent, all of it at once.
#include "base/text.h"
#include "command.h"
#include "evidence.h"
#include "listener.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

constexpr const char* app = R"([app]
sign_in   = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}", Password = "${user.password}" } }
dashboard = { page = "/dashboard", shows = "[data-user]" }
)";

constexpr const char* fine_feature = R"(feature = "Fine"

[[scenario]]
name  = "Someone signs in"
steps = [{ sign_in = "ada" }, { expect = { dashboard = "open" } }]
)";

// A project whose target notices when it is contacted.
class Refusal : public testing::Test {
protected:
  void project(const std::string& more = {}) const {
    folder_.write("murphy.toml",
                  fmt::format("{}\n[target.local]\nurl = \"http://127.0.0.1:{}\"\n\n"
                              "[user.ada]\nemail    = \"ada@example.com\"\npassword = {{ env = \"ADA_PASSWORD\" }}\n{}",
                              app, target_.port(), more));
  }
  Finished murphy(std::vector<std::string> arguments, bool with_password = true) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = std::move(arguments);
    if (with_password) invocation.environment = {{"ADA_PASSWORD", "correct horse 9"}};
    return run(invocation);
  }
  // Refused with this code, saying exactly this, having sent nothing and written nothing.
  void refuses(std::vector<std::string> arguments, int code, const std::string& reported,
               bool with_password = true) const {
    const Finished finished = murphy(std::move(arguments), with_password);
    EXPECT_EQ(finished.code, code);
    EXPECT_EQ(finished.err, reported);
    EXPECT_EQ(finished.out, "");
    EXPECT_FALSE(target_.was_contacted());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "run.jsonl"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "run.xml"));
  }
  TemporaryFolder folder_;
  Listener target_;
};

TEST_F(Refusal, ShowsEveryErrorOfEveryFileInOneGo) {
  project("\n[user.grace]\nemail = \"grace@example.com\"\n");
  folder_.write("scenarios/a.toml", R"(feature = "A"

[[scenario]]
name  = "one"
steps = [
  { opne = "/login" },
  { submit = "Sign in", with = { Email = "${grase.email}" } },
  { expect = { dashboard = "opened" } },
]
)");
  folder_.write("scenarios/fine.toml", fine_feature);
  folder_.write("scenarios/deeper/b.toml", "feature = \"B\"\n[[scenario]]\nname = \"broken\nsteps = []\n");
  folder_.write("scenarios/c.toml", "feature = \"C\"\n[[scenario]]\nname = \"two\"\n"
                                    "steps = [{ open = \"/\", expect = { status = \"20\", elemnt = \"a\" } }]\n");
  const std::string reported = R"(scenarios/a.toml:6:5: "opne" is not a key of a step
      { opne = "/login" },
        ^~~~
  did you mean "open"?

scenarios/a.toml:7:43: there is no user "grase"
      { submit = "Sign in", with = { Email = "${grase.email}" } },
                                              ^~~~~~~~~~~~~~
  did you mean "grace"?

scenarios/a.toml:8:28: "dashboard" must be "open" or "closed"
      { expect = { dashboard = "opened" } },
                               ^~~~~~~~

scenarios/c.toml:4:44: "20" is not a status
    steps = [{ open = "/", expect = { status = "20", elemnt = "a" } }]
                                               ^~~~
  write the number without quotes: 20

scenarios/c.toml:4:50: "elemnt" is not a key of expect
    steps = [{ open = "/", expect = { status = "20", elemnt = "a" } }]
                                                     ^~~~~~
  did you mean "element"?

scenarios/deeper/b.toml:3:8: this text is not closed
    name = "broken
           ^~~~~~~
  end it with " on the same line, or use these quotes for longer text: """
)";
  refuses({"check"}, 2, reported + "\n6 errors in 5 files read\n");
  refuses({"run", "--journal", "run.jsonl", "--junit", "run.xml"}, 2, reported);
}

TEST_F(Refusal, CheckSaysThatAllIsWellAndSendsNothing) {
  project();
  folder_.write("scenarios/fine.toml", fine_feature);
  const Finished finished = murphy({"check"}, false);
  EXPECT_EQ(finished.code, 0);
  EXPECT_EQ(finished.out, "murphy.toml and 1 scenario in 1 feature file: no errors\n");
  EXPECT_EQ(finished.err, "");
  EXPECT_FALSE(target_.was_contacted());
}

TEST_F(Refusal, WithoutAProjectSaysWhatOneIs) {
  refuses(
      {"run"}, 2,
      "no murphy.toml here or in any folder above\n"
      "  change to your project's folder, or name the project file with --project. For a first one, run murphy init "
      "with the address of your app's sign-in page\n");
  refuses({"run", "--project", "elsewhere.toml"}, 2, "elsewhere.toml: there is no such file\n");
}

TEST_F(Refusal, OfATargetThatIsNotInTheProjectNamesThoseThatAre) {
  project("\n[target.staging]\nurl = \"http://staging.test\"\n");
  folder_.write("scenarios/fine.toml", fine_feature);
  refuses({"run", "--target", "stagging"}, 2,
          "there is no target “stagging” in murphy.toml\n  its targets: local, staging\n");
}

TEST_F(Refusal, OfAVariableThatIsNotSetPointsToItsUse) {
  project();
  folder_.write("scenarios/fine.toml", fine_feature);
  refuses({"run"}, 2,
          "murphy.toml:10:20: the environment variable ADA_PASSWORD is not set\n"
          "    password = { env = \"ADA_PASSWORD\" }\n"
          "                       ^~~~~~~~~~~~~~\n"
          "  set it before the run: export ADA_PASSWORD=…\n",
          false);
}

TEST_F(Refusal, OfNothingToRunHasACodeOfItsOwn) {
  project();
  std::filesystem::create_directory(folder_ / "scenarios");
  refuses({"run"}, 5,
          "there are no scenarios to run\n"
          "  write one in scenarios/ next to the project file, or name a feature file or a folder of feature files\n");
}

TEST_F(Refusal, OfPathsThatAreNotThere) {
  project();
  refuses(
      {"run", "scenarios/sign-in.toml"}, 2,
      "scenarios/sign-in.toml: there is no such file or folder\n  name a feature file or a folder of feature files\n");
}

TEST_F(Refusal, OfACommandLineSuggestsWhatWasMeant) {
  refuses({}, 2,
          "no command given\n  use one of demo, init, import, record, run, gate, snapshot, repro, check, forms, "
          "report, merge, "
          "history, watch, "
          "explain, schema, man, completion; murphy "
          "--help describes "
          "them\n");
  refuses({"import"}, 2,
          "murphy import needs to know what\n  use one of murphy import har, recording; murphy import --help describes "
          "them\n");
  refuses({"import", "har", "x.har", "--nmae", "x"}, 2,
          "murphy import har has no option --nmae\n  did you mean \"--name\"?\n");
  refuses({"chekc"}, 2, "\"chekc\" is not a command of murphy\n  did you mean \"check\"?\n");
  refuses({"sign-in.toml"}, 2,
          "\"sign-in.toml\" is not a command of murphy\n"
          "  use one of demo, init, import, record, run, gate, snapshot, repro, check, forms, report, merge, history, "
          "watch, "
          "explain, schema, man, "
          "completion; murphy --help describes "
          "them\n");
  for (const std::string command :
       {"run", "snapshot", "check", "forms", "report", "explain", "gate", "merge", "history", "help"}) {
    std::string swapped = command;
    std::swap(swapped[1], swapped[2]);
    const std::string refusal = "\"" + swapped + "\" is not a command of murphy\n  did you mean \"" + command + "\"?\n";
    refuses({swapped}, 2, refusal);
    refuses({swapped, "--help"}, 2, refusal);
    refuses({"help", swapped}, 2, refusal);
  }
  refuses({"run", "--lst"}, 2, "murphy run has no option --lst\n  did you mean \"--list\"?\n");
  refuses({"forms", "/", "--usr", "ada"}, 2, "murphy forms has no option --usr\n  did you mean \"--user\"?\n");
  refuses({"--verison"}, 2, "murphy has no option --verison\n  did you mean \"--version\"?\n");
  refuses({"run", "--juint", "x.xml"}, 2, "murphy run has no option --juint\n  did you mean \"--junit\"?\n");
  refuses({"check", "--parallel=4"}, 2,
          "murphy check has no option --parallel\n  murphy check --help lists the options\n");
  refuses({"report"}, 2, "murphy report: journals is required\n  murphy report --help lists the options\n");
  refuses({"run", "--var", "name"}, 2, "--var needs a name and a value\n  write --var name=value\n");
}

TEST_F(Refusal, OfACommandLineRepeatsNoSecret) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"run", "--secret", "hunter2hunter2"},
                                                    {"run", "--secret=hunter2hunter2"},
                                                    {"run", "--secrets=pin=hunter2hunter2"},
                                                    {"run", "--secret", "pin=hunter2hunter2", "--juint"},
                                                    {"report", "run.jsonl", "--secret", "pin=hunter2hunter2"}}) {
    const Finished finished = murphy(arguments);
    EXPECT_EQ(finished.code, 2);
    EXPECT_NE(finished.err, "");
    EXPECT_EQ((finished.out + finished.err).find("hunter2"), std::string::npos) << finished.err;
  }
}

TEST(Help, Fits80ColumnsAndSaysHowToBegin) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--help"},
                                                    {"run", "--help"},
                                                    {"check", "--help"},
                                                    {"forms", "--help"},
                                                    {"report", "--help"}}) {
    Invocation invocation;
    invocation.arguments = arguments;
    const Finished finished = run(invocation);
    SCOPED_TRACE(finished.out);
    EXPECT_EQ(finished.code, 0);
    EXPECT_EQ(finished.err, "");
    for (const std::string_view line : split(finished.out, '\n')) EXPECT_LE(display_width(line), 80U) << line;
    EXPECT_THAT(finished.out, testing::AnyOf(HasSubstr("Example: murphy "), HasSubstr("Try: murphy ")));
  }
}

} // namespace
} // namespace murphy::end_to_end
