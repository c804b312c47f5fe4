// The canary: passwords that no one else uses go to the app, and are then searched for in everything Murphy shows,
// writes or hands to the system, in every spelling there is; and with them the session cookies and CSRF tokens that the
// app gave out. A proxy between Murphy and the app keeps what really went over the wire.
#include "base/base64.h"
#include "base/hash.h"
#include "evidence.h"
#include "leaks.h"
#include "listener.h"
#include "project.h"
#include "reports/registry.h"
#include "tests/places.h"

#include <algorithm>
#include <cctype>
#include <csignal>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <optional>
#include <set>
#include <toml++/toml.h>
#include <unistd.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

// Each ends in a word that stands for it in every spelling that leaves letters alone, and that no other process uses.
std::string password(const std::string& word) { return fmt::format("p&\"‹é%+ \\{}{}", word, getpid()); }

// A secret that stands in addresses, as the links of a mail do: it has no characters that would divide them.
const std::string link = fmt::format("t\"‹é' $link{}", getpid());

std::vector<Needle> spellings(const std::string& word) { return spellings_of(word, password(word)); }

// The end of a password, which most spellings leave as it is: of a password that is cut, too.
Needle end_of(const std::string& word) { return {word + ", its end", fmt::format("{}{}", word, getpid())}; }

// Everything that stands between two texts, once.
std::set<std::string> all_between(const std::string& text, const std::string& before, const std::string& after) {
  std::set<std::string> found;
  for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
    at += before.size();
    found.insert(text.substr(at, text.find(after, at) - at));
  }
  return found;
}

// Short values are words, as those that end a cookie are; so is what scenarios make up.
bool is_token(const std::string& value) { return value.size() >= 16; }

class Canary : public testing::Test {
protected:
  Canary() {
    Invocation invocation;
    invocation.binary = "/usr/bin/python3";
    invocation.arguments = {std::string(servers) + "/recording_proxy.py", (folder_ / "exchanges").string(),
                            (folder_ / "processes").string()};
    proxy_.emplace(invocation);
    const std::optional<std::string> port = proxy_->first_line();
    EXPECT_TRUE(port);
    murphy_.directory = in_project();
    murphy_.environment = {{"http_proxy", "http://127.0.0.1:" + port.value_or("")}, {"no_proxy", "<-loopback>"}};
    murphy_.environment["ADA_PASSWORD"] = password("ada");
    folder_.write("grace-password", password("grace") + "\n");
  }

  // Runs Murphy on these paths with all its outputs, and keeps them.
  void run_murphy(const std::string& project_file, const std::vector<std::string>& paths) {
    murphy_.arguments = {"run",
                         "--project",
                         project_file,
                         "--secret",
                         "pin=" + password("pin"),
                         "--secret=link=" + link,
                         "--journal",
                         (folder_ / "run.jsonl").string()};
    Invocation report;
    report.directory = folder_.path();
    report.arguments = {"report", "run.jsonl"};
    std::vector<std::string> files{"run.jsonl"};
    for (const reports::ReportKind& kind : reports::report_kinds()) {
      const std::string name(kind.name);
      murphy_.arguments.push_back("--report=" + name + "=" + (folder_ / ("run." + name)).string());
      report.arguments.push_back("--report=" + name + "=again." + name);
      files.insert(files.end(), {"run." + name, "again." + name});
    }
    murphy_.arguments.insert(murphy_.arguments.end(), paths.begin(), paths.end());
    const Finished finished = run(murphy_);
    code_ = finished.code;
    const Finished reported = run(report);
    Invocation explain;
    explain.directory = folder_.path();
    explain.arguments = {"explain", "run.jsonl"};
    const Finished explained = run(explain);
    outputs_ = {{"standard output", finished.out},
                {"standard error", finished.err},
                {"standard output of explain", explained.out},
                {"standard error of explain", explained.err},
                {"standard output of report", reported.out},
                {"standard error of report", reported.err},
                {"the process list", read_file(folder_ / "processes")}};
    for (const std::string& file : files) {
      outputs_.emplace_back(file, read_file(folder_ / file));
      EXPECT_FALSE(outputs_.back().second.empty()) << file; // of a run without failures, some kinds hold "[]"
    }
    wire_ = read_file(folder_ / "exchanges");
    list_and_explain(paths, project_file);
  }

  // What else there is to be read of the same scenarios and the same run.
  void list_and_explain(const std::vector<std::string>& paths, const std::string& project_file) {
    Invocation list = murphy_;
    list.arguments = {
        "run", "--list", "--project", project_file, "--secret=pin=" + password("pin"), "--secret=link=" + link};
    list.arguments.insert(list.arguments.end(), paths.begin(), paths.end());
    Invocation explain;
    explain.directory = folder_.path();
    explain.arguments = {"explain", "run.jsonl"};
    for (Invocation* each : {&list, &explain})
      for (const bool as_json : {false, true}) {
        if (as_json) each->arguments.emplace_back("--json");
        const Finished finished = run(*each);
        outputs_.emplace_back("standard output of " + each->arguments.front() + " beside the run", finished.out);
        outputs_.emplace_back("standard error of " + each->arguments.front() + " beside the run", finished.err);
      }
  }

  // Everything that the gate and the history say of the same scenarios, and the history itself. The project keeps one.
  void judge_and_remember(const std::string& project_file, const std::vector<std::string>& paths) {
    Invocation gate = murphy_;
    gate.arguments = {"gate", "--project", project_file, "--secret", "pin=" + password("pin"), "--secret=link=" + link};
    for (const reports::ReportKind& kind : reports::report_kinds())
      gate.arguments.push_back(
          fmt::format("--report={}={}", kind.name, (folder_ / ("gate." + std::string(kind.name))).string()));
    gate.arguments.insert(gate.arguments.end(), paths.begin(), paths.end());
    const Finished judged = run(gate);
    outputs_ = {{"standard output of gate", judged.out}, {"standard error of gate", judged.err}};
    for (const reports::ReportKind& kind : reports::report_kinds())
      outputs_.emplace_back("gate." + std::string(kind.name), read_file(folder_ / ("gate." + std::string(kind.name))));
    for (const std::vector<std::string>& options : std::vector<std::vector<std::string>>{
             {}, {"--case", "o"}, {"--causes"}, {"--slowest"}, {"--export", "csv"}, {"--export", "json"}}) {
      Invocation history = murphy_;
      history.arguments = {"history", "--project", project_file};
      history.arguments.insert(history.arguments.end(), options.begin(), options.end());
      const Finished shown = run(history);
      EXPECT_EQ(shown.code, 0) << shown.err;
      EXPECT_FALSE(shown.out.empty());
      outputs_.emplace_back("murphy history " + (options.empty() ? "" : options.front()), shown.out + shown.err);
    }
    outputs_.emplace_back("the history", read_file(folder_ / "history.db"));
    EXPECT_GT(outputs_.back().second.size(), 4096U);
  }

  // Has Murphy write down how the healthy app looks, and compare with it.
  void take_snapshot(const std::string& project_file, const std::string& path) {
    for (const bool check : {false, true}) {
      murphy_.arguments = {"snapshot", "--project", project_file, path};
      if (check) murphy_.arguments.emplace_back("--check");
      const Finished finished = run(murphy_);
      EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
      outputs_.emplace_back("standard output of snapshot", finished.out);
      outputs_.emplace_back("standard error of snapshot", finished.err);
    }
    outputs_.emplace_back("murphy.lock", read_file(folder_ / "murphy.lock"));
    EXPECT_GT(outputs_.back().second.size(), 1000U);
  }

  // Has Murphy write a first project for an app that it starts, and print it.
  void write_a_project(const std::string& start) {
    const std::filesystem::path written = folder_ / "written";
    std::filesystem::create_directory(written);
    murphy_.environment["ADA_EMAIL"] = "ada@example.com";
    for (const char* option : {"--dry-run", "--force"}) {
      murphy_.arguments = {"init", "/", "--start", start, "--as", "ada", "--directory", written.string(), option};
      const Finished finished = run(murphy_);
      EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
      outputs_.emplace_back("standard output of init", finished.out);
      outputs_.emplace_back("standard error of init", finished.err);
    }
    for (const char* file : {"murphy.toml", "scenarios/sign-in.toml"}) {
      outputs_.emplace_back(file, read_file(written / file));
      EXPECT_FALSE(outputs_.back().second.empty()) << file;
    }
    outputs_.emplace_back("the process list beside init", read_file(folder_ / "processes"));
  }

  void expect_nowhere(const std::vector<Needle>& needles) const { end_to_end::expect_nowhere(outputs_, needles); }

  // Cookies and CSRF tokens, as the wire carried them.
  std::vector<Needle> tokens(const std::string& hidden_field) const {
    std::vector<Needle> needles;
    for (const std::string& cookie : all_between(wire_, "\r\nSet-Cookie: ", ";"))
      if (const std::string value = cookie.substr(cookie.find('=') + 1); is_token(value))
        needles.push_back({"the cookie " + cookie, value});
    for (const std::string& value : all_between(wire_, "name=\"" + hidden_field + "\" value=\"", "\""))
      if (is_token(value)) needles.push_back({"the token " + hidden_field, value});
    return needles;
  }

  TemporaryFolder folder_;
  std::optional<Running> proxy_;
  Invocation murphy_;
  int code_ = -1;
  Outputs outputs_;
  std::string wire_;
};

// Scenarios that fail with a secret in everything there is to show.
constexpr const char* forced = R"toml(feature = "Forced"

[[scenario]]
name  = "signed in, and not as expected"
steps = [{ sign_in = "ada", expect = { title = "Nothing", text = "${grace.password}", header = { Set-Cookie = "x" } } }]

[[scenario]]
name  = "a password in the wrong field, which the page shows again"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.password}", Password = "${zoe.password}" }, expect = { status = 200 } },
]

[[scenario]]
name  = "a password that is wrong by one letter more"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}x" }, expect = { dashboard = "open" } },
]

[[scenario]]
name  = "in an address"
steps = [{ open = "/login?next=/profile%3Flink=${link}&link=${link}", expect = { status = 404 } }]

[[scenario]]
name  = "in a path that is not there"
steps = [{ open = "/${link}", expect = { status = 200 } }]

[[scenario]]
name  = "in headers"
steps = [{ request = { url = "/login", headers = { Authorization = "Bearer ${pin}", X-Api-Key = "${ada.password}", Cookie = "sid=${grace.password}" } }, expect = { status = 404 } }]

[[scenario]]
name  = "in JSON"
steps = [{ request = { url = "/login", json = { user = { password = "${ada.password}", pin = ["${pin}"] } } }, expect = { status = 404 } }]

[[scenario]]
name  = "in a form of one's own making"
steps = [{ request = { url = "/login", form = { "user[email]" = "${ada.email}", "user[password]" = "${ada.password}" } }, expect = { status = 404 } }]

[[scenario]]
name  = "captured tokens, given back"
steps = [
  { open = "/login", capture = { token = { css = "[name=_csrf]", attr = "value" }, session = { cookie = "sid" } } },
  { request = { url = "/login?session=${session}", form = { _csrf = "${token}" } }, expect = { status = 404, text = "${session}" } },
]

[[scenario]]
name  = "captured out of the source, and in base64 with a password"
steps = [
  { open = "/login", capture = { piece = { regex = 'name="_csrf" value="([^"]+)"', decode = ["html", "url"] } } },
  { request = { url = "/login?x=${base64:${piece}}", headers = { Authorization = "Basic ${base64:${ada.email}:${ada.password}}", X-Piece = "${piece}" } }, expect = { status = 404, text = ["${piece}", "${base64:${ada.email}:${ada.password}}"] } },
]

[[scenario]]
name  = "proved, with all that is made of it"

[[scenario.steps]]
open = "/signup"

[[scenario.steps]]
validate = "Create account"
valid    = { "Your name" = "${pin}", "Email address" = "${unique:email}", "New password" = "${ada.password}" }
fields."Your name"    = { max_length = 60, rejects = ["${zoe.password}"] }
fields."New password" = { min_length = 30, max_length = 64, rejects = ["${grace.password}"] }

[[scenario]]
name  = "in words that name nothing"
steps = [{ open = "/login" }, { submit = "${pin}", with = { Email = "${ada.email}" } }]
)toml";

std::string scenarios_of(const std::string& regression) {
  const toml::table facts = toml::parse_file(in_project("fixtures/regressions/") + regression + "/regression.toml");
  return "scenarios/" + facts["scenario"]["file"].value_or(std::string());
}

std::string toml_literal(const std::string& text) { return "'" + text + "'"; } // none of ours holds a single quote

class CanaryInTheExampleApp : public Canary, public testing::WithParamInterface<std::string> {
protected:
  CanaryInTheExampleApp() {
    const std::filesystem::path app = folder_ / "app";
    std::filesystem::create_directories(app / "migrations");
    if (!GetParam().empty())
      std::filesystem::copy(in_project("fixtures/regressions/") + GetParam() + "/app", app,
                            std::filesystem::copy_options::recursive);
    std::string users = read_file(in_project("fixtures/dashboard/app/migrations/004_add_demo_users.toml"));
    users = replaced(users, "\"correct horse 9\"", toml_literal(password("ada")));
    users = replaced(users, "\"battery staple 7\"", toml_literal(password("grace")));
    users = replaced(users, "'p&\"‹é%+ \\garden'", toml_literal(password("zoe")));
    EXPECT_EQ(count(users, "p&\"‹é%+ \\"), 3);
    folder_.write("app/migrations/004_add_demo_users.toml", users);
    std::string project = read_file(in_project("fixtures/dashboard/murphy.toml"));
    project = replaced(project, "\"./start", "\"" + in_project("fixtures/dashboard/start"));
    project = replaced(project, "../../build", (folder_ / "build").string());
    project = replaced(project, "\"correct horse 9\"", "{ env = \"ADA_PASSWORD\" }");
    project = replaced(project, "\"battery staple 7\"", "{ file = \"grace-password\" }");
    project = replaced(project, "'p&\"‹é%+ \\garden'", toml_literal(password("zoe")));
    project = replaced(project, "\n[app]\n", "\n[app]\nsource = \"code\"\n");
    // A migration that waits, with a password in its name and its text.
    folder_.write("code/migrations/001_create_users.sql", "");
    folder_.write("code/migrations/090_" + password("ada") + ".sql", "SELECT email FROM users -- " + password("ada"));
    project_ = folder_.write("murphy.toml", project);
    forced_ = folder_.write("forced.toml", forced);
    murphy_.environment["DASHBOARD_BIN"] = dashboard_program();
    murphy_.environment["DASHBOARD_OVERLAY"] = app.string();
  }
  std::string project_;
  std::string forced_;
};

TEST_P(CanaryInTheExampleApp, NothingOfItIsShown) {
  const bool healthy = GetParam().empty();
  // Against the healthy app all that is shipped, against a regression the scenarios that it breaks.
  run_murphy(project_, {healthy ? "scenarios" : scenarios_of(GetParam()), forced_});
  EXPECT_EQ(code_, 1);
  if (healthy) {
    take_snapshot(project_, "scenarios/sign-in.toml");
    write_a_project(in_project("fixtures/dashboard/start") + " ${port}");
  }
  for (const char* word : {"ada", "grace", "zoe", "pin"}) {
    const std::vector<Needle> needles = spellings(word);
    expect_nowhere(needles);
    expect_nowhere({end_of(word)});
    EXPECT_TRUE(!healthy || holds_any(wire_, needles)) << "it proves nothing: " << word << " never went over the wire";
  }
  expect_nowhere(spellings_of("link", link));
  expect_nowhere({end_of("link")});
  const std::vector<Needle> given_out = tokens("_csrf");
  expect_nowhere(given_out);
  EXPECT_THAT(outputs_[6].second, HasSubstr("--secret pin=***")) << "the process list, looked at while Murphy ran";
  EXPECT_THAT(outputs_[7].second, HasSubstr("‹")) << "something was masked in the journal";
  if (!healthy) return;
  EXPECT_GT(given_out.size(), 50U);
  const record::Run run = run_of(folder_ / "run.jsonl");
  const auto proved = case_of(run, "proved, with all that is made of it").steps.back().evidence.validation;
  ASSERT_TRUE(proved) << "it proves nothing: no value was tried";
  EXPECT_EQ(proved->table, "users");
  EXPECT_GT(proved->submissions, 10);
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& each : feature.cases)
      EXPECT_EQ(each.outcome, feature.name == "Forced" ? record::Outcome::failed : record::Outcome::passed)
          << feature.name << ": " << each.plan->name.str();
}

// One regression at least of each layer; regressions_test.cpp searches the runs of the others for their passwords.
std::vector<std::string> apps() {
  return {"",
          "database-down",
          "dropped-sessions-table",
          "misspelled-column",
          "misspelled-migration",
          "misspelled-variable",
          "open-dashboard",
          "sign-out-without-revoking"};
}

INSTANTIATE_TEST_SUITE_P(All, CanaryInTheExampleApp, testing::ValuesIn(apps()), [](const auto& instance) {
  std::string name = instance.param.empty() ? "healthy" : instance.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

// A digest of a file helps to guess what is written in it, also in steps that the run had no part of.
TEST_F(Canary, InAFieldOfAnyNameLeavesNoDigestOfItsFile) {
  const std::string project = folder_.write("murphy.toml", fmt::format(R"([app]
sign_in   = {{ page = "/", submit = "Sign in", fields = {{ Email = "${{user.email}}", zz = "${{user.word}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/echoing.py ${{port}}"

[user.ada]
email = "ada@example.com"
word  = {}
)",
                                                                       servers, toml_literal(password("ada"))));
  const std::string scenarios = folder_.write("odd.toml", fmt::format(R"(feature = "Odd"

[[scenario]]
name  = "a field that only its page knows"
steps = [
  {{ open = "/", expect = {{ title = "Nothing" }} }},
  {{ submit = "Sign in", with = {{ email = "x", Kennwort2x = {} }} }},
]
)",
                                                                      toml_literal(password("zoe"))));
  run_murphy(project, {scenarios});
  for (const std::string& file : {project, scenarios})
    expect_nowhere({{"the digest of " + file, hex_digest(Hash::sha256, read_file(file))}});
  const auto& conditions = run_of(folder_ / "run.jsonl").started.conditions;
  ASSERT_TRUE(conditions);
  EXPECT_EQ(conditions->files.size(), 2U);
}

// The demo as it is installed, whose user has another password here. What it keeps in a folder for temporary files goes
// away with it; a run of its project leaves the same there.
TEST_F(Canary, IsInNothingThatTheDemoLeaves) {
  namespace fs = std::filesystem;
  const fs::path built = fs::path(murphy_program()).parent_path().parent_path();
  fs::create_directories(folder_ / "share/murphy");
  fs::create_directories(folder_ / "libexec/murphy");
  fs::create_directory(folder_ / "bin");
  fs::copy(built / "share/murphy/demo", folder_ / "share/murphy/demo", fs::copy_options::recursive);
  fs::copy_file(dashboard_program(), folder_ / "libexec/murphy/dashboard");
  fs::copy_file(murphy_program(), folder_ / "bin/murphy");
  for (const char* file : {"murphy.toml", "app/migrations/004_add_demo_users.toml"}) {
    const std::string name = std::string("share/murphy/demo/") + file;
    const std::string text = read_file(folder_ / name);
    folder_.write(name, replaced(text, "\"correct horse 9\"", toml_literal(password("ada"))));
    EXPECT_NE(read_file(folder_ / name), text);
  }
  fs::create_directory(folder_ / "data");
  murphy_.binary = folder_ / "bin/murphy";
  murphy_.directory = folder_.path();
  murphy_.environment["TMPDIR"] = (folder_ / "data").string();
  murphy_.arguments = {"demo"};
  const Finished demo = run(murphy_);
  EXPECT_EQ(demo.code, 0) << demo.out << demo.err;
  EXPECT_TRUE(fs::is_empty(folder_ / "data"));
  const std::string project = folder_ / "share/murphy/demo/murphy.toml";
  murphy_.arguments = {"run",
                       "--project",
                       project,
                       "--target",
                       "broken",
                       "--journal=run.jsonl",
                       "--var=folder=" + (folder_ / "data").string()};
  const Finished again = run(murphy_);
  EXPECT_EQ(again.code, 1) << again.out << again.err;
  outputs_ = {{"standard output of demo", demo.out},
              {"standard error of demo", demo.err},
              {"standard output of run", again.out},
              {"standard error of run", again.err},
              {"the process list", read_file(folder_ / "processes")},
              {"run.jsonl", read_file(folder_ / "run.jsonl")}};
  EXPECT_GT(outputs_.back().second.size(), 5000U);
  for (const fs::directory_entry& file : fs::directory_iterator(folder_ / "data"))
    outputs_.emplace_back(file.path(), read_file(file.path()));
  EXPECT_GT(outputs_.size(), 6U) << "the app keeps its users there";
  expect_nowhere(spellings("ada"));
  expect_nowhere({end_of("ada")});
  EXPECT_TRUE(holds_any(read_file(folder_ / "exchanges"), spellings("ada"))) << "it never went over the wire";
}

// An app that answers with what it was sent, in every spelling, wherever there is room for it.
TEST_F(Canary, ThatTheAppEchoesInEverySpellingIsMaskedInEverySpelling) {
  const std::string project = folder_.write(
      "murphy.toml", fmt::format(R"([app]
sign_in   = {{ page = "/", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url      = "http://127.0.0.1:${{port}}"
start    = "exec /usr/bin/python3 -u {}/echoing.py ${{port}}"
database = "sqlite:echo.db"
trace_url = {}

[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}

[user.grace]
email    = "redirect@example.com"
password = {{ file = "grace-password" }}

[history]
store = "sqlite:history.db"

[[signature]]
layer    = "config"
contains = "refused"
pattern  = 'refused'
example  = {}
)",
                                 servers, toml_literal("https://" + password("ada") + "@traces.test/${trace}"),
                                 toml_literal("refused " + password("grace"))));
  const std::string said = toml_literal(password("ada"));
  folder_.write("murphy.lock", fmt::format(R"(version  = 1
database = "sqlite"
console  = [{0}]

[[form]]
page   = "/"
name   = {0}
fields = [{{ name = "email", label = {0} }}]

[[visit]]
request = "GET /"
answers = ["200 /"]
title   = {0}
errors  = [{0}]

[[table]]
name    = {0}
columns = [{{ name = {0} }}]
)",
                                           said));
  const std::string scenarios = folder_.write("echo.toml", R"(feature = "Echo"

[[scenario]]
name  = "on the page"
steps = [{ sign_in = "ada", expect = { title = "Nothing", no_field_error = true, form_error = "none", text = "none" } }]

[[scenario]]
name  = "in an address that a redirect names"
steps = [{ sign_in = "grace", expect = { title = "Nothing", came_through = [], no_text = "Email" } }]

[[scenario]]
name  = "on a page with the errors of a form"
steps = [
  { open = "/" },
  { submit = "Sign in", with = { email = "x", password = "${pin}" }, expect = { field_error = { Email = "none" }, element = "#none", cookie = { said = { value = "none" } } } },
  { submit = "Sign up" },
]
)");
  run_murphy(project, {scenarios});
  EXPECT_EQ(code_, 1);
  EXPECT_EQ(record::totals(run_of(folder_ / "run.jsonl")).failed, 3);
  for (const char* word : {"ada", "grace", "pin"}) {
    const std::vector<Needle> needles = spellings(word);
    expect_nowhere(needles);
    expect_nowhere({end_of(word)});
    for (const Needle& needle : needles)
      EXPECT_NE(wire_.find(needle.text), std::string::npos) << "never on the wire: " << needle.text;
  }
  EXPECT_THAT(outputs_[0].second, HasSubstr("DEBUG params: password=‹")) << "the app's console is shown";
  const record::Run run = run_of(folder_ / "run.jsonl");
  EXPECT_THAT(run.ready->console.at(0).text, HasSubstr("‹ada.password›"));
  ASSERT_TRUE(run.gathered && run.gathered->schema && run.gathered->known_good) << run.gathered->database_note;
  EXPECT_EQ(run.gathered->schema->tables.at(0).columns.at(1).name, "‹ada.password›");
  EXPECT_EQ(run.gathered->known_good->visits.at(0).title, "‹ada.password›");
  EXPECT_TRUE(run.gathered->signatures.empty()) << "a secret stands in it";

  // What a green run leaves in the history, and what is said of a red one after it.
  Invocation green = murphy_;
  green.arguments = {"run", "--project", project, folder_.write("fine.toml", R"(feature = "Fine"
[[scenario]]
name  = "opens"
steps = [{ open = "/" }, { submit = "Sign in", with = { email = "x", password = "${ada.password}" }, expect = { status = 422 } }]
)")};
  const Finished passed = end_to_end::run(green);
  EXPECT_EQ(passed.code, 0) << passed.out << passed.err;
  judge_and_remember(project, {scenarios});
  EXPECT_THAT(outputs_[0].second, HasSubstr("Not ready to merge: 3 failures are new"));
  EXPECT_THAT(outputs_[2].second, HasSubstr("Last green run: "));
  for (const char* word : {"ada", "grace", "pin"}) {
    expect_nowhere(spellings(word));
    expect_nowhere({end_of(word)});
  }
}

// As an address takes it.
std::string for_address(const std::string& word) {
  std::string text;
  for (const char c : word)
    text += std::isalnum(static_cast<unsigned char>(c)) != 0 ? std::string(1, c)
                                                             : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return text;
}

// What a watch prints, keeps and sends; and the addresses that it sends to.
TEST_F(Canary, IsInNoAlertOfAWatch) {
  const std::string port = std::to_string(refusing_port());
  Invocation echoing;
  echoing.binary = "/usr/bin/python3";
  echoing.directory = folder_.path();
  echoing.arguments = {"-u", std::string(servers) + "/echoing.py", port};
  echoing.environment["ADA_PASSWORD"] = password("ada");
  const Running app(echoing);
  Invocation listening;
  listening.binary = "/usr/bin/python3";
  listening.arguments = {std::string(servers) + "/alert_sink.py", "200", "503"};
  Running sink(listening);
  const std::uint16_t listening_port = refusing_port();
  const std::string address = "http://127.0.0.1:" + sink.first_line().value_or("") + "/" + password("path");
  const std::string project = folder_.write("murphy.toml", fmt::format(R"([app]
sign_in = {{ page = "/", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
[target.local]
url      = "http://127.0.0.1:{}"
database = "sqlite:echo.db"
console  = {{ command = "cat leak.log; exec sleep 1000" }}
[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}
[watch]
every   = "1s"
confirm = ["50ms", "50ms"]
store   = "sqlite:watch.db"
metrics = "watch.prom"
database_checks = true
migrations      = {{ command = "echo $ADA_PASSWORD; exit 1" }}
read_replica    = {{ env = "REPLICA_URL" }}
status_directory = "public"
listen  = "127.0.0.1:{}"
heartbeat = {{ env = "PING_URL" }}
notify  = [
  {{ kind = "webhook", url = {{ env = "ALERT_URL" }}, secret = {{ env = "ALERT_SECRET" }}, severity = "warning" }},
  {{ kind = "alertmanager", url = {{ env = "ALERT_URL" }} }},
  {{ kind = "exec", command = "cat >>heard.jsonl", severity = "warning" }},
  {{ kind = "slack", url = {{ env = "ALERT_URL" }} }},
  {{ kind = "pagerduty", key = {{ env = "KEY" }}, url = {{ env = "ALERT_URL" }} }},
  {{ kind = "mail", url = {{ env = "MAIL_URL" }}, from = "murphy@example.com", to = ["ada@example.com"] }},
]
)",
                                                                       port, listening_port));
  Invocation leaking;
  leaking.binary = "/usr/bin/python3";
  leaking.arguments = {"-c",
                       "import os, sys; sys.path.insert(0, sys.argv[1]); from spellings import spellings\n"
                       "for each in spellings(os.environ['TEXT'], whole=True):\n"
                       "    print('OperationalError: no such column:', each)",
                       std::string(servers)};
  leaking.environment["TEXT"] = password("ada");
  leaking.environment["PYTHONUTF8"] = "1";
  const Finished leaks = run(leaking);
  EXPECT_EQ(leaks.code, 0) << leaks.err;
  // Of another user, which Murphy has never seen.
  const std::string foreign = "p3Qz81kQ7vWx22Lm";
  folder_.write("leak.log", leaks.out + "OperationalError: no such column: at /reset?token=" + foreign + "\n");
  folder_.write("murphy.lock",
                "version  = 1\ndatabase = \"sqlite\"\n\n[[table]]\nname = \"users\"\ncolumns = [{ name = "
                "\"id\" }]\n");
  folder_.write("scenarios/echo.toml", R"(feature = "Echo"
[[scenario]]
name  = "on the page"
steps = [{ sign_in = "ada", expect = { title = "Nothing", no_field_error = true, form_error = "none", text = "none" } }]
)");
  murphy_.environment["ALERT_URL"] = address;
  murphy_.environment["ALERT_SECRET"] = password("sign");
  murphy_.environment["KEY"] = password("route");
  murphy_.environment["MAIL_URL"] = fmt::format("smtp://{}@127.0.0.1:{}", password("path"), refusing_port());
  murphy_.environment["REPLICA_URL"] =
      fmt::format("postgresql://ada:{}@127.0.0.1:1/replica", for_address(password("path")));
  murphy_.environment["PING_URL"] = fmt::format("http://127.0.0.1:{}/{}", refusing_port(), password("path"));
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--once"}, {"status"}, {"--test-alert"}}) {
    murphy_.arguments = {"watch"};
    murphy_.arguments.insert(murphy_.arguments.end(), arguments.begin(), arguments.end());
    murphy_.directory = folder_.path();
    const Finished finished = run(murphy_);
    outputs_.emplace_back("standard output of watch " + arguments.front(), finished.out);
    outputs_.emplace_back("standard error of watch " + arguments.front(), finished.err);
  }
  murphy_.arguments = {"check"};
  const Finished checked = run(murphy_);
  EXPECT_THAT(checked.out, HasSubstr("[watch] signs in 86,400 times a day as ada, 3,600 wrong passwords in 1 hour\n"));
  outputs_.emplace_back("standard output of check", checked.out + checked.err);
  Invocation managing;
  managing.binary = "/usr/bin/python3";
  managing.arguments = {std::string(servers) + "/notify_sink.py", (folder_ / "manager").string()};
  Running manager(managing);
  EXPECT_EQ(manager.first_line(), "listening");
  murphy_.environment["NOTIFY_SOCKET"] = (folder_ / "manager").string();
  murphy_.arguments = {"watch"};
  Running watch(murphy_);
  EXPECT_TRUE(watch.wait_for("First round"));
  EXPECT_TRUE(manager.wait_for("STATUS=1 scenario watched"));
  for (const char* path : {"status", "status.json", "metrics", "badge/echo.svg", "nothing"}) {
    Invocation curl;
    curl.binary = "/usr/bin/curl";
    curl.arguments = {"--silent", "--include", fmt::format("http://127.0.0.1:{}/{}", listening_port, path)};
    outputs_.emplace_back(std::string("the answer to ") + path, run(curl).out);
    EXPECT_THAT(outputs_.back().second, HasSubstr("HTTP/1.1 "));
  }
  // What is read again, with a password in a line that is wrong.
  folder_.write("scenarios/wrong.toml",
                "feature = \"Wrong\"\n[[scenario]]\nname = \"x\"\nsteps = [{ submit = \"Sign in\", "
                "with = { Password = \"" +
                    password("ada") + "\" }, expcet = {} }]\n");
  watch.send(SIGHUP);
  EXPECT_TRUE(manager.wait_for("RELOADING=1"));
  watch.send(SIGTERM);
  const Finished watched = watch.wait();
  EXPECT_THAT(watched.err, AllOf(HasSubstr("scenarios/wrong.toml:4:"), HasSubstr("not reloaded")));
  manager.send(SIGTERM);
  outputs_.emplace_back("what the service manager hears", manager.wait().out);
  outputs_.emplace_back("standard output of watch", watched.out);
  outputs_.emplace_back("standard error of watch", watched.err);
  outputs_.emplace_back("the status page", read_file(folder_ / "public/index.html"));
  EXPECT_THAT(outputs_[0].second, HasSubstr("DOWN  Echo on local")) << outputs_[1].second;
  EXPECT_THAT(outputs_[0].second, HasSubstr("WARNING  local: the database")) << outputs_[1].second;
  EXPECT_THAT(outputs_[0].second, HasSubstr("the command of \"migrations\" exited with 1: "));
  EXPECT_THAT(outputs_[2].second, HasSubstr("The database's replica could not be judged: "));
  EXPECT_THAT(outputs_[1].second, HasSubstr("they wait: it answers 503"));
  sink.send(SIGTERM);
  std::string taken = sink.wait().out;
  EXPECT_GT(count(taken, "X-Murphy-Signature"), 0);
  outputs_.emplace_back("the alerts by command", read_file(folder_ / "heard.jsonl"));
  outputs_.emplace_back("the figures", read_file(folder_ / "watch.prom"));
  EXPECT_THAT(outputs_.back().second, HasSubstr("murphy_target_up"));
  EXPECT_THAT(outputs_[1].second, HasSubstr("the heartbeat's address does not take what is sent"));
  outputs_.emplace_back("the store", read_file(folder_ / "watch.db") + read_file(folder_ / "watch.db-wal"));
  EXPECT_THAT(outputs_.back().second, HasSubstr("‹"));
  for (const char* word : {"path", "sign", "route"}) {
    expect_nowhere(spellings(word));
    expect_nowhere({end_of(word)});
  }
  outputs_.emplace_back("the alerts by HTTP", taken);
  expect_nowhere({Needle{"a token of another user", foreign}});
  expect_nowhere(spellings("ada"));
  expect_nowhere({end_of("ada")});
}

// What requests carry beside forms: HTTP credentials in every scheme and in addresses, headers and cookies.
TEST_F(Canary, OfHttpAuthenticationIsShownNowhere) {
  const std::string project = folder_.write("murphy.toml", fmt::format(R"([app]
dashboard = {{ page = "/home", shows = "[data-user]" }}
sign_in   = [
  {{ request = {{ url = "/api/session", json = {{ email = "${{user.email}}", password = "${{user.password}}" }} }}, capture = {{ token = {{ json = "/access_token" }} }} }},
  {{ authorize = "Bearer ${{token}}" }},
]

[target.local]
url     = "http://127.0.0.1:${{port}}"
start   = "exec /usr/bin/python3 -u {}/credentials.py ${{port}}"
headers = {{ X-Preview-Key = "${{env:ADA_PASSWORD}}" }}

[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}

[user.grace]
email    = "grace@example.com"
password = {{ file = "grace-password" }}
)",
                                                                       servers));
  const std::string scenarios = folder_.write("credentials.toml", R"(feature = "Credentials"

[[scenario]]
name  = "Basic"
steps = [{ authorize = { basic = ["${ada.email}", "${ada.password}"] } }, { open = "/basic/home", expect = { title = "Nothing" } }]

[[scenario]]
name  = "Basic, refused"
steps = [{ authorize = { basic = ["${grace.email}", "${grace.password}"] } }, { open = "/basic/home" }]

[[scenario]]
name  = "Digest"
steps = [{ authorize = { digest = ["${ada.email}", "${ada.password}"] } }, { open = "/digest/SHA-256/home", expect = { title = "Nothing" } }]

[[scenario]]
name  = "Bearer"
steps = [{ sign_in = "ada", expect = { dashboard = "closed", title = "Nothing" } }]

[[scenario]]
name  = "headers of an account, and its cookie"
steps = [
  { headers = { X-Remote-User = "${grace.password}" } },
  { cookie = { token = "${pin}" } },
  { open = "/home", expect = { title = "Nothing", cookie = { token = { value = "x" } } } },
]

[[scenario]]
name  = "a request whose credentials the session keeps"
steps = [
  { request = { url = "/basic/home", headers = { Authorization = "Basic ${base64:${ada.email}:${ada.password}}" } } },
  { click = "More", expect = { title = "Nothing" } },
]

[[scenario]]
name  = "in an address"
steps = [{ open = "http://ada%40example.com:${link}@127.0.0.1:1/home", expect = { title = "Nothing" } }]
)");
  run_murphy(project, {scenarios});
  const record::Totals totals = record::totals(run_of(folder_ / "run.jsonl"));
  EXPECT_EQ(totals.passed, 0) << outputs_[0].second;
  EXPECT_GE(totals.failed, 6) << outputs_[0].second;
  for (const char* word : {"ada", "grace", "pin"}) {
    expect_nowhere(spellings(word));
    expect_nowhere({end_of(word)});
  }
  expect_nowhere(spellings_of("link", link));
  expect_nowhere({end_of("link")});
  const std::vector<Needle> basic{
      {"Basic of ada", base64_encode("ada@example.com:" + password("ada"))},
      {"Basic of grace", base64_encode("grace@example.com:" + password("grace"))},
  };
  expect_nowhere(basic);
  for (const Needle& needle : basic) EXPECT_TRUE(holds_any(wire_, {needle})) << needle.what;
  EXPECT_THAT(wire_, HasSubstr("Authorization: Digest username="));
  EXPECT_THAT(wire_, HasSubstr("X-Remote-User: p&"));
  const auto tokens = all_between(wire_, "Authorization: Bearer ", "\r\n");
  ASSERT_FALSE(tokens.empty());
  for (const std::string& token : tokens) expect_nowhere({{"the bearer token", token}});
}

// Every piece of it that a person could read: what is cut says nothing of what it was cut from.
std::vector<Needle> pieces_of(const std::string& what, const std::string& secret) {
  constexpr std::size_t readable = 5;
  std::vector<Needle> needles;
  for (std::size_t at = 0; at + readable <= secret.size(); ++at) {
    needles.push_back({what, secret.substr(at, readable)});
    std::string lower = needles.back().text;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    needles.push_back({what + ", in lower case", lower});
  }
  return needles;
}

TEST_F(Canary, ThatATextIsCutInTheMiddleOfLeavesNoReadablePart) {
  const std::string said = "Vq7-hTz9kLm4xWc2bNp8RyGd";
  const std::string misread = "p&\"\u00E2\u20AC\u00B9\u00C3\u00A9%+ \\grace"; // UTF-8 taken for windows-1252
  const std::string project = folder_.write("murphy.toml", fmt::format(R"([app]
sign_in   = {{ page = "/", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/cutting.py ${{port}}"

[user.ada]
email    = "ada@example.com"
password = {{ env = "SAID" }}

[user.grace]
email    = "grace@example.com"
password = {{ env = "ORIGINAL" }}
)",
                                                                       servers));
  murphy_.environment["SAID"] = said;
  murphy_.environment["MISREAD"] = misread + std::to_string(getpid());
  murphy_.environment["ORIGINAL"] = password("grace");
  std::string scenarios = "feature = \"Cut\"\n";
  const auto add = [&](const std::string& steps) {
    scenarios += fmt::format("\n[[scenario]]\nname  = \"{}\"\nsteps = [{}]\n", count(scenarios, "[[scenario]]"), steps);
  };
  // Where something is cut, in columns, characters or bytes: short of it, the text is whole.
  for (const int bound : {16, 40, 60, 80, 120, 160, 200, 240, 300, 400, 600, 682, 1000, 1365, 2048, 16384})
    add(fmt::format(
        R"({{ open = "/page/{}", expect = {{ title = "none", text = "none", form_error = "none", element = "#none", no_element = "p", field_error = {{ Email = "none" }}, header = {{ X-Said = "none" }}, cookie = {{ said = {{ value = "none" }} }} }} }})",
        bound));
  for (const int bound : {120, 200, 682, 1365, 2048, 87381, 262144})
    add(fmt::format(
        R"({{ open = "/json/{0}" }}, {{ request = {{ url = "/json/{0}" }}, expect = {{ json = {{ "/said" = "none", "/more" = [], "/none" = 1 }} }} }})",
        bound));
  for (const int bound : {40, 60, 80, 120, 200, 1000})
    for (const char* step : {R"(submit = "none")", R"(click = "none")", R"(submit = "button", with = { none = "x" })"})
      add(fmt::format(R"({{ open = "/page/{}" }}, {{ {} }})", bound, step));
  for (const int bound : {60, 80, 200})
    for (const char* kind : {"status", "length", "chunks", "noise", "redirect"})
      add(fmt::format(R"({{ open = "/{}/{}" }})", kind, bound));
  for (const char* kind : {"host", "encoding", "names", "misread"})
    add(fmt::format(
        R"({{ open = "/{}", expect = {{ title = "none", text = "none", header = {{ X-None = "none" }} }} }})", kind));
  add(R"({ open = "/names" }, { submit = "Go", with = { Email = "x" }, expect = { title = "none" } })");
  add(R"({ open = "/names" }, { submit = "none" })");
  run_murphy(project, {folder_.write("cut.toml", scenarios)});
  EXPECT_EQ(code_, 1) << outputs_[0].second << outputs_[1].second;
  EXPECT_EQ(record::totals(run_of(folder_ / "run.jsonl")).passed, 0);
  EXPECT_THAT(wire_, HasSubstr(said));
  expect_nowhere(pieces_of("ada", said));
  expect_nowhere({{"grace, misread", "\u00C3\u00A9%+ \\grace"}, end_of("grace")});
  murphy_.arguments = {"forms", "--project", project, "/page/80"};
  for (const char* page : {"/page/80", "/page/1000", "/names", "/status/60", "/misread"}) {
    murphy_.arguments.back() = page;
    for (const bool as_json : {false, true}) {
      if (as_json) murphy_.arguments.emplace_back("--json");
      const Finished forms = run(murphy_);
      if (as_json) murphy_.arguments.pop_back();
      outputs_ = {{"standard output of forms", forms.out}, {"standard error of forms", forms.err}};
      expect_nowhere(pieces_of("ada", said));
      expect_nowhere({end_of("grace")});
    }
  }
}

struct RealAppRun {
  std::string target, fault;
  std::string hidden; // the field that holds its tokens
};

void PrintTo(const RealAppRun& app, std::ostream* out) { *out << app.target << ' ' << app.fault; }

class CanaryInARealApp : public Canary, public testing::WithParamInterface<RealAppRun> {};

// Pages for developers tell everything they know.
TEST_P(CanaryInARealApp, NothingOfItIsShown) {
  const std::string folder = "fixtures/targets/" + GetParam().target;
  murphy_.environment["FAULT"] = GetParam().fault;
  run_murphy(folder + "/murphy.toml", {folder + "/scenarios"});
  EXPECT_EQ(code_, GetParam().fault.empty() ? 0 : 1) << outputs_[0].second << outputs_[1].second;
  for (const char* known : {"correct horse 9", "nanoseconds 11"}) {
    const std::vector<Needle> needles = spellings_of(known, known);
    expect_nowhere(needles);
    EXPECT_TRUE(holds_any(wire_, needles));
  }
  const std::vector<Needle> given_out = tokens(GetParam().hidden);
  expect_nowhere(given_out);
  EXPECT_GT(given_out.size(), 5U);
}

INSTANTIATE_TEST_SUITE_P(All, CanaryInARealApp,
                         testing::Values(RealAppRun{"django", "", "csrfmiddlewaretoken"},
                                         RealAppRun{"django", "password-column", "csrfmiddlewaretoken"},
                                         RealAppRun{"wordpress", "", "_wpnonce"}),
                         [](const auto& instance) {
                           return instance.param.target + (instance.param.fault.empty() ? "_healthy" : "_broken");
                         });

} // namespace
} // namespace murphy::end_to_end
