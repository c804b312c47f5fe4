// `murphy repro`: a case of an earlier run once more, from its journal.
#include "command.h"
#include "evidence.h"
#include "leaks.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const std::string repro_password = "p&\"‹é canary9";

// Scenarios on an app of servers/signing_in.py, whose password is that of ada or not.
class Repro : public testing::Test {
protected:
  Repro() {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/signing_in.py", "0", (folder_ / "requests").string()};
    python.environment = {{"SIGNING_IN_PASSWORD", repro_password}};
    server_.emplace(python);
    folder_.write("murphy.toml", fmt::format(R"([app]
dashboard = {{ page = "/plain/home", shows = "form[action=\"/plain/logout\"]" }}
[target.local]
url = "http://127.0.0.1:{}"
[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}
)",
                                             server_->first_line().value_or("0")));
    folder_.write("scenarios/own.toml", R"(feature = "Own"
[[scenario]]
name  = "Ada signs in"
steps = [
  { open = "/plain/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
]
[[scenario]]
name  = "Ada comes back"
steps = [
  { open = "/plain/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" } },
  { open = "/plain/home", expect = { dashboard = "open" } },
]
[[scenario]]
name  = "A visitor looks"
steps = [{ open = "/plain/login" }]
)");
  }

  Finished murphy(const std::vector<std::string>& arguments, const std::string& password) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = arguments;
    if (!password.empty()) invocation.environment["ADA_PASSWORD"] = password;
    return run(invocation);
  }
  // A run whose journal is kept.
  void run_all(const std::string& password) const { murphy({"run", "--journal", "run.jsonl"}, password); }

  TemporaryFolder folder_;
  std::optional<Running> server_;
};

TEST_F(Repro, SaysThatItFailsOfTheSameCause) {
  run_all("not it");
  const Finished again = murphy({"repro", "run.jsonl", "comes back"}, "not it");
  EXPECT_EQ(again.code, 1);
  EXPECT_EQ(again.err, "");
  EXPECT_THAT(again.out, AllOf(HasSubstr("1 scenario: 1 failed"), HasSubstr("\nThe same cause: step ")));
}

TEST_F(Repro, SaysThatItPassesNow) {
  run_all("not it");
  const Finished again = murphy({"repro", "run.jsonl", "1", "--journal", "again.jsonl"}, repro_password);
  EXPECT_EQ(again.code, 0) << again.out;
  EXPECT_THAT(again.out, HasSubstr("\nIt passes now. Then: step 2: "));
  EXPECT_EQ(run_of(folder_ / "again.jsonl").started.plan.size(), 1U);
}

TEST_F(Repro, CountsHowOftenItFails) {
  run_all("not it");
  const Finished failed = murphy({"repro", "run.jsonl", "Ada signs in", "--times", "3"}, "not it");
  EXPECT_EQ(failed.code, 1);
  EXPECT_EQ(failed.out, "Failed 3 of 3, always at step 2, of the same cause as then\n");
  const Finished passed = murphy({"repro", "run.jsonl", "Ada signs in", "--times", "3"}, repro_password);
  EXPECT_EQ(passed.code, 0);
  EXPECT_EQ(passed.out, "Passed 3 of 3\n");
}

TEST_F(Repro, RunsWhatUsedTheAccountBefore) {
  run_all(repro_password);
  const Finished again = murphy({"repro", "run.jsonl", "comes back", "--with-before"}, repro_password);
  EXPECT_EQ(again.code, 0) << again.out;
  EXPECT_THAT(again.out, AllOf(HasSubstr("2 scenarios: 2 passed"), EndsWith("It passes, as it did then\n")));
}

TEST_F(Repro, SaysThatTheFileHasChanged) {
  run_all("not it");
  const std::string text = read_file(folder_ / "scenarios/own.toml");
  folder_.write("scenarios/own.toml", replaced(text, "/plain/home\"", "/plain/other\""));
  EXPECT_EQ(murphy({"repro", "run.jsonl", "comes back"}, "not it").err,
            "scenarios/own.toml has changed since; what it says now is run.\n");
  folder_.write("scenarios/own.toml", replaced(text, "Ada comes back", "Ada returns"));
  const Finished gone = murphy({"repro", "run.jsonl", "comes back"}, "not it");
  EXPECT_EQ(gone.code, 2);
  EXPECT_THAT(gone.err, HasSubstr("scenarios/own.toml has no scenario \"Ada comes back\" any more\n"));
}

TEST_F(Repro, RefusesWhatItCannotRun) {
  run_all("not it");
  const Finished several = murphy({"repro", "run.jsonl", "ada"}, "not it");
  EXPECT_EQ(several.code, 2);
  EXPECT_EQ(several.err, "several cases of the journal have \"ada\" in their name\n"
                         "  name one by its number:\n  1  Ada signs in\n  2  Ada comes back\n");
  const Finished locked = murphy({"repro", "run.jsonl", "1"}, "");
  EXPECT_EQ(locked.code, 2);
  EXPECT_THAT(locked.err, HasSubstr("export ADA_PASSWORD="));
  const std::string before = read_file(folder_ / "run.jsonl");
  for (const char* same : {"run.jsonl", "./run.jsonl", "scenarios/own.toml"}) {
    const Finished replacing = murphy({"repro", "run.jsonl", "1", "--journal", same}, "not it");
    EXPECT_EQ(replacing.code, 2) << replacing.out;
    EXPECT_EQ(read_file(folder_ / "run.jsonl"), before);
  }
  EXPECT_EQ(murphy({"repro", "none.jsonl", "1"}, "x").code, 2);
  EXPECT_EQ(murphy({"repro", "run.jsonl", "1", "--times", "2", "--journal", "x.jsonl"}, "x").code, 2);
}

// The address that the last step of a case asked for.
std::string last_address(const record::Run& run) {
  return run.features.at(0).cases.back().steps.back().evidence.exchanges.front().url;
}

TEST_F(Repro, GivesTheSameVariables) {
  folder_.write("scenarios/own.toml", "feature = \"Own\"\n[[scenario]]\nname = \"A visitor\"\n"
                                      "steps = [{ open = \"/${where}?u=${unique}\", expect = { status = 200 } }]\n");
  murphy({"run", "--var", "where=plain/login", "--journal", "run.jsonl"}, "x");
  const Finished again = murphy({"repro", "run.jsonl", "1", "--journal", "new.jsonl"}, "x");
  EXPECT_EQ(again.code, 0) << again.out << again.err;
  EXPECT_EQ(murphy({"repro", "run.jsonl", "1", "--same-unique", "--journal", "same.jsonl"}, "x").code, 0);
  const std::string then = last_address(run_of(folder_ / "run.jsonl"));
  EXPECT_THAT(then, HasSubstr("/plain/login?u="));
  EXPECT_NE(last_address(run_of(folder_ / "new.jsonl")), then);
  EXPECT_EQ(last_address(run_of(folder_ / "same.jsonl")), then);
  EXPECT_EQ(murphy({"repro", "run.jsonl", "1", "--var", "where=plain/none"}, "x").code, 1)
      << "another value goes before it";
}

TEST_F(Repro, AsksForTheSecretsThatNoJournalKeeps) {
  folder_.write("scenarios/own.toml", "feature = \"Own\"\n[[scenario]]\nname = \"A visitor\"\n"
                                      "steps = [{ open = \"/plain/login?a=${pin}&b=${note}&c=${api_token}\" }]\n");
  const std::string pin = "p&\"‹é pin4711", token = "t&\"‹é token4712";
  murphy({"run", "--secret", "pin=" + pin, "--var", "note=with " + pin, "--var", "api_token=" + token, "--journal",
          "run.jsonl"},
         "x");
  const auto conditions = *run_of(folder_ / "run.jsonl").started.conditions;
  EXPECT_THAT(conditions.secrets, testing::ElementsAre("api_token", "pin"));
  EXPECT_EQ(conditions.variables,
            (std::vector<record::GivenVariable>{{.name = "note", .value = "", .is_hidden = true}}));
  const Finished missing = murphy({"repro", "run.jsonl", "1"}, "x");
  EXPECT_EQ(missing.code, 2);
  EXPECT_EQ(missing.err, "the run was given secrets that the journal does not keep: api_token, pin, note\n"
                         "  give each with --secret NAME=VALUE, or set MURPHY_VAR_NAME\n");
  const Finished one = murphy({"repro", "run.jsonl", "1", "--secret", "pin=" + pin, "--var=api_token=" + token}, "x");
  EXPECT_EQ(one.err, "the run was given a secret that the journal does not keep: note\n"
                     "  give it with --secret note=VALUE, or set MURPHY_VAR_note\n");
  Invocation given;
  given.directory = folder_.path();
  given.environment = {{"MURPHY_VAR_pin", pin}, {"MURPHY_VAR_note", "with " + pin}, {"MURPHY_VAR_api_token", token}};
  given.arguments = {"repro", "run.jsonl", "1", "--journal", "again.jsonl"};
  const Finished again = run(given);
  EXPECT_EQ(again.code, 0) << again.err;
  const Outputs outputs{{"standard output", again.out},
                        {"standard error", again.err},
                        {"the journal then", read_file(folder_ / "run.jsonl")},
                        {"the journal now", read_file(folder_ / "again.jsonl")}};
  expect_nowhere(outputs, spellings_of("the pin", pin));
  expect_nowhere(outputs, spellings_of("the token", token));
}

TEST_F(Repro, TakesTheSameAccountOfAPool) {
  const std::string project = read_file(folder_ / "murphy.toml");
  folder_.write("murphy.toml", project + "[user.pooled]\npool = 2\nemail = \"pooled${n}@example.com\"\n");
  for (const char* name : {"one", "two"})
    folder_.write(fmt::format("scenarios/{}.toml", name),
                  fmt::format("feature = \"{0}\"\n[[scenario]]\nname = \"{0}\"\n"
                              "steps = [{{ open = \"/plain/login?who=${{pooled.email}}\" }}]\n",
                              name));
  murphy({"run", "--jobs", "1", "--journal", "run.jsonl"}, "x");
  const std::string lines = read_file(folder_ / "run.jsonl");
  EXPECT_THAT(lines, HasSubstr(R"("members":[{"user":"pooled","number":1}])"));
  EXPECT_THAT(lines, Not(HasSubstr(R"("members":[{"user":"ada")"))) << "without a pool, there is nothing to say";
  folder_.write("run.jsonl", replaced(lines, R"("user":"pooled","number":1)", R"("user":"pooled","number":2)"));
  EXPECT_EQ(murphy({"repro", "run.jsonl", "two", "--journal", "again.jsonl"}, "x").code, 0);
  EXPECT_THAT(read_file(folder_ / "again.jsonl"), HasSubstr("who=pooled2@example.com"));
}

TEST_F(Repro, KnowsFilesByTheirDigests) {
  run_all("not it");
  const auto files = run_of(folder_ / "run.jsonl").started.conditions->files;
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].sha256.size(), 64U);
  folder_.write("scenarios/own.toml", read_file(folder_ / "scenarios/own.toml") + "# a comment\n");
  EXPECT_EQ(murphy({"repro", "run.jsonl", "comes back"}, "not it").err,
            "scenarios/own.toml has changed since; what it says now is run.\n");
  folder_.write("murphy.toml",
                replaced(read_file(folder_ / "murphy.toml"), "{ env = \"ADA_PASSWORD\" }", "'written down'"));
  run_all("not it");
  EXPECT_EQ(run_of(folder_ / "run.jsonl").started.conditions->files[0].sha256, "") << "it would help to guess";
}

TEST_F(Repro, ReadsJournalsOfOlderVersions) {
  run_all("not it");
  const std::string lines = read_file(folder_ / "run.jsonl");
  const std::size_t begin = lines.find(",\"conditions\":{"), end = lines.find("}\n", begin);
  folder_.write("old.jsonl", lines.substr(0, begin) + lines.substr(end));
  const Finished again = murphy({"repro", "old.jsonl", "comes back"}, "not it");
  EXPECT_EQ(again.err, "");
  EXPECT_THAT(again.out, HasSubstr("\nThe same cause: step "));
  const Finished same = murphy({"repro", "old.jsonl", "comes back", "--same-unique"}, "not it");
  EXPECT_EQ(same.code, 2);
  EXPECT_THAT(same.err, HasSubstr("the journal does not say what ${unique} was\n"));
}

TEST_F(Repro, ShowsNoSecret) {
  run_all(repro_password);
  const auto needles = spellings_of("the password", repro_password);
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{}, {"--times", "2"}, {"--with-before"}}) {
    std::vector<std::string> arguments{"repro", "run.jsonl", "comes back"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    for (const std::string& password : {repro_password, repro_password + "!"}) {
      const Finished again = murphy(arguments, password);
      expect_nowhere({{"standard output", again.out}, {"standard error", again.err}}, needles);
    }
  }
}

} // namespace
} // namespace murphy::end_to_end
