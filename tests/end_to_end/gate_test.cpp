// `murphy gate` in a real repository, with an app that a file breaks.
#include "command.h"
#include "evidence.h"
#include "project.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* project_text = R"([app]
sign_in   = {{ page = "/login", submit = "Sign in", fields = {{ Email = "${{user.email}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/switched.py ${{port}}"
ready = "/ready"

[user.ada]
email = "ada@example.com"

[gate]
{}
)";

constexpr const char* rules = R"(features = ["Sign in"]
rules    = [
  { paths = ["app/sign_up*"], features = ["Sign up"] },
  { paths = ["app/profile*"], features = ["Profile"] },
]
ignore   = ["docs/**"]
)";

constexpr const char* sign_in = R"(feature = "Sign in"
[[scenario]]
name  = "A visitor sees no dashboard"
steps = [{ open = "/dashboard", expect.dashboard = "closed" }]
)";

// The end of the output: what the gate says.
std::string verdict_of(const Finished& finished) {
  const std::size_t at = finished.out.rfind("\n\n");
  return at == std::string::npos ? finished.out : finished.out.substr(at + 2);
}

class GateOfARepository : public testing::Test {
protected:
  GateOfARepository() {
    write_project(rules);
    folder_.write("scenarios/sign-in.toml", sign_in);
    for (const char* name : {"sign-up", "profile"})
      folder_.write(fmt::format("scenarios/{}.toml", name),
                    fmt::format("feature = \"{}\"\n[[scenario]]\nname = \"The page is there\"\nsteps = [{{ open = "
                                "\"/{}\", expect.text = \"Welcome\" }}]\n",
                                std::string(name) == "profile" ? "Profile" : "Sign up", name));
    folder_.write("app/sign_up.rb", "1\n");
    folder_.write(".gitignore", "*.jsonl\n*.md\n");
    shell("git init -q -b main && git add -A && git commit -qm one");
    EXPECT_EQ(murphy({"run", "--journal", "main.jsonl"}).code, 0);
    shell("git checkout -q -b change");
  }

  void write_project(const std::string& gate) {
    folder_.write("murphy.toml", fmt::format(fmt::runtime(project_text), servers, gate));
  }
  void shell(const std::string& line) const {
    Invocation invocation;
    invocation.binary = "/bin/sh";
    invocation.arguments = {"-ec", line};
    invocation.directory = folder_.path();
    invocation.environment = {{"GIT_AUTHOR_NAME", "Ada"},
                              {"GIT_AUTHOR_EMAIL", "ada@example.com"},
                              {"GIT_COMMITTER_NAME", "Ada"},
                              {"GIT_COMMITTER_EMAIL", "ada@example.com"},
                              {"PATH", "/usr/local/bin:/usr/bin:/bin"},
                              {"HOME", folder_.path().string()}};
    const Finished finished = run(invocation);
    ASSERT_EQ(finished.code, 0) << line << "\n" << finished.err;
  }
  void commit(const std::string& file, const std::string& text = "2\n") const {
    folder_.write(file, text);
    shell("git add -A && git commit -qm change");
  }
  Finished murphy(std::vector<std::string> arguments) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.environment = environment_;
    invocation.arguments = std::move(arguments);
    return run(invocation);
  }
  Finished gate(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"gate", "--base", "main"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return murphy(arguments);
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> environment_;
};

TEST_F(GateOfARepository, RunsWhatTheChangeConcernsAndSaysWhatIsNew) {
  commit("app/sign_up.rb");
  folder_.write("docs/a.txt", "ignored");
  const Finished green = gate({"--baseline", "main.jsonl"});
  EXPECT_EQ(green.code, 0) << green.out << green.err;
  EXPECT_THAT(verdict_of(green), StartsWith("✓ Ready to merge: 2 scenarios passed\n"
                                            "  ran 2 of 3 scenarios: app/sign_up.rb → Sign up\n"
                                            "  compared with main at "));
  commit("broken.txt", "/sign-up\n");
  write_project(std::string(rules) + "# changed\n");
  const Finished red = gate({"--baseline", "main.jsonl", "--report", "markdown=gate.md", "--journal", "red.jsonl"});
  EXPECT_EQ(red.code, 1) << red.out << red.err;
  EXPECT_THAT(verdict_of(red), StartsWith("✗ Not ready to merge: 1 failure is new, from 1 cause\n"));
  EXPECT_THAT(verdict_of(red), HasSubstr("sign_up_hash"));
  EXPECT_THAT(verdict_of(red), HasSubstr("\n  ran all 3 scenarios: murphy.toml changed\n"));
  const std::string markdown = read_file(folder_ / "gate.md");
  EXPECT_THAT(markdown, StartsWith("<!-- murphy:gate -->\n## ✗ Not ready to merge: 1 failure is new, from 1 cause\n"));
  EXPECT_THAT(markdown, HasSubstr("<details><summary>1 new</summary>\n\n- ` Sign up: The page is there `\n"));
  EXPECT_EQ(count(markdown, "\n## "), 1);

  const Finished again = gate({"--result", "red.jsonl", "--baseline", "main.jsonl"});
  EXPECT_EQ(again.code, 1) << again.err;
  EXPECT_EQ(again.out, "\n" + verdict_of(red));
}

TEST_F(GateOfARepository, DistinguishesWhatWasRedBefore) {
  shell("git checkout -q main");
  commit("broken.txt", "/profile\n");
  EXPECT_EQ(murphy({"run", "--journal", "main.jsonl"}).code, 1);
  shell("git checkout -q -B change");
  commit("app/profile.rb");
  const Finished let_by = gate({"--baseline", "main.jsonl"});
  EXPECT_EQ(let_by.code, 0) << let_by.out;
  EXPECT_THAT(verdict_of(let_by), StartsWith("✓ Ready to merge: 1 scenario passed, 1 still failing\n"));
  EXPECT_EQ(gate().code, 1) << "without a baseline, every failure is new";
  // A run of the change itself excuses nothing.
  EXPECT_EQ(murphy({"run", "--journal", "own.jsonl"}).code, 1);
  const Finished own = gate({"--baseline", "own.jsonl"});
  EXPECT_EQ(own.code, 1);
  EXPECT_THAT(verdict_of(own), HasSubstr("the baseline does not count, as its commit is not in the history of main"));
}

TEST_F(GateOfARepository, ComparesWithTheHistoryOfTheBase) {
  const std::string history = std::string(rules) + "\n[history]\nstore = \"sqlite:.murphy/history.db\"\n";
  shell("git checkout -q main");
  write_project(history);
  commit("broken.txt", "/profile\n");
  shell("git checkout -q -B change");
  EXPECT_THAT(verdict_of(gate({"--explain"})), Not(HasSubstr("history"))) << "it judges nothing";
  commit("app/profile.rb");
  const Finished first = gate();
  EXPECT_EQ(first.code, 1) << first.out << first.err;
  EXPECT_THAT(verdict_of(first), HasSubstr("\n  the history has no run of main: every failure counts as new\n"));
  // Its own run is of the change, and excuses nothing.
  EXPECT_THAT(verdict_of(gate()), HasSubstr("\n  the history has no run of main: every failure counts as new\n"));

  shell("git checkout -q main");
  EXPECT_EQ(murphy({"run"}).code, 1);
  shell("git checkout -q change");
  const Finished known = gate({"--journal", "result.jsonl"});
  EXPECT_EQ(known.code, 0) << known.out << known.err;
  EXPECT_THAT(verdict_of(known), StartsWith("✓ Ready to merge: 1 scenario passed, 1 still failing\n"));
  EXPECT_THAT(verdict_of(known), HasSubstr("\n  compared with main at "));
  EXPECT_THAT(verdict_of(known), HasSubstr(": 1 still failing\n"));
  EXPECT_EQ(gate({"--result", "result.jsonl"}).out, "\n" + verdict_of(known));
  EXPECT_EQ(gate({"--baseline", "main.jsonl"}).code, 1) << "what is named counts for more than the history";

  commit("broken.txt", "/profile\n/sign-up\n");
  commit("app/sign_up.rb");
  const Finished more = gate();
  EXPECT_EQ(more.code, 1) << more.out << more.err;
  EXPECT_THAT(verdict_of(more), StartsWith("✗ Not ready to merge: 1 of 2 failures is new, from 1 cause\n"));
}

TEST_F(GateOfARepository, ReportsWhatIsNewAndWhatDiffersSinceTheLastGreenRun) {
  shell("git checkout -q main");
  write_project(std::string(rules) + "\n[history]\nstore = \"sqlite:.murphy/history.db\"\n");
  commit("docs/a.txt");
  EXPECT_EQ(murphy({"run"}).code, 0);
  EXPECT_EQ(murphy({"run"}).code, 0);
  commit("broken.txt", "/profile\n");
  const std::vector<std::string> reporting{"run", "--report", "html=red.html", "--report", "markdown=red.md"};
  const Finished fresh = murphy(reporting);
  EXPECT_EQ(fresh.code, 1);
  EXPECT_THAT(fresh.out, HasSubstr("\nThis cause is new\nLast green run: 2"));
  EXPECT_THAT(fresh.out, EndsWith(" on main, 1 commit before\n"));
  const std::string page = read_file(folder_ / "red.html");
  EXPECT_THAT(page, HasSubstr("<li class=\"age\">new</li>"));
  EXPECT_THAT(page, HasSubstr("Since the last green run"));
  EXPECT_THAT(page, HasSubstr(" on main, 1 commit before</p>"));
  EXPECT_THAT(page, HasSubstr("<li>GET /profile answers 500 /profile; it answered 200 /profile</li>"));
  EXPECT_THAT(read_file(folder_ / "red.md"),
              HasSubstr("GET /profile answers 500 /profile; it answered 200 /profile\n"));
  EXPECT_THAT(murphy(reporting).out, HasSubstr("\nThis cause is known since 2"));
  EXPECT_THAT(read_file(folder_ / "red.html"), HasSubstr("<li class=\"age\">known since 2"));
  EXPECT_THAT(read_file(folder_ / "red.md"), HasSubstr("` known since 2"));
  shell("git checkout -q -B change");
  const Finished gated = gate({"--report", "html=gate.html"});
  EXPECT_EQ(gated.code, 0) << gated.out;
  EXPECT_THAT(read_file(folder_ / "gate.html"),
              HasSubstr("<h1>✓ Ready to merge: 2 scenarios passed, 1 still failing</h1>"));
}

TEST_F(GateOfARepository, JudgesWithoutAHistoryThatCannotBeRead) {
  write_project(std::string(rules) + "\n[history]\nstore = \"sqlite:kept/history.db\"\n");
  folder_.write("kept/history.db", std::string(5000, 'x'));
  folder_.write("kept/.gitignore", "*\n");
  shell("git add -A && git commit -qm history");
  const Finished green = gate();
  EXPECT_EQ(green.code, 0) << green.out << green.err;
  EXPECT_THAT(verdict_of(green), HasSubstr("\n  the history cannot be read"));
  EXPECT_EQ(green.err, "the history sqlite:kept/history.db: file is not a database\n"
                       "  check that `store` of [history] names a database that this account can write to\n")
      << "it is said once";
  commit("broken.txt", "/profile\n");
  EXPECT_EQ(gate().code, 1);
}

TEST_F(GateOfARepository, ARunWithUncommittedChangesIsNoRunOfTheBase) {
  shell("git checkout -q main");
  write_project(std::string(rules) + "\n[history]\nstore = \"sqlite:.murphy/history.db\"\n");
  shell("git add -A && git commit -qm history");
  folder_.write("broken.txt", "/profile\n");
  EXPECT_EQ(murphy({"run"}).code, 1);
  shell("git checkout -q -B change && git add -A && git commit -qm broken");
  const Finished finished = gate();
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  EXPECT_THAT(verdict_of(finished), HasSubstr("1 failure is new"));
}

TEST_F(GateOfARepository, WantsAProofOfEachFeature) {
  write_project("features = [\"Sign up\", \"Sing in\", \"Reset\"]\n");
  const Finished finished = gate();
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(verdict_of(finished), StartsWith("✗ Not ready to merge: 3 features are not proved\n"));
  EXPECT_THAT(verdict_of(finished),
              HasSubstr("no scenario of Sign up checks the dashboard, a field error or field rules: murphy gate "
                        "--example \"Sign up\" writes one (and 2 features more)\n"));
  const Finished example = murphy({"gate", "--example", "Reset"});
  EXPECT_EQ(example.code, 0);
  EXPECT_EQ(example.err, "murphy gate: save this as scenarios/reset.toml\n");
  folder_.write("scenarios/reset.toml", example.out);
  const Finished checked = murphy({"check"});
  EXPECT_EQ(checked.code, 0) << example.out << checked.err;
}

TEST_F(GateOfARepository, ExplainsWhatWouldRun) {
  commit("app/sign_up.rb");
  folder_.write("docs/a.txt", "ignored");
  const Finished finished = gate({"--explain"});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_THAT(finished.out, StartsWith("compared with main at "));
  EXPECT_THAT(finished.out, HasSubstr("\n  app/sign_up.rb: app/sign_up* → Sign up\n"
                                      "  docs/a.txt: docs/** is ignored\n"
                                      "runs 2 of 3 scenarios\n"
                                      "features to prove\n"
                                      "  Sign in: 1 scenario to prove it\n"));
  commit("lib/x.rb");
  EXPECT_THAT(gate({"--explain"}).out, HasSubstr("\nruns 3 of 3 scenarios: no rule of [gate] matches lib/x.rb\n"));
}

TEST_F(GateOfARepository, TakesTheBaseFromTheCiSystem) {
  commit("app/sign_up.rb");
  environment_ = {{"GITHUB_ACTIONS", "true"}, {"GITHUB_BASE_REF", "main"}, {"GITHUB_REF", "refs/pull/7/merge"}};
  EXPECT_THAT(murphy({"gate", "--explain"}).out, HasSubstr("app/sign_up.rb: app/sign_up* → Sign up\n"));
  environment_["GITHUB_BASE_REF"] = "release-9";
  EXPECT_THAT(murphy({"gate", "--explain"}).out, HasSubstr("runs 3 of 3 scenarios: release-9 is not in this clone\n"));
  environment_ = {};
  EXPECT_THAT(murphy({"gate", "--explain"}).out,
              HasSubstr("runs 3 of 3 scenarios: no base is known; name it with --base\n"));
  write_project(std::string(rules) + "base = \"main\"\n");
  EXPECT_THAT(murphy({"gate", "--explain"}).out, HasSubstr("murphy.toml: every feature depends on it"));
}

TEST_F(GateOfARepository, IsReadyWhereAChangeConcernsNothing) {
  write_project("ignore = [\"docs/**\"]\n");
  shell("git checkout -q main && git add -A && git commit -qm gate && git checkout -q -B change");
  commit("docs/a.txt");
  const Finished finished = gate({"--journal", "run.jsonl"});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_THAT(verdict_of(finished), StartsWith("✓ Ready to merge: the change concerns no scenario\n"));
  EXPECT_EQ(run_of(folder_ / "run.jsonl").features.size(), 0U);
}

TEST_F(GateOfARepository, NeverJudgesWithoutTheApp) {
  shell("git checkout -q main");
  const Finished lost = gate({"--var", "x=y", "--resolve", "127.0.0.1:1:127.0.0.1"});
  EXPECT_EQ(lost.code, 0) << lost.err;
  folder_.write("murphy.toml", "[target.gone]\nurl = \"http://127.0.0.1:1\"\nstart_timeout = \"50ms\"\n[app]\n"
                               "sign_in = { page = \"/login\", submit = \"Sign in\", fields = { Email = \"x\" } }\n"
                               "dashboard = { page = \"/dashboard\", shows = \"[data-user]\" }\n");
  const Finished gone = gate();
  EXPECT_EQ(gone.code, 3) << gone.out << gone.err;
  EXPECT_THAT(verdict_of(gone), StartsWith("! Not judged: the app"));
}

struct Refusal {
  std::vector<std::string> arguments;
  std::string said;
};

TEST_F(GateOfARepository, RefusesWhatItCannotCompare) {
  std::string other = read_file(folder_ / "main.jsonl");
  const std::string target = "\"target\":\"local\"";
  other.replace(other.find(target), target.size(), "\"target\":\"staging\"");
  folder_.write("staging.jsonl", other);
  commit("app/sign_up.rb");
  folder_.write("broken.jsonl", "{\"murphy\":2,\n{}\n");
  for (const Refusal& refusal : std::vector<Refusal>{
           {{"--baseline", "staging.jsonl"},
            "staging.jsonl: this is a run against \"staging\", and the gate judges \"local\"\n"
            "  pass a journal of \"local\", or choose the target with --target\n"},
           {{"--result", "staging.jsonl"}, "staging.jsonl: this is a run against \"staging\""},
           {{"--result", "main.jsonl"}, " is checked out\n  pass the journal of a run of this commit\n"},
           {{"--baseline", "none.jsonl"}, "none.jsonl"},
           {{"--baseline", "broken.jsonl"}, "broken.jsonl:1"},
           {{"--baseline", "main.jsonl", "--journal", "main.jsonl"}, "the journal would replace main.jsonl"},
           {{"--target", "lokal"}, "lokal"},
       }) {
    const Finished finished = gate(refusal.arguments);
    EXPECT_EQ(finished.code, 2) << finished.out << finished.err;
    EXPECT_THAT(finished.err, HasSubstr(refusal.said));
    EXPECT_THAT(finished.out, Not(HasSubstr("Ready")));
  }
}

TEST_F(GateOfARepository, RefusesARuleWithAFeatureThatNoFileHas) {
  write_project("rules = [{ paths = [\"app/**\"], features = [\"Sing up\"] }]\n");
  const Finished finished = gate();
  EXPECT_EQ(finished.code, 2);
  EXPECT_EQ(finished.err, "murphy.toml:14:43: a rule of [gate] names the feature \"Sing up\", which no file has\n"
                          "    rules = [{ paths = [\"app/**\"], features = [\"Sing up\"] }]\n"
                          "                                              ^~~~~~~~~~~\n"
                          "  did you mean \"Sign up\"?\n");
}

} // namespace
} // namespace murphy::end_to_end
