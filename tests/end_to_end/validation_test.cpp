// `validate` on real forms: what their servers do is named by field and rule, and what keeps it from judging, too.
#include "evidence.h"
#include "project.h"
#include "tests/places.h"
#include "words/rule_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <toml++/toml.h>

namespace murphy::end_to_end {
namespace {

using record::Standing;
using testing::HasSubstr;
using testing::Not;

// ---- the example app

record::Validation validation_of(const record::CaseResult& result) {
  for (const record::StepResult& step : result.steps)
    if (step.evidence.validation) return *step.evidence.validation;
  ADD_FAILURE() << "no step of “" << result.plan->name.str() << "” has proved anything";
  return {};
}

const record::ValidationCell& cell(const record::Validation& validation, const std::string& field,
                                   const std::string& rule) {
  static const record::ValidationCell none;
  for (const record::ValidationCell& each : validation.cells)
    if (each.field == field && each.rule == rule) return each;
  ADD_FAILURE() << "no cell for " << field << ", " << rule;
  return none;
}

constexpr const char* sign_up = "The sign-up form keeps its rules, on the page and on the server";
constexpr const char* profile = "The profile keeps its rules, on the page and on the server";

TEST(Validation, OnTheHealthyExampleAppEveryRuleIsEnforced) {
  const TemporaryFolder folder;
  const Finished finished =
      run(dashboard_run({"scenarios/validation.toml", "--journal", (folder / "run.jsonl").string(), "--junit",
                         (folder / "run.xml").string()}));
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  std::size_t cells = 0, columns = 0;
  const record::Run run = run_of(folder / "run.jsonl");
  for (const record::CaseResult& each : run.features.front().cases) {
    for (const record::ValidationCell& rule : validation_of(each).cells) {
      // Their own address again is no one else's: the profile takes it.
      const bool is_own = rule.rule == "unique" && each.plan->name != sign_up;
      EXPECT_EQ(rule.server, is_own ? Standing::none : Standing::enforced)
          << rule.field << ", " << rule.rule << ": " << words::reply_text(rule);
      EXPECT_TRUE(rule.page == Standing::enforced || rule.page == Standing::unchecked || rule.rule == "rejects" ||
                  rule.rule == "same_as" || rule.rule == "unique")
          << rule.field << ", " << rule.rule;
      EXPECT_TRUE(rule.column == Standing::enforced || rule.column == Standing::none)
          << rule.field << ", " << rule.rule;
      if (rule.column == Standing::enforced) ++columns;
      EXPECT_TRUE(rule.notes.empty()) << rule.field << ", " << rule.rule;
      ++cells;
    }
  }
  EXPECT_GE(cells, 50U);
  EXPECT_GE(columns, 15U);
  EXPECT_THAT(finished.out, HasSubstr("“Create account”: 18 rules of 5 fields proved, "));
  const std::string junit = read_file(folder / "run.xml");
  EXPECT_THAT(junit, HasSubstr("<testcase name=\"The sign-up form keeps its rules, on the page and on the server › New "
                               "password, min_length\""));
  EXPECT_EQ(count(junit, "<testcase "), static_cast<int>(cells + run.features.front().cases.size()));
}

// Lays one changed file over the example app, as a bad commit would have left it.
Finished run_changed(const TemporaryFolder& folder, const std::string& file, const std::string& old,
                     const std::string& by) {
  const std::string healthy = read_file(in_project("fixtures/dashboard/app/") + file);
  EXPECT_THAT(healthy, HasSubstr(old));
  folder.write("overlay/" + file, replaced(healthy, old, by));
  Invocation invocation = dashboard_run({"scenarios/validation.toml", "--journal", (folder / "run.jsonl").string(),
                                         "--junit", (folder / "run.xml").string()});
  invocation.environment["DASHBOARD_OVERLAY"] = (folder / "overlay").string();
  return run(invocation);
}

TEST(Validation, ACheckThatTheServerDroppedIsMissing) {
  const TemporaryFolder folder;
  const Finished finished = run_changed(folder, "rules/sign_up.toml",
                                        "min      = { is = 12, message = \"Use at least 12 characters.\" }\n", "");
  EXPECT_EQ(finished.code, 1);
  const auto validation = validation_of(case_of(run_of(folder / "run.jsonl"), sign_up));
  const record::ValidationCell& dropped = cell(validation, "New password", "min_length");
  EXPECT_EQ(dropped.server, Standing::missing);
  EXPECT_EQ(dropped.page, Standing::unchecked);
  EXPECT_EQ(dropped.tested.length, 1U);
  for (const record::ValidationCell& other : validation.cells)
    EXPECT_EQ(other.holds, other.rule != "min_length") << other.field << ", " << other.rule;
  EXPECT_THAT(finished.out, HasSubstr("New password, min_length"));
  EXPECT_THAT(finished.out, HasSubstr("expected  the server to refuse it: at least 12 characters"));
  EXPECT_THAT(read_file(folder / "run.xml"),
              HasSubstr("New password, min_length (at least 12 characters): page unchecked, server missing"));
}

TEST(Validation, ABoundThatIsOffByOneIsLooser) {
  const TemporaryFolder folder;
  const Finished finished = run_changed(folder, "rules/sign_up.toml", "max      = { is = 80,", "max      = { is = 81,");
  EXPECT_EQ(finished.code, 1);
  const auto validation = validation_of(case_of(run_of(folder / "run.jsonl"), sign_up));
  const record::ValidationCell& off = cell(validation, "Your name", "max_length");
  EXPECT_EQ(off.server, Standing::looser);
  EXPECT_EQ(off.tested.length, 81U);
  EXPECT_FALSE(off.holds);
  EXPECT_THAT(finished.out, HasSubstr("Your name, max_length"));
}

TEST(Validation, ACheckThatThePageDroppedIsMissingOnThePage) {
  const TemporaryFolder folder;
  const Finished finished = run_changed(folder, "views/sign_up.html", " maxlength=\"254\"", "");
  EXPECT_EQ(finished.code, 1);
  const record::ValidationCell dropped =
      cell(validation_of(case_of(run_of(folder / "run.jsonl"), sign_up)), "Email address", "max_length");
  EXPECT_EQ(dropped.page, Standing::missing);
  EXPECT_EQ(dropped.server, Standing::enforced);
  EXPECT_THAT(finished.out, HasSubstr("expected  the page to declare at most 254 characters"));
  // No submission went wrong: the page is what is shown.
  EXPECT_THAT(finished.out, HasSubstr("requests  GET /signup → 200"));
  EXPECT_THAT(finished.out, HasSubstr("Started GET \"/signup\""));
  EXPECT_THAT(finished.out, Not(HasSubstr("POST \"/signup\"")));
}

TEST(Validation, TheExampleOfTheLanguageRunsOnTheExampleApp) {
  const std::string page = read_file(in_project("docs/language.md"));
  const std::size_t begin = page.find("feature = \"Sign-up form\"");
  ASSERT_NE(begin, std::string::npos);
  const TemporaryFolder folder;
  const std::string file = folder.write("example.toml", page.substr(begin, page.find("```", begin) - begin));
  const Finished finished = run(dashboard_run({file}));
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("2 scenarios: 2 passed"));
}

// ---- small forms

class Forms {
public:
  // `more` are further lines of the target; the database is one for the server to make, in the project's folder.
  explicit Forms(const std::string& more = {}, const std::string& database = {},
                 const std::string& server = "forms.py") {
    folder_.write("murphy.toml", fmt::format(R"([app]
sign_in = {{ page = "/login", submit = "Sign in", fields = {{ Email = "${{user.email}}" }} }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/{} ${{port}} {}"
ready = "/welcome"
{}

[user.ada]
email = "ada@example.com"
)",
                                             servers, server, database, more));
  }

  // One scenario: opens the page and proves its form. What it led to is in `result`.
  Finished prove(const std::string& path, const std::string& more = {}, const std::string& form = "Join") {
    folder_.write("scenarios/forms.toml",
                  fmt::format("feature = \"Forms\"\n\n[[scenario]]\nname = \"a form\"\n\n[[scenario.steps]]\nopen = "
                              "\"{}\"\n\n[[scenario.steps]]\nvalidate = \"{}\"\n{}\n",
                              path, form, more));
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = {"run", "--journal", "run.jsonl"};
    invocation.environment["LC_ALL"] = "C.UTF-8";
    const Finished finished = run(invocation);
    result = case_of(run_of(folder_ / "run.jsonl"), "a form");
    return finished;
  }

  record::CaseResult result;

private:
  TemporaryFolder folder_;
};

// ---- the columns behind the fields

TEST(ValidationOfColumns, OnTheHealthyExampleAppTheyHoldWhatFitsTheForms) {
  const TemporaryFolder folder;
  const Finished finished =
      run(dashboard_run({"scenarios/validation.toml", "--journal", (folder / "run.jsonl").string()}));
  EXPECT_EQ(finished.code, 0) << finished.out;
  const record::Validation proved = validation_of(case_of(run_of(folder / "run.jsonl"), profile));
  EXPECT_EQ(proved.table, "users");
  EXPECT_EQ(proved.database_note, "");
  const auto says = [&](const char* field, const char* rule) {
    return words::column_text(cell(proved, field, rule).behind);
  };
  // By name, by label, and where there is none.
  EXPECT_EQ(says("Telephone", "max_length"), "users.phone varchar(20), a length that SQLite does not enforce");
  EXPECT_EQ(says("Telephone", "required"), "users.phone may be null");
  EXPECT_EQ(says("Full name", "required"), "users.full_name not null");
  EXPECT_EQ(says("About you", "max_length"), "users.about text");
  EXPECT_EQ(says("Email address", "unique"), "users.email_address unique");
  EXPECT_EQ(says("New password", "max_length"), "");
}

TEST(ValidationOfColumns, OneThatIsTooShortIsTheThirdSideOfItsRow) {
  const TemporaryFolder folder;
  const Finished finished =
      run(dashboard_run({"scenarios/validation.toml", "--journal", (folder / "run.jsonl").string(), "--junit",
                         (folder / "run.xml").string()},
                        "short-telephone-column"));
  EXPECT_EQ(finished.code, 1);
  const record::ValidationCell broken =
      cell(validation_of(case_of(run_of(folder / "run.jsonl"), profile)), "Telephone", "max_length");
  EXPECT_EQ(broken.page, Standing::unchecked);
  EXPECT_EQ(broken.server, Standing::error);
  EXPECT_EQ(broken.column, Standing::stricter);
  EXPECT_EQ(broken.behind.column, "phone");
  EXPECT_EQ(broken.behind.type, "varchar(16)");
  EXPECT_THAT(finished.out, HasSubstr("page       server    column\n"));
  EXPECT_THAT(finished.out, HasSubstr("max_length  at most 20 characters     unchecked  error     stricter\n"));
  EXPECT_THAT(finished.out,
              HasSubstr("hint      the column users.phone varchar(16) takes less than what fits the form"));
  EXPECT_THAT(
      read_file(folder / "run.xml"),
      HasSubstr("Telephone, max_length (at most 20 characters): page unchecked, server error, column stricter"));
}

// SQLite keeps what is longer; the same commit on PostgreSQL fails.
TEST(ValidationOfColumns, WhatSqliteDoesNotEnforceIsOnlyTold) {
  const TemporaryFolder folder;
  const Finished finished = run(dashboard_run(
      {"scenarios/validation.toml", "--journal", (folder / "run.jsonl").string()}, "short-biography-column"));
  EXPECT_EQ(finished.code, 0) << finished.out;
  const record::ValidationCell reported =
      cell(validation_of(case_of(run_of(folder / "run.jsonl"), profile)), "About you", "max_length");
  EXPECT_EQ(reported.server, Standing::enforced);
  EXPECT_EQ(reported.column, Standing::stricter);
  EXPECT_TRUE(reported.holds);
  EXPECT_THAT(finished.out, HasSubstr("About you, max_length: the column users.about varchar(255) is shorter than what "
                                      "fits the form; SQLite alone takes it all the same"));
}

TEST(ValidationOfColumns, AreNotComparedWhereTheDatabaseCannotBeLookedAt) {
  Forms forms("database = \"sqlite:none.db\"");
  const Finished finished = forms.prove("/good");
  EXPECT_EQ(finished.code, 0) << finished.out;
  EXPECT_THAT(finished.out,
              HasSubstr("no columns compared: the database sqlite:none.db could not be read: unable to open"));
  const record::Validation proved = validation_of(forms.result);
  EXPECT_EQ(proved.table, "");
  EXPECT_THAT(proved.database_note, HasSubstr("sqlite:none.db"));
}

TEST(ValidationOfColumns, AskWhatNobodyStatesAndAServerErrorIsTheFault) {
  Forms forms("database = \"sqlite:members.db\"", "members.db");
  const Finished finished = forms.prove("/unchecked", "fields.Nickname = { max_length = 20, page = false }\n"
                                                      "fields.Motto = {}\nvalid = { Nickname = \"${unique}\", Motto = "
                                                      "\"Never mind\" }");
  EXPECT_EQ(finished.code, 1) << finished.out;
  const record::Validation proved = validation_of(forms.result);
  const record::ValidationCell again = cell(proved, "Nickname", "unique");
  EXPECT_EQ(again.server, Standing::error);
  EXPECT_EQ(again.column, Standing::enforced);
  EXPECT_FALSE(again.holds);
  const record::ValidationCell empty = cell(proved, "Motto", "required");
  EXPECT_EQ(empty.page, Standing::missing);
  EXPECT_EQ(empty.server, Standing::error);
  EXPECT_EQ(empty.column, Standing::stricter);
  EXPECT_EQ(empty.tested.kind, record::TestedValue::Kind::empty);
  EXPECT_THAT(finished.out, HasSubstr("expected  an answer, not a server error: members.nickname unique"));
  EXPECT_THAT(finished.out,
              HasSubstr("hint      nothing refuses what is there already before the column members.nickname does"));
  EXPECT_THAT(finished.out, HasSubstr("hint      the column members.motto is not null, and neither the page nor the "
                                      "scenario asks for a value"));
}

TEST(ValidationOfColumns, AskWhatNobodyStatesAndAnyOtherAnswerIsRight) {
  Forms forms("database = \"sqlite:members.db\"", "members.db");
  const Finished finished = forms.prove("/checked", "fields.Nickname = {}\nfields.Motto = {}\nvalid = { Nickname = "
                                                    "\"${unique}\", Motto = \"Never mind\" }");
  EXPECT_EQ(finished.code, 0) << finished.out;
  const record::Validation proved = validation_of(forms.result);
  EXPECT_EQ(cell(proved, "Nickname", "unique").server, Standing::enforced);
  EXPECT_EQ(cell(proved, "Nickname", "unique").said, "This nickname is taken.");
  // The empty motto was taken: there is nothing to tell.
  for (const record::ValidationCell& each : proved.cells) EXPECT_NE(each.field, "Motto") << each.rule;
}

// ---- forms that misbehave

struct Found {
  const char* path;
  const char* more;
  const char* rule;
  Standing server;
  const char* words; // among what the server said
};

void PrintTo(const Found& found, std::ostream* out) { *out << found.path << ", " << found.rule; }

class Misbehaving : public testing::TestWithParam<Found> {};

TEST_P(Misbehaving, IsNamedByFieldAndRule) {
  const Found& found = GetParam();
  Forms forms;
  const Finished finished = forms.prove(found.path, found.more);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::ValidationCell one = cell(validation_of(forms.result), "Nickname", found.rule);
  EXPECT_EQ(one.server, found.server) << words::tested_text(one.tested) << " " << words::reply_text(one);
  EXPECT_THAT(words::reply_text(one), HasSubstr(found.words));
  EXPECT_FALSE(one.holds);
  EXPECT_THAT(finished.out, HasSubstr(fmt::format("Nickname, {}", found.rule)));
}

INSTANTIATE_TEST_SUITE_P(
    Validation, Misbehaving,
    testing::Values(Found{"/crashes", "", "max_length", Standing::error, "500 /crashes"},
                    Found{"/silent", "", "required", Standing::silent, "refused without a word"},
                    Found{"/misplaced", "", "min_length", Standing::misplaced, "Motto: At least 3 characters."},
                    Found{"/bytes", "fields.Nickname = { max_length = 20 }", "max_length", Standing::stricter,
                          "At most 20 characters."},
                    Found{"/off-by-one", "", "max_length", Standing::looser, "accepted: 200 /welcome"},
                    Found{"/trusting", "", "max_length", Standing::missing, "accepted: 200 /welcome"},
                    Found{"/trusting", "", "required", Standing::missing, "accepted: 200 /welcome"}),
    [](const auto& test) {
      std::string name = std::string(test.param.path + 1) + "_" + test.param.rule;
      std::ranges::replace(name, '-', '_');
      return name;
    });

class WellBehaved : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(WellBehaved, Passes) {
  Forms forms;
  const auto& [path, more] = GetParam();
  const Finished finished = forms.prove(path, more);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  for (const char* rule : {"required", "min_length", "max_length"})
    EXPECT_EQ(cell(validation_of(forms.result), "Nickname", rule).server, Standing::enforced);
}

INSTANTIATE_TEST_SUITE_P(Validation, WellBehaved,
                         testing::Values(std::pair{"/good", ""},
                                         // Its type is none that HTML knows: a text.
                                         std::pair{"/odd", ""},
                                         // One submission is answered 429 and tried again.
                                         std::pair{"/pauses", ""},
                                         // The same, and it wants to be left alone for a second: by seconds, by a
                                         // date, or without saying for how long.
                                         std::pair{"/patient", ""}, std::pair{"/dated", ""},
                                         std::pair{"/says-no-time", ""},
                                         // Its errors belong to no field.
                                         std::pair{"/unplaced", ""},
                                         // A nickname that was accepted is nobody else's any more.
                                         std::pair{"/unique", ""},
                                         // And these look like nothing that is known.
                                         std::pair{"/own-errors", "error = \".hint.bad\""}),
                         [](const auto& test) {
                           std::string name = test.param.first + 1;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

// Each as the framework writes it. Where the error is at another field, that is seen: it was read where it stands.
class ErrorMarkup : public testing::TestWithParam<const char*> {};

TEST_P(ErrorMarkup, IsReadAtItsField) {
  Forms forms;
  const std::string path = std::string("/markup/") + GetParam();
  const Finished finished = forms.prove(path);
  EXPECT_EQ(finished.code, 0) << finished.out;
  for (const char* rule : {"required", "min_length", "max_length"}) {
    const record::ValidationCell proved = cell(validation_of(forms.result), "Nickname", rule);
    EXPECT_EQ(proved.server, Standing::enforced) << proved.said;
    EXPECT_THAT(proved.said, testing::AnyOf(HasSubstr("nickname"), HasSubstr("characters")));
  }
  if (GetParam() == std::string("wordpress")) return; // it names no field
  Forms others;
  EXPECT_EQ(others.prove(path + "/elsewhere").code, 1);
  for (const char* rule : {"required", "min_length", "max_length"}) {
    const record::ValidationCell proved = cell(validation_of(others.result), "Nickname", rule);
    EXPECT_EQ(proved.server, Standing::misplaced) << proved.said;
    EXPECT_THAT(proved.said, HasSubstr("Motto: "));
  }
}

INSTANTIATE_TEST_SUITE_P(Validation, ErrorMarkup,
                         testing::Values("aria-describedby", "aria-errormessage", "aria-invalid", "adjacent", "rails",
                                         "django", "laravel", "symfony", "bootstrap", "wordpress"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Validation, WithoutTheirSelectorErrorsOfTheAppsOwnAreReadAsNewWords) {
  Forms forms;
  const Finished finished = forms.prove("/own-errors");
  EXPECT_EQ(finished.code, 0) << finished.out;
  const record::ValidationCell proved = cell(validation_of(forms.result), "Nickname", "required");
  EXPECT_EQ(proved.server, Standing::enforced);
  EXPECT_EQ(proved.said, "Say a nickname.");
}

struct Ended {
  const char* path;
  const char* more;
  const char* form;
  int code;
  std::vector<const char*> said;
};

void PrintTo(const Ended& ended, std::ostream* out) { *out << ended.path; }

class Kept : public testing::TestWithParam<Ended> {};

TEST_P(Kept, FromJudgingItSaysByWhat) {
  const Ended& ended = GetParam();
  Forms forms;
  const Finished finished = forms.prove(ended.path, ended.more, ended.form);
  EXPECT_EQ(finished.code, ended.code) << finished.out << finished.err;
  for (const char* words : ended.said) EXPECT_THAT(finished.out, HasSubstr(words));
}

INSTANTIATE_TEST_SUITE_P(
    Validation, Kept,
    testing::Values(
        Ended{"/throttles",
              "",
              "Join",
              3,
              {"429 at submission 4, Retry-After: 3600 s", "raise the app's limit", "not judged"}},
        // It says that nobody has to wait, and means it never.
        Ended{"/never", "timeout = \"2s\"", "Join", 3, {"429 at submission 4", "not judged"}},
        Ended{
            "/locks", "", "Join", 3, {"locked: Too many attempts.", "submission 5 of this step", "account of its own"}},
        Ended{"/turns", "", "Join", 3, {"not accepted any more", "We cannot take this right now."}},
        Ended{"/refuses", "", "Join", 1, {"the app accepts the form with valid values", "Nobody joins today."}},
        Ended{"/good", "", "Jion", 1, {"the page has no form", "did you mean \"Join\"?"}},
        Ended{"/twice", "", "Join", 1, {"could be 2 forms or buttons"}},
        Ended{"/good", "fields.Nicknme = { required = true }", "Join", 1, {"Nicknme", "did you mean \"Nickname\""}},
        Ended{"/no-rules", "", "Join", 1, {"rules to prove on the form “Join”", "the page declares none"}},
        Ended{"/members", "", "Join", 1, {"this is the sign-in page: is the form behind it?"}},
        Ended{"/many", "", "Join", 1, {"1402 submissions for 200 fields", "name the fields that matter"}},
        Ended{"/unique",
              "valid = { Nickname = \"always the same\" }",
              "Join",
              3,
              {"not accepted any more", "This nickname is taken.", "is new each time as ${unique} or ${unique:email}"}},
        Ended{"/good",
              "valid = { Nickname = \"${unique}-far-too-long-to-be-typed\" }",
              "Join",
              1,
              {"takes at most 20 characters"}}),
    [](const auto& test) { return "case_" + std::to_string(test.index); });

TEST(Validation, OfAFormWith200FieldsProvesThoseThatAreNamed) {
  Forms forms;
  const Finished finished = forms.prove("/many", "fields.\"Field 7\" = {}");
  EXPECT_EQ(finished.code, 0) << finished.out;
  EXPECT_THAT(finished.out, HasSubstr("3 rules of 1 field proved"));
}

TEST(Validation, WhatItLeavesBehindIsUndoneByCleanup) {
  Forms forms;
  const Finished finished = forms.prove("/good", "[[scenario.cleanup]]\nopen = \"/joined\"\nexpect.no_text = \"0 "
                                                 "joined\"\n\n[[scenario.cleanup]]\nsubmit = \"Forget "
                                                 "them\"\n\n[[scenario.cleanup]]\nopen = \"/joined\"\nexpect.text = "
                                                 "\"0 joined\"");
  EXPECT_EQ(finished.code, 0) << finished.out;
  EXPECT_EQ(forms.result.steps.size(), 5U);
}

// What the console shows of it is of the submissions that went wrong, not of all.
TEST(Validation, TheConsoleOfAFailureIsThatOfTheSubmission) {
  const TemporaryFolder folder;
  const Finished finished = run(dashboard_run(
      {"scenarios/validation.toml", "--journal", (folder / "run.jsonl").string()}, "short-telephone-column"));
  const record::CaseResult failed = case_of(run_of(folder / "run.jsonl"), profile);
  const record::Evidence& evidence = failed.steps.back().evidence;
  std::string console;
  for (const record::ConsoleLine& line : evidence.console) console += line.text + "\n";
  EXPECT_EQ(count(console, "Started "), 1) << console;
  EXPECT_THAT(console, HasSubstr("Started POST \"/profile\""));
  EXPECT_THAT(console, HasSubstr("CHECK constraint failed"));
  EXPECT_EQ(evidence.exchanges.size(), 1U);
}

TEST(Validation, AFormWithoutAButtonIsSentAllTheSame) {
  Forms forms;
  const Finished finished = forms.prove("/buttonless", "", "[action='/buttonless']");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
}

TEST(Validation, ASecretAndWhatIsMadeOfItStayHidden) {
  const TemporaryFolder folder;
  const std::string file = folder.write("secret.toml", R"(feature = "Secret"

[[scenario]]
name = "A password from outside"

[[scenario.steps]]
open = "/signup"

[[scenario.steps]]
validate = "Create account"
valid    = { "Email address" = "${unique:email}", "New password" = "${phrase}" }
fields."New password" = { min_length = 13, max_length = 64, rejects = ["a refused pass phrase"] }
)");
  const Invocation invocation = dashboard_run({file, "--journal", (folder / "run.jsonl").string(), "--junit",
                                               (folder / "run.xml").string(), "--secret", "phrase=quiet Orchid 4711"});
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const std::string all = finished.out + read_file(folder / "run.jsonl") + read_file(folder / "run.xml");
  for (const char* piece : {"quiet Orchid", "quiet+Orchid", "quiet%20Orchid", "Orchid 4711", "Orchid+4711"})
    EXPECT_THAT(all, Not(HasSubstr(piece)));
  EXPECT_THAT(all, HasSubstr("12 characters"));
}

// ---- forms that guard themselves, answer in their own way, or keep what they are sent

class Guarded : public testing::Test {
protected:
  Finished prove(const std::string& path, const std::string& more = {}) { return forms_.prove(path, more); }
  record::ValidationCell nickname(const std::string& rule) {
    return cell(validation_of(forms_.result), "Nickname", rule);
  }
  void expect_proved(const std::string& path, const std::string& more = {}) {
    const Finished finished = prove(path, more);
    EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
    for (const char* rule : {"required", "min_length", "max_length"})
      EXPECT_EQ(nickname(rule).server, Standing::enforced) << path << ", " << rule << ": " << nickname(rule).said;
  }
  void expect_refused(const std::string& path, const std::string& words) {
    const Finished finished = prove(path);
    EXPECT_EQ(finished.code, 1) << finished.out;
    EXPECT_THAT(finished.out, HasSubstr(words));
    EXPECT_THAT(finished.out, HasSubstr("nothing was sent"));
    EXPECT_THAT(finished.out, Not(HasSubstr("Likely cause")));
  }

  Forms forms_{{}, {}, "guarded_forms.py"};
};

TEST_F(Guarded, WhatAFirewallRefusesProvesNothing) {
  const Finished finished = prove("/blocked");
  EXPECT_EQ(finished.code, 3) << finished.out;
  EXPECT_THAT(finished.out, HasSubstr("the app blocks further submissions, valid ones too: 403 /blocked"));
  EXPECT_THAT(finished.out, HasSubstr("3 rules of 1 field: 0 proved, 3 not judged"));
  EXPECT_THAT(finished.out, Not(HasSubstr("CSRF")));
}

TEST_F(Guarded, WhatWasProvedBeforeALockIsKept) {
  const Finished finished = prove("/blocked-late");
  EXPECT_EQ(finished.code, 3) << finished.out;
  EXPECT_THAT(finished.out, HasSubstr("Too many attempts."));
  EXPECT_EQ(nickname("required").server, Standing::enforced);
  EXPECT_EQ(nickname("max_length").notes.front().kind, record::RuleNote::Kind::not_reached);
}

TEST_F(Guarded, WordsOfARuleAreNoLock) { expect_proved("/any"); }
TEST_F(Guarded, TheSamePageIsReadByItsNewWords) { expect_proved("/snackbar"); }
TEST_F(Guarded, ABoxOfAllMessagesMayBeNamedForErrors) { expect_proved("/snackbar", "error = \".snackbar\""); }
TEST_F(Guarded, JsonWith200IsReadByItsMembers) { expect_proved("/json"); }
TEST_F(Guarded, ATrapGoesOutAsItWasLoaded) { expect_proved("/trap"); }

TEST_F(Guarded, TheKeyLeftOutIsTried) {
  const Finished finished = prove("/absent");
  EXPECT_EQ(finished.code, 1) << finished.out;
  EXPECT_EQ(nickname("required").server, Standing::looser);
  EXPECT_EQ(nickname("required").tested.kind, record::TestedValue::Kind::left_out);
  EXPECT_THAT(finished.out, HasSubstr("left out: accepted"));
}

TEST_F(Guarded, AnAnswerThatShowsNothingIsNotJudged) {
  for (const char* path : {"/quiet", "/unclear"}) {
    const Finished finished = prove(path);
    EXPECT_EQ(finished.code, 1) << path << finished.out;
    EXPECT_EQ(nickname("required").server, Standing::unknown) << path;
    EXPECT_THAT(finished.out, HasSubstr("an answer that shows whether the server keeps it"));
    EXPECT_THAT(finished.out, HasSubstr("select the app's errors with error = \"CSS\""));
  }
}

TEST_F(Guarded, AMadeUpValueThatIsRefusedIsNamed) {
  const Finished finished = prove("/picky", "fields.Nickname = { pattern = \"[A-Z][a-z]+ .*\" }\nvalid = {}");
  EXPECT_NE(finished.code, 0);
  const Finished given = prove("/picky", "valid = { Nickname = \"Ada ${unique}\" }");
  EXPECT_EQ(given.code, 1) << given.out;
  EXPECT_THAT(given.out, HasSubstr("Nickname has a space in it"));
}

TEST_F(Guarded, AConfirmationHidesNoHole) {
  const Finished finished = prove("/pair");
  EXPECT_EQ(finished.code, 1) << finished.out;
  const record::Validation proved = validation_of(forms_.result);
  EXPECT_EQ(cell(proved, "Passphrase", "min_length").server, Standing::missing);
  EXPECT_EQ(cell(proved, "Passphrase", "required").server, Standing::enforced);
  EXPECT_EQ(cell(proved, "Once more", "required").server, Standing::enforced);
}

TEST_F(Guarded, SettingsArePutBack) {
  const std::string state = "[[scenario.steps]]\nopen = \"/state\"\nexpect.text = \"name Ada, motto “”, colour “”\"";
  const Finished by_page = prove("/settings", state);
  EXPECT_EQ(by_page.code, 0) << by_page.out;
  const Finished shorter =
      prove("/settings", "fields.Name = { max_length = 20 }\nvalid = { Name = \"Grace\" }\n" + state);
  EXPECT_EQ(shorter.code, 0) << shorter.out;
  const Finished chosen = prove("/settings", "valid = { Colour = \"blue\" }\n" + state);
  EXPECT_EQ(chosen.code, 0) << chosen.out;
}

TEST_F(Guarded, TheFirstPasswordIsPutBack) {
  const Finished finished =
      prove("/password", "valid = { \"Old password\" = \"first Orchid 4711\" }\n[[scenario.steps]]\nopen = "
                         "\"/state\"\nexpect.text = \"password first Orchid 4711\"");
  EXPECT_EQ(finished.code, 0) << finished.out;
  EXPECT_EQ(cell(validation_of(forms_.result), "New password", "min_length").server, Standing::enforced);
}

TEST_F(Guarded, WhatCannotBePutBackIsAskedForFirst) {
  expect_refused("/profile", "no first value is known of: New password");
  const Finished finished = prove("/profile", "writes = true");
  EXPECT_EQ(finished.code, 1) << "nothing checks the new password";
  EXPECT_EQ(cell(validation_of(forms_.result), "Name", "max_length").server, Standing::enforced);
}

TEST_F(Guarded, AFormThatCannotBeTestedIsNotSent) {
  expect_refused("/by-get", "a GET form, which writes “Password” into the address");
  expect_refused("/by-script", "a script sends it (its onsubmit)");
  expect_refused("/captcha", "a captcha (class g-recaptcha)");
}

TEST_F(Guarded, ARequiredFileHasToBeGiven) {
  const Finished without = prove("/photo");
  EXPECT_FALSE(forms_.result.steps.back().evidence.validation) << "nothing was sent";
  EXPECT_EQ(without.code, 2) << without.out;
  EXPECT_THAT(without.out, HasSubstr("no valid value is known for “Photo”"));
  EXPECT_THAT(without.out, HasSubstr("give one: valid = { \"Photo\" = { file = \"…\" } }"));
  const TemporaryFolder folder;
  const std::string photo = folder.write("ada.png", "not an image");
  expect_proved("/photo", "valid = { Photo = { file = \"" + photo + "\" } }");
}

TEST_F(Guarded, WhatOnlyTheServerRequiresIsFilledInWhenItSaysSo) { expect_proved("/undeclared"); }

TEST_F(Guarded, OfFormsThatGoByTheSameWordsTheOneWithTheFieldsIsTested) {
  expect_proved("/twice", "fields.Nickname = { required = true, min_length = 3, max_length = 20 }");
}

TEST_F(Guarded, APageThatScriptsMakeIsNotTheAppsFault) {
  const Finished finished = prove("/app");
  EXPECT_EQ(finished.code, 3) << finished.out;
  EXPECT_THAT(finished.out, HasSubstr("scripts make this page, and Murphy runs no scripts"));
}

TEST_F(Guarded, APageThatBrowsersDoNotCheckSaysSo) {
  const Finished finished = prove("/unvalidated");
  EXPECT_EQ(finished.code, 0) << finished.out;
  EXPECT_EQ(nickname("max_length").page, Standing::unchecked);
}

TEST_F(Guarded, AGroupOfButtonsGoesByItsName) {
  const Finished finished = prove("/choice");
  EXPECT_EQ(finished.code, 0) << finished.out;
  EXPECT_EQ(cell(validation_of(forms_.result), "plan", "required").server, Standing::enforced);
}

TEST_F(Guarded, AFormWithoutAnAddressIsLedToEachTime) {
  const Finished finished = prove("/welcome", "before = [{ open = \"/wizard\" }, { submit = \"Next\" }]");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_EQ(nickname("max_length").server, Standing::enforced);
  const Finished lost = prove("/welcome", "before = [{ open = \"/wizard\" }, { submit = \"Nxet\" }]");
  EXPECT_EQ(lost.code, 1) << lost.out;
  EXPECT_THAT(lost.out, HasSubstr("did you mean \"Next\"?"));
}

TEST_F(Guarded, WhatWasCreatedIsHandedToCleanup) {
  const Finished finished = prove(
      "/any",
      "[[scenario.cleanup]]\nrequest = { method = \"POST\", url = \"/forget\", form = { names = \"${created}\" } }\n"
      "expect.status = 200\nexpect.text = \"0 left\"");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Validation proved = validation_of(forms_.result);
  EXPECT_EQ(proved.created.size(), 5U) << "the first, the last, one at each bound, and one to tell a rule from a lock";
}

TEST_F(Guarded, AnAccountOfTheProjectIsNothingThatWasCreated) {
  const Finished finished = prove("/any", "valid = { Nickname = \"Ada@example.com\" }");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Validation proved = validation_of(forms_.result);
  EXPECT_EQ(proved.created.size(), 2U) << "one at each bound";
  EXPECT_THAT(proved.created, testing::Not(testing::Contains("Ada@example.com")));
}

TEST_F(Guarded, LiteralsOfTheScenarioAreNotMasked) {
  const Finished finished = prove("/pair", "fields.Passphrase = { rejects = [\"Passphrase\"] }");
  EXPECT_THAT(finished.out, HasSubstr("Passphrase, rejects"));
}

} // namespace
} // namespace murphy::end_to_end
