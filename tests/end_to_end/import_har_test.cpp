// `murphy import har`: from a file that a browser saved to a scenario, from the real binary.
#include "command.h"
#include "evidence.h"
#include "leaks.h"
#include "project.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> producers = {"chrome",  "chrome-full", "playwright", "playwright-omit",
                                            "firefox", "mitmproxy",   "fiddler"};

class ImportHar : public testing::Test {
protected:
  ImportHar() {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/signing_in.py", "0", (folder_ / "requests").string()};
    server_.emplace(python);
    origin_ = "http://127.0.0.1:" + server_->first_line().value_or("0");
    folder_.write("murphy.toml", fmt::format(R"([app]
dashboard = {{ page = "/plain/home", shows = "form[action=\"/plain/logout\"]" }}

[target.local]
url = "{}"

[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}
)",
                                             origin_));
  }

  // Writes ticket.har in the shape of a producer.
  void record(const std::string& producer, const std::string& secret = {}) {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/make_har.py", producer, origin_};
    if (!secret.empty()) python.arguments.push_back(secret);
    const Finished made = run(python);
    ASSERT_EQ(made.code, 0) << made.err;
    folder_.write("ticket.har", made.out);
  }

  Finished import(const std::vector<std::string>& more = {}) const {
    Invocation murphy;
    murphy.directory = folder_.path();
    murphy.environment = environment_;
    murphy.arguments = {"import", "har", "ticket.har"};
    if (!contains(more, "--name")) murphy.arguments.insert(murphy.arguments.end(), {"--name", "SUP-1423"});
    murphy.arguments.insert(murphy.arguments.end(), more.begin(), more.end());
    return run(murphy);
  }

  static bool contains(const std::vector<std::string>& all, const std::string& word) {
    return std::ranges::find(all, word) != all.end();
  }

  Finished check() const {
    Invocation murphy;
    murphy.directory = folder_.path();
    murphy.arguments = {"check"};
    return run(murphy);
  }

  std::string scenario() const { return read_file(folder_ / "scenarios/SUP-1423.toml"); }

  TemporaryFolder folder_;
  std::map<std::string, std::string> environment_{{"ADA_PASSWORD", "correct horse 9"}};
  std::optional<Running> server_;
  std::string origin_;
};

TEST_F(ImportHar, WritesAScenarioThatPasses) {
  record("chrome");
  const Finished done = import({"--run"});
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_EQ(done.err, fmt::format(R"(The HAR has no cookies, as browsers export it by default. Murphy needs none.
7 entries with 4 documents: 2 steps at {}.
No steps of their own: files of pages (2), requests without answer (1), redirects within steps (1).
Pages of other sites, left out: elsewhere.example (1).
The recording shows no error: add what should have been there to expect of the last step.
Wrote scenarios/SUP-1423.toml.
The same as recorded: every step ends as it did then.
)",
                                  origin_));
  EXPECT_THAT(done.out, HasSubstr("1 scenario: 1 passed"));
  EXPECT_EQ(scenario(), R"(feature = "Ticket SUP-1423"

[[scenario]]
name   = "What SUP-1423 did"
ticket = "SUP-1423"
steps  = [
  { open = "/plain/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open", page = "/plain/home", title = "plain" } },
]
)");
}

TEST_F(ImportHar, TakesWhatEveryProducerWrites) {
  for (const std::string& producer : producers) {
    record(producer);
    const Finished done = import({"--force", "--run"});
    EXPECT_EQ(done.code, 0) << producer << "\n" << done.out << done.err;
    EXPECT_EQ(check().code, 0) << producer;
    EXPECT_THAT(scenario(), AllOf(HasSubstr("${ada.email}"), HasSubstr("${ada.password}"))) << producer;
  }
}

TEST_F(ImportHar, NamesFieldsByWhatWasSentWherePagesAreLeftOut) {
  record("playwright-omit");
  const Finished done = import();
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("3 pages have no body in the HAR: forms and links of them are named by what was "
                                  "sent."));
  EXPECT_THAT(scenario(), HasSubstr(R"({ submit = "[method]", with = { "name:email" = "${ada.email}", )"
                                    R"("name:password" = "${ada.password}" })"));
}

// In twenty places of the file, and a password that every spelling writes in another way.
TEST_F(ImportHar, KeepsSecretsOut) {
  const std::string word = "Kz7vQ2mN9xW4pL1t";
  const std::vector<Needle> needles{{"a secret", word},          {"its beginning", word.substr(0, 12)},
                                    {"a password", "p&\"‹é"},    {"a password", "p%26%22"},
                                    {"a short value", "zq7Rk"},  {"a code", "483920"},
                                    {"a pin", "5172"},           {"a number", "59382716"},
                                    {"another code", "620184"},  {"a large number", "18446744073709551615"},
                                    {"beside", "abcdefghKLMNOP"}};
  folder_.write("beside.html", "<!doctype html><title>Your abcdefghKLMNOPQrst</title>"
                               "<input name=csrf_token value=abcdefghKLMNOPQrst>");
  for (const char* property :
       {"TOKEN", "PASSWORD", "OTP", "EMAIL", "PASSWORD_2", "PASSWORD_3", "PASSWORD_4", "PASSWORD_5", "PASSWORD_6",
        "PASSWORD_7", "OTP_2", "OTP_3", "NAME", "PIN", "BIG", "PLAN", "LINK", "F2"})
    environment_[std::string("SUP_1423_") + property] = "set";
  for (const std::string& producer : producers) {
    record(producer, word);
    EXPECT_GE(count(read_file(folder_ / "ticket.har"), word), 20) << producer;
    for (const std::vector<std::string>& options :
         std::vector<std::vector<std::string>>{{"--force"},
                                               {"--force", "--values", "placeholder"},
                                               {"--force", "--expect", "seen"},
                                               {"--dry-run"},
                                               {"--force", "--as", "ada", "--run"}}) {
      const Finished done = import(options);
      EXPECT_NE(done.code, 2) << done.err;
      EXPECT_NE(done.code, 4) << done.err;
      expect_nowhere({{producer + ": standard output", done.out},
                      {producer + ": standard error", done.err},
                      {producer + ": scenario", scenario()}},
                     needles);
      EXPECT_EQ(check().code, 0) << producer;
    }
  }
}

TEST_F(ImportHar, ShowsNoSecretPathWhenItRuns) {
  folder_.write("ticket.har", fmt::format(R"({{"log": {{"entries": [
    {{"_resourceType": "document", "request": {{"method": "GET", "url": "{}/magic/3f9c1e7a8b2d4c60"}}, "response": {{
      "status": 200, "content": {{"mimeType": "text/html", "text": "<title>Hi</title>"}}}}}}]}}}})",
                                          origin_));
  environment_["SUP_1423_LINK"] = "4d4c60aa8b2d3f9c";
  const Finished done = import({"--run"});
  EXPECT_THAT(done.err, HasSubstr("step 1 ended on 404 /magic/*, and on 200 /magic/* then.\n"));
  expect_nowhere({{"standard error", done.err}, {"scenario", scenario()}}, {{"the path", "3f9c1e7a"}});
  expect_nowhere({{"standard error", done.err}}, {{"the path now", "4d4c60aa"}});
}

TEST_F(ImportHar, TakesAnAccountWhosePasswordIsAPlainWord) {
  record("chrome");
  folder_.write("murphy.toml",
                read_file(folder_ / "murphy.toml") + "\n[user.open]\nname = \"open\"\npassword = \"open\"\n");
  for (const char* name : {"ada", "open"}) {
    const Finished done = import({"--as", name, "--force"});
    EXPECT_EQ(done.code, 0) << done.err;
  }
  EXPECT_THAT(scenario(), HasSubstr("Password = \"${open.password}\""));
}

TEST_F(ImportHar, TakesTheAccountThatIsNamed) {
  record("firefox");
  folder_.write("murphy.toml", read_file(folder_ / "murphy.toml") +
                                   "\n[user.grace]\nname = \"Grace\"\npassword = { env = \"GRACE_PASSWORD\" }\n");
  EXPECT_EQ(import({"--as", "grace"}).code, 0);
  EXPECT_THAT(scenario(), HasSubstr(R"(with = { Email = "${grace.name}", Password = "${grace.password}" })"));
  const Finished unknown = import({"--as", "nobody", "--force"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_EQ(unknown.err, "murphy.toml has no [user.nobody] with what is typed to sign in\n"
                         "  name an account of the project with --as, or leave it out\n");
}

TEST_F(ImportHar, TakesUnknownPeopleFromTheEnvironment) {
  record("chrome-full");
  std::string project = read_file(folder_ / "murphy.toml");
  folder_.write("murphy.toml", project.substr(0, project.find("[user.ada]")));
  const Finished done = import();
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.err, AllOf(HasSubstr("Set SUP_1423_EMAIL before you run it: 15 characters."),
                              HasSubstr("Set SUP_1423_PASSWORD before you run it: 15 characters."),
                              Not(HasSubstr("correct horse"))));
  EXPECT_THAT(scenario(), HasSubstr(R"(Email = "${env:SUP_1423_EMAIL}", Password = "${env:SUP_1423_PASSWORD}")"));
  environment_ = {{"SUP_1423_EMAIL", "ada@example.com"}, {"SUP_1423_PASSWORD", "correct horse 9"}};
  EXPECT_EQ(import({"--force", "--run"}).code, 0);
}

TEST_F(ImportHar, SaysWhereARunEndsUnlikeTheRecording) {
  record("chrome");
  environment_["ADA_PASSWORD"] = "not it";
  const Finished done = import({"--run"});
  EXPECT_EQ(done.code, 1);
  EXPECT_THAT(done.err, HasSubstr("Not as recorded: step 2 ended on 200 /plain/login, and on 200 /plain/home then.\n"));
}

TEST_F(ImportHar, ReplacesNothingUnasked) {
  record("chrome");
  ASSERT_EQ(import().code, 0);
  const std::string before = scenario();
  record("playwright-omit");
  const Finished again = import();
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("scenarios/SUP-1423.toml is already there\n  to replace it, add --force"));
  EXPECT_EQ(scenario(), before);
  EXPECT_EQ(import({"--force"}).code, 0);
  EXPECT_EQ(read_file(folder_ / "scenarios/SUP-1423.toml~"), before);
}

TEST_F(ImportHar, RefusesWhatIsNoHar) {
  const std::vector<std::pair<std::string, std::string>> refusals{
      {"<!doctype html>", "ticket.har: it is no JSON at byte 1: syntax error\n  export the HAR again\n"},
      {R"({"log": {"entries": [}]}})", "ticket.har: it is no JSON at byte 22: syntax error\n  export the HAR again\n"},
      {R"({"log": {}})", "ticket.har: it is no HAR: it has no log.entries\n"
                         "  save one in the network tab of the browser's tools\n"},
      {"PK\x03\x04 packed", "ticket.har: it is packed\n"
                            "  unpack it, then import the .har file in it; bodies that lie beside are read\n"},
      {"", "ticket.har: it is no HAR: it has no log.entries\n  save one in the network tab of the browser's tools\n"}};
  for (const auto& [text, refusal] : refusals) {
    folder_.write("ticket.har", text);
    const Finished done = import();
    EXPECT_EQ(done.code, 2) << text;
    EXPECT_EQ(done.err, refusal);
    EXPECT_FALSE(fs::exists(folder_ / "scenarios"));
  }
  fs::remove(folder_ / "ticket.har");
  EXPECT_THAT(import().err, HasSubstr("ticket.har: No such file or directory\n"));
  fs::create_directory(folder_ / "ticket.har");
  EXPECT_THAT(import().err, HasSubstr("ticket.har: it is a folder\n"));
}

TEST_F(ImportHar, TakesACutFileOnlyIfAsked) {
  record("chrome");
  const std::string whole = read_file(folder_ / "ticket.har");
  folder_.write("ticket.har", whole.substr(0, whole.find("/favicon.ico")));
  const Finished refused = import();
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err, "ticket.har: it ends within entry 7\n"
                         "  export it again, or import what is whole with --partial\n");
  const Finished taken = import({"--partial"});
  EXPECT_EQ(taken.code, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("it ends within entry 7: 6 whole ones before it\n"));
  EXPECT_THAT(scenario(), HasSubstr("submit = \"Sign in\""));
}

TEST_F(ImportHar, ListsWhatScriptsSentWhereThereIsNoPage) {
  folder_.write("ticket.har", R"({"log": {"entries": [
    {"request": {"method": "POST", "url": "http://a.example/api/session?token=x", "postData": {"mimeType":
     "application/json", "text": "{\"password\": \"canary one\"}"}}, "response": {"status": 200, "content": {}}},
    {"request": {"method": "GET", "url": "http://a.example/socket"}, "response": {"status": 101, "content": {}},
     "_webSocketMessages": []}]}})");
  const Finished done = import();
  EXPECT_EQ(done.code, 5);
  EXPECT_EQ(done.err, "The HAR has no page of an app, so nothing is written.\n"
                      "Its scripts sent these, which a scenario can send by request:\n"
                      "- POST /api/session → 200\n"
                      "1 web socket: Murphy does not speak these.\n");
}

TEST_F(ImportHar, TellsWhatTheCustomerTypedAndWhichPagesLieElsewhere) {
  folder_.write("ticket.har", replaced(R"({"log": {"entries": [
    {"startedDateTime": "2026-11-22T09:00:00Z", "_resourceType": "document",
     "request": {"method": "GET", "url": "ORIGIN/plain/about"},
     "response": {"status": 200, "content": {"mimeType": "text/html", "text":
      "<form action=/plain/city method=post><label>City <input name=city></label><button>Save</button></form>"}}},
    {"startedDateTime": "2026-11-22T09:00:01Z", "_resourceType": "document",
     "request": {"method": "POST", "url": "ORIGIN/plain/city", "postData": {"mimeType":
      "application/x-www-form-urlencoded", "params": [{"name": "city", "value": "Kyoto"}]}},
     "response": {"status": 200, "content": {"mimeType": "text/html", "_file": "saved.html"}}}]}})",
                                       "ORIGIN", origin_));
  const Finished done = import();
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.err, AllOf(HasSubstr("1 page is in files that are not there, such as saved.html: unpack them beside "
                                        "the HAR.\n"),
                              HasSubstr("From the customer: City \"Kyoto\".\n")));
  EXPECT_THAT(scenario(), HasSubstr("{ submit = \"Save\", with = { City = \"Kyoto\" }"));
}

TEST_F(ImportHar, NeedsAProjectAndANameForTheFile) {
  record("chrome");
  for (const std::string name : {"../up", "a/b", ".hidden", ""}) {
    const Finished done = import({"--name", name});
    EXPECT_EQ(done.code, name.empty() ? 0 : 2) << name << done.err;
  }
  EXPECT_TRUE(fs::exists(folder_ / "scenarios/ticket.toml")) << "the name of the file stands for none";
  fs::remove(folder_ / "murphy.toml");
  const Finished done = import();
  EXPECT_EQ(done.code, 2);
  EXPECT_THAT(done.err, HasSubstr("no murphy.toml here or in any folder above"));
}

// What Murphy itself writes of a run leads there again. Of steps that passed, it keeps no pages.
TEST_F(ImportHar, TakesWhatARunHasWritten) {
  record("chrome");
  ASSERT_EQ(import().code, 0);
  Invocation murphy;
  murphy.directory = folder_.path();
  murphy.environment = environment_;
  murphy.arguments = {"run", "--har", "ticket.har"};
  ASSERT_EQ(run(murphy).code, 0);
  EXPECT_THAT(read_file(folder_ / "ticket.har"), AllOf(HasSubstr("‹ada.password›"), Not(HasSubstr("correct"))));
  const Finished again = import({"--force", "--run"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(scenario(),
              HasSubstr(R"(with = { "name:email" = "${ada.email}", "name:password" = "${ada.password}" })"));
}

TEST_F(ImportHar, NeedsLittleMemoryForALargeFile) {
  Invocation python;
  python.binary = "/usr/bin/python3";
  python.arguments = {std::string(servers) + "/large_har.py", murphy_program(), (folder_ / "ticket.har").string(),
                      origin_};
  python.directory = folder_.path();
  const Finished done = run(python);
  EXPECT_EQ(done.code, 0) << done.err;
  const int megabytes = std::atoi(done.out.c_str());
  EXPECT_GT(megabytes, 1) << done.out;
  EXPECT_LE(megabytes, 64) << done.out;
}

} // namespace
} // namespace murphy::end_to_end
