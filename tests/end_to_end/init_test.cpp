// `murphy init`: from an address to a project that passes, from the real binary.
#include "evidence.h"
#include "leaks.h"
#include "own_project.h"
#include "real_apps.h"
#include "terminal.h"

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
using testing::StartsWith;

const std::string right_password = "correct horse 9";

class Init : public testing::Test {
protected:
  Init() { fs::create_directory(folder_ / "app"); }

  // Murphy on an app of servers/signing_in.py, from the folder of the test.
  Invocation invocation(const std::string& app, const std::vector<std::string>& more = {}) {
    if (!server_) serve();
    Invocation murphy;
    murphy.directory = folder_.path();
    murphy.arguments = {"init", fmt::format("http://127.0.0.1:{}/{}/login", port_, app), "--directory", "app"};
    murphy.arguments.insert(murphy.arguments.end(), more.begin(), more.end());
    murphy.environment = {{"CI", "1"}};
    return murphy;
  }

  // The same with the account in the environment.
  Finished init(const std::string& app, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--as", "ada"});
    Invocation murphy = invocation(app, more);
    murphy.environment["ADA_EMAIL"] = "ada@example.com";
    murphy.environment["ADA_PASSWORD"] = password_;
    return end_to_end::run(murphy);
  }

  void serve() {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/signing_in.py", "0", (folder_ / "requests").string()};
    python.environment = {{"SIGNING_IN_PASSWORD", password_}};
    server_.emplace(python);
    port_ = server_->first_line().value_or("0");
  }

  std::string requests() const { return read_file(folder_ / "requests"); }
  std::size_t times(const std::string& request) const {
    std::size_t count = 0;
    const std::string all = requests();
    for (std::size_t at = all.find(request); at != std::string::npos; at = all.find(request, at + 1)) ++count;
    return count;
  }
  std::string project() const { return read_file(folder_ / "app/murphy.toml"); }
  std::string scenarios() const { return read_file(folder_ / "app/scenarios/sign-in.toml"); }
  bool has_written() const { return !fs::is_empty(folder_ / "app"); }

  // What was written passes when it is run as it stands.
  void expect_passes(int count) const {
    Invocation murphy;
    murphy.directory = folder_ / "app";
    murphy.environment = {{"ADA_PASSWORD", password_}};
    murphy.arguments = {"run"};
    const Finished run = end_to_end::run(murphy);
    EXPECT_EQ(run.code, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr(fmt::format("{0} scenarios: {0} passed", count)));
  }

  TemporaryFolder folder_;
  std::string password_ = right_password;
  std::optional<Running> server_;
  std::string port_;
};

TEST_F(Init, WritesAProjectThatPasses) {
  const Finished done = init("plain");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.out, "");
  EXPECT_EQ(done.err, R"(/plain/login has the sign-in form: "Sign in" sends Email, Password.
Signed in. /plain/home is open now; without a session, the app answers 200 /plain/login.
Found the way out: the dashboard is closed afterwards.
Only signed-in users see form[action="/plain/logout"].
Ran what it writes: 5 scenarios passed.
Wrote app/murphy.toml and app/scenarios/sign-in.toml.

Next:
  cd app && murphy run
  murphy snapshot
)");
  EXPECT_EQ(project(), fmt::format(R"([app]
sign_in   = {{ page = "/plain/login", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
sign_out  = {{ page = "/plain/home", submit = "Sign out" }}
dashboard = {{ page = "/plain/home", shows = "form[action=\"/plain/logout\"]" }}

[target.local]
url = "http://127.0.0.1:{}"
# console = {{ file = "log/production.log" }} # what the app logs explains failures: name its log

[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}
)",
                                   port_));
  expect_passes(5);
  folder_.write("app/murphy.toml", replaced(project(), "# console", "console"));
  folder_.write("app/log/production.log", "");
  expect_passes(5);
}

TEST_F(Init, SendsOneWrongPasswordAndOneEmptyForm) {
  ASSERT_EQ(init("plain").code, 0);
  EXPECT_EQ(times("POST /plain/login"), 2 + 4)
      << "two right ones to find out; then right, wrong, right, empty in the run\n"
      << requests();
}

TEST_F(Init, FindsTheSignInPageFromAnother) {
  Invocation murphy = invocation("plain", {"--as", "ada"});
  murphy.arguments[1] = fmt::format("http://127.0.0.1:{}/plain/", port_);
  murphy.environment["ADA_EMAIL"] = "ada@example.com";
  murphy.environment["ADA_PASSWORD"] = password_;
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(project(), HasSubstr("page = \"/plain/login\""));
}

TEST_F(Init, FindsWaysOutOfManyKinds) {
  ASSERT_EQ(init("german").code, 0);
  EXPECT_THAT(project(), HasSubstr(R"(sign_out  = { page = "/german/home", click = "[href=\"/german/abmelden\"]" })"));
  EXPECT_THAT(project(), HasSubstr(R"(submit = "Anmelden", fields = { E-Mail = )"));
  expect_passes(5);
  ASSERT_EQ(init("confirm", {"--force"}).code, 0);
  EXPECT_THAT(project(), HasSubstr(R"(sign_out  = { page = "/confirm/logout", submit = "Yes" })"));
  expect_passes(5);
}

TEST_F(Init, LeavesOutASignOutThatItDoesNotFind) {
  const Finished none = init("noway");
  EXPECT_EQ(none.code, 0) << none.err;
  EXPECT_THAT(none.err, HasSubstr("Found no link or button that signs out: its scenario is left out.\n"));
  EXPECT_THAT(project(),
              HasSubstr("# sign_out = { page = \"/noway/home\", submit = \"Sign out\" } # the dashboard shows"));
  expect_passes(4);
  EXPECT_THAT(init("stays", {"--force"}).err, HasSubstr("\"Log out\" leaves the dashboard open"));
  expect_passes(4);
}

TEST_F(Init, LeavesOutASignOutThatEndsOnAnError) {
  const Finished done = init("lost");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("\"Log out\" signs out and ends on an error, 404 /lost/gone: its scenario is left "
                                  "out.\n"));
  EXPECT_THAT(project(), HasSubstr(" # this signs out and ends on an error, 404 /lost/gone: Log out\n"));
  expect_passes(4);
}

TEST_F(Init, TakesASignOutThatLeadsBackToWhatIsClosedNow) {
  ASSERT_EQ(init("guarded").code, 0);
  expect_passes(5);
}

TEST_F(Init, SaysThatAScriptWouldSignOut) {
  EXPECT_THAT(init("scripted").err, HasSubstr("\"Log out\" leaves the dashboard open without its script: "));
  expect_passes(4);
}

TEST_F(Init, SaysThatAScriptTakesPartInAButton) {
  for (const char* app : {"pressed", "sent"})
    EXPECT_THAT(init(app, {"--force"}).err, HasSubstr("\"Log out\" leaves the dashboard open without its script: "));
  EXPECT_THAT(init("refused", {"--force"}).err, HasSubstr("\"Log out\" leaves the dashboard open: "));
}

TEST_F(Init, LooksWhetherAWayOutThatLeadsNowhereHasClosedTheDashboard) {
  EXPECT_THAT(init("endless").err, HasSubstr("\"Log out\" leaves the dashboard open: "));
  EXPECT_THAT(init("nearly", {"--force"}).err, HasSubstr("\"Log out\" signs out and leads to no page: "))
      << "that is more than what was tried after it does";
  EXPECT_EQ(times("GET /nearly/about?logout"), 1U) << requests();
}

TEST_F(Init, TakesTheWayInFromAPageThatKeepsStrangersOut) {
  Invocation murphy = invocation("forbidden", {"--as", "ada"});
  murphy.arguments[1] = fmt::format("http://127.0.0.1:{}/forbidden/", port_);
  murphy.environment["ADA_EMAIL"] = "ada@example.com";
  murphy.environment["ADA_PASSWORD"] = password_;
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(project(), HasSubstr("page = \"/forbidden/login\""));
}

TEST_F(Init, KeepsTheQueryOfASignInPageThatIsNamed) {
  const Finished done = init("plain", {"--sign-in", "/plain/login?next=/plain/home"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(project(), HasSubstr("page = \"/plain/login?next=/plain/home\""));
}

TEST_F(Init, WritesNoQueryThatIsGoodOnce) {
  const Finished done = init("plain", {"--sign-in", "/plain/start"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(project(), HasSubstr("page = \"/plain/login\""));
  const Finished needed = init("stateful", {"--force", "--sign-in", "/stateful/start"});
  EXPECT_EQ(needed.code, 0) << needed.err;
  EXPECT_THAT(project(), AllOf(HasSubstr("page = \"/stateful/start\""), Not(HasSubstr("state="))));
}

TEST_F(Init, GoesOnToAPageThatIsClosedToStrangers) {
  const Finished done = init("member");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(project(), HasSubstr("dashboard = { page = \"/member/account\", "));
  EXPECT_THAT(scenarios(), HasSubstr("{ open = \"/member/account\", expect = { dashboard = \"open\" } },"));
  expect_passes(5);
}

TEST_F(Init, TakesAPageForClosedThatStrangersDoNotGet) {
  EXPECT_THAT(init("public").err, HasSubstr("without a session, the app answers 200 /public/.\n"));
  expect_passes(5);
  EXPECT_THAT(init("hidden", {"--force"}).err, HasSubstr("without a session, the app answers 404 /hidden/home.\n"));
  expect_passes(5);
}

TEST_F(Init, WaitsOnceForAnAppThatAsksForIt) {
  const std::string waits = "The app takes no more requests for 1 s. Murphy waits for it once.\n";
  for (const char* app : {"short", "posts"}) {
    const Finished done = init(app, {"--force"});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(done.err, HasSubstr(waits));
    expect_passes(5);
  }
}

TEST_F(Init, TakesThePasswordNowhereElse) {
  EXPECT_EQ(init("carries").code, 3);
  EXPECT_EQ(times("POST"), 1U) << requests();
}

TEST_F(Init, PressesNoButtonThatDoesNotSpeakOfSigningOut) {
  EXPECT_THAT(init("newsletter").err, HasSubstr("\"Log out\" leaves the dashboard open"));
  EXPECT_EQ(times("POST /newsletter/more"), 0U) << requests();
}

struct RefusedApp {
  std::string app;
  std::string says;
  bool before_the_account = true; // no password has gone out
};

void PrintTo(const RefusedApp& refusal, std::ostream* out) { *out << refusal.app; }

class InitRefuses : public Init, public testing::WithParamInterface<RefusedApp> {};

TEST_P(InitRefuses, AndSaysWhatToDoInstead) {
  const Finished done = init(GetParam().app);
  EXPECT_EQ(done.code, 3) << done.err;
  EXPECT_EQ(done.out, "");
  EXPECT_THAT(done.err, HasSubstr(GetParam().says));
  EXPECT_THAT(done.err, HasSubstr("\n  ")) << "what to do instead";
  EXPECT_FALSE(has_written());
  if (GetParam().before_the_account) {
    EXPECT_THAT(requests(), Not(HasSubstr("POST")));
  }
  EXPECT_THAT(requests() + done.err, Not(HasSubstr("horse")));
}

INSTANTIATE_TEST_SUITE_P(
    All, InitRefuses,
    testing::Values(
        RefusedApp{"spa",
                   "scripts make the page /spa/login \"spa\", and Murphy runs none\n  sign in by the request that the "
                   "scripts send, in a sign_in of several steps\n  the scripts name /api/session: "},
        RefusedApp{"get", "the form of /get/login would put the password into the address; nothing was sent\n"},
        RefusedApp{"turns", "the form of /turns/login would put the password into the address; nothing was sent\n"},
        RefusedApp{"carries", "the address that a form is sent on to is on http://localhost:", false},
        RefusedApp{"script", "its onsubmit sends it"},
        RefusedApp{"loose", "the password field of /loose/login belongs to no form, so a script sends it\n"},
        RefusedApp{"captcha", "the form of /captcha/login asks for the proof of a person: class h-captcha\n"},
        RefusedApp{"elsewhere", "the page to sign in is on http://localhost:"},
        RefusedApp{"sends", "what the form of /sends/login is sent to is on http://localhost:"},
        RefusedApp{"basic", "the server asks for HTTP authentication (basic, realm \"staging\"), not by a form\n"},
        RefusedApp{"two", "/two/login asks for \"Email\" alone, and for the password on a second page\n"},
        RefusedApp{"none", "/none/login has no form with a password field\n"},
        RefusedApp{"down", "/down/login answers 500 \"down\"\n"},
        RefusedApp{"busy", "the app takes no more attempts to sign in: /busy/login answers 429 \"busy\"\n  wait as its "
                           "Retry-After says (61)"},
        RefusedApp{"twice", "the app takes no more attempts to sign in: /twice/login answers 429"},
        RefusedApp{"locked", "the app takes no more attempts to sign in: /locked/login answers 429", false},
        RefusedApp{"breaks", "after the sign-in, /breaks/login answers 500 \"breaks\"\n", false},
        RefusedApp{"empty",
                   "after the sign-in, /empty/gone answers 404 \"empty\"\n  let the app lead people to a page "
                   "that is there, or name a sign-in page that does: --sign-in '/login?next=/home'\n",
                   false},
        RefusedApp{"code", "the app takes the password, then asks for a code: the field \"Code\"\n", false},
        RefusedApp{"leaves", "the page after the sign-in is on http://localhost:", false},
        RefusedApp{"open", "/open/home is open to everyone, so it proves no sign-in\n", false}),
    [](const auto& instance) { return instance.param.app; });

TEST_F(Init, RefusesAWrongPasswordInTheWordsOfTheApp) {
  Invocation murphy = invocation("plain", {"--as", "ada"});
  murphy.environment["ADA_EMAIL"] = "ada@example.com";
  murphy.environment["ADA_PASSWORD"] = "something else";
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 3);
  EXPECT_THAT(done.err, HasSubstr("the app refuses this account: \"Wrong e-mail or password\"\n"));
  EXPECT_FALSE(has_written());
}

TEST_F(Init, WritesNothingThatIsNotProven) {
  const Finished careless = init("careless");
  EXPECT_EQ(careless.code, 3) << careless.err;
  EXPECT_THAT(careless.out, StartsWith("# not proven: A wrong password lets no one in: expected the dashboard closed"));
  EXPECT_THAT(careless.out, AllOf(HasSubstr("# murphy.toml\n[app]\n"), HasSubstr("# scenarios/sign-in.toml\nfeature")));
  EXPECT_THAT(careless.err, HasSubstr("\nOther candidates for --shows: #who\n"));
  const Finished bare = init("bare");
  EXPECT_EQ(bare.code, 3);
  EXPECT_THAT(bare.err,
              HasSubstr("Nothing on /bare/home distinguishes it from what strangers get, so nothing is written."));
  EXPECT_FALSE(has_written());
}

TEST_F(Init, TakesWhatTheUserSays) {
  const Finished done =
      init("plain", {"--submit", "Sign in", "--user-field", "name:email", "--password-field", "password", "--dashboard",
                     "/plain/home", "--shows", "#who", "--sign-out", "Sign out", "--sign-in", "/plain/login"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(project(), HasSubstr("fields = { \"name:email\" = \"${user.email}\", password = \"${user.password}\" }"));
  EXPECT_THAT(project(), HasSubstr("shows = \"#who\""));
  EXPECT_THAT(init("plain", {"--force", "--submit", "Go"}).err, HasSubstr("the page has no form \"Go\""));
  EXPECT_EQ(init("plain", {"--force", "--shows", "p["}).code, 2);
}

TEST_F(Init, LeavesFilesAloneThatAreThere) {
  folder_.write("app/murphy.toml", "# mine\n");
  const Finished refused = init("plain");
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, StartsWith("app/murphy.toml is already there\n  to replace it, add --force"));
  EXPECT_EQ(project(), "# mine\n");
  EXPECT_EQ(requests(), "") << "nothing was sent";
  EXPECT_EQ(init("plain", {"--force"}).code, 0);
  EXPECT_EQ(read_file(folder_ / "app/murphy.toml~"), "# mine\n");
  const std::string written = project() + scenarios();
  const Finished again = init("plain");
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("app/murphy.toml and app/scenarios/sign-in.toml are already there\n"));
  EXPECT_EQ(project() + scenarios(), written);
}

TEST_F(Init, PrintsInsteadOfWriting) {
  const Finished printed = init("plain", {"--dry-run"});
  EXPECT_EQ(printed.code, 0) << printed.err;
  EXPECT_FALSE(has_written());
  ASSERT_EQ(init("plain").code, 0);
  EXPECT_EQ(printed.out, "# murphy.toml\n" + project() + "\n# scenarios/sign-in.toml\n" + scenarios());
}

TEST_F(Init, SaysWhatIsWrongWithItsArguments) {
  const auto refused = [&](const std::vector<std::string>& arguments) {
    Invocation murphy;
    murphy.directory = folder_.path();
    murphy.environment = {{"CI", "1"}};
    murphy.arguments = {"init"};
    murphy.arguments.insert(murphy.arguments.end(), arguments.begin(), arguments.end());
    const Finished done = run(murphy);
    EXPECT_EQ(done.code, 2) << done.err;
    return done.err;
  };
  folder_.write("file", "");
  EXPECT_THAT(refused({}), HasSubstr("url"));
  EXPECT_THAT(refused({"localhost:8000/login"}), HasSubstr("write the whole address: http://127.0.0.1:8000/login"));
  EXPECT_THAT(refused({"/login"}), HasSubstr("/login is a path, and no app is named"));
  EXPECT_THAT(refused({"http://127.0.0.1:1/", "--as", "4"}), HasSubstr("\"4\" cannot be the name of a user"));
  EXPECT_THAT(refused({"http://127.0.0.1:1/", "--as", "user"}), HasSubstr("\"user\" cannot be the name of a user"));
  EXPECT_THAT(refused({"http://127.0.0.1:1/", "--directory", "file"}), HasSubstr("file is no folder"));
  EXPECT_THAT(refused({"/login", "--start", "x ${port}", "--directory", "none"}),
              HasSubstr("there is no folder none, in which --start would run"));
  EXPECT_THAT(refused({"/login", "--start", "bin/server"}), HasSubstr("--start does not say on which port"));
  const Finished no_terminal = run(invocation("plain"));
  EXPECT_EQ(no_terminal.code, 2);
  EXPECT_THAT(no_terminal.err, HasSubstr("there is no terminal on which Murphy can ask for the account\n"
                                         "  set ADA_EMAIL and ADA_PASSWORD in the environment, and add --as ada\n"));
  Invocation nobody = invocation("plain");
  nobody.arguments[1] = "http://127.0.0.1:1/";
  EXPECT_EQ(run(nobody).code, 3) << "nothing listens there";
}

TEST_F(Init, SendsNoPasswordInClearToAnotherMachine) {
  serve();
  Invocation murphy = invocation("plain", {"--as", "ada", "--resolve", "app.test:" + port_ + ":127.0.0.1"});
  murphy.arguments[1] = fmt::format("http://app.test:{}/plain/login", port_);
  murphy.environment["ADA_EMAIL"] = "ada@example.com";
  murphy.environment["ADA_PASSWORD"] = password_;
  const Finished refused = run(murphy);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr(" unencrypted; nothing was sent\n  use an address with https, or add --insecure"));
  EXPECT_THAT(requests(), Not(HasSubstr("POST")));
  murphy.arguments.emplace_back("--insecure");
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 0) << done.err;
}

TEST_F(Init, AsksTwoQuestionsOnATerminal) {
  Invocation murphy = invocation("plain");
  murphy.environment = {{"TERM", "xterm"}};
  const Seen seen = run_on_terminal(
      murphy, 100,
      {{.after = "Email: ", .text = "ada@example.com\n"}, {.after = "Password: ", .text = right_password + "\n"}});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  EXPECT_THAT(seen.raw, Not(HasSubstr("horse"))) << "the terminal shows no password";
  EXPECT_THAT(seen.screen.text(), HasSubstr("Email: ada@example.com"));
  EXPECT_THAT(seen.screen.text(), HasSubstr("  read -rs ADA_PASSWORD && export ADA_PASSWORD\n"));
  EXPECT_THAT(project(), HasSubstr("[user.ada]\nemail    = \"ada@example.com\"\n"));
  expect_passes(5);
}

TEST_F(Init, AsksOnceMoreForAPasswordThatWasTypedWrong) {
  Invocation murphy = invocation("plain");
  murphy.environment = {{"TERM", "xterm"}};
  const Seen seen = run_on_terminal(murphy, 100,
                                    {{.after = "Email: ", .text = "ada@example.com\n"},
                                     {.after = "Password: ", .text = "correct house 9\n"},
                                     {.after = "Password: ", .text = right_password + "\n"}});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  EXPECT_THAT(seen.raw, AllOf(Not(HasSubstr("horse")), Not(HasSubstr("house"))));
  EXPECT_THAT(seen.screen.text(), HasSubstr("Wrong e-mail or password"));
}

TEST_F(Init, EndsByControlCAtAQuestion) {
  Invocation murphy = invocation("plain");
  // A shell that stays shows how the terminal is left behind.
  Invocation shell;
  shell.binary = "/bin/sh";
  shell.directory = murphy.directory;
  shell.arguments = {"-c", "trap : INT; \"$@\"; echo \"code $?\"; stty -a", "sh", murphy.binary};
  shell.arguments.insert(shell.arguments.end(), murphy.arguments.begin(), murphy.arguments.end());
  shell.environment = {{"TERM", "xterm"}, {"PATH", "/usr/bin:/bin"}};
  const Seen seen = run_on_terminal(
      shell, 100, {{.after = "Email: ", .text = "ada@example.com\n"}, {.after = "Password: ", .text = "\x1c\x1a\x03"}});
  EXPECT_THAT(seen.raw, HasSubstr("code 130"));
  EXPECT_THAT(seen.raw, AllOf(HasSubstr(" echo "), Not(HasSubstr("-echo ")))) << "what is typed is shown again";
  EXPECT_FALSE(has_written());
}

TEST_F(Init, RefusesALineThatATerminalWouldCutOff) {
  Invocation murphy = invocation("plain");
  murphy.environment = {{"TERM", "xterm"}};
  const Seen seen = run_on_terminal(murphy, 100, {{.after = "Email: ", .text = std::string(4095, 'a') + "\n"}});
  EXPECT_EQ(seen.code, 2) << seen.raw;
  EXPECT_THAT(seen.screen.text(), HasSubstr("a line may have 4094 bytes"));
}

TEST_F(Init, KeepsAPasswordToItself) {
  password_ = fmt::format("p&\"é%+ \\canary{}", getpid());
  const std::string environment = (folder_ / "environment").string();
  Invocation murphy = invocation("plain");
  murphy.arguments = {"init",
                      "/plain/login",
                      "--start",
                      fmt::format("env > '{}'; SIGNING_IN_PASSWORD=\"$(cat '{}')\" exec python3 -u "
                                  "'{}/signing_in.py' ${{port}}",
                                  environment, folder_.write("known", password_), servers),
                      "--directory",
                      "app"};
  murphy.environment = {{"TERM", "xterm"}};
  const Seen typed = run_on_terminal(
      murphy, 100,
      {{.after = "Email: ", .text = "ada@example.com\n"}, {.after = "Password: ", .text = password_ + "\n"}});
  EXPECT_EQ(typed.code, 0) << typed.raw;
  const Finished told = init("tells", {"--force"});
  EXPECT_EQ(told.code, 3) << told.err;
  const Finished wrong = init("careless", {"--force"});
  EXPECT_EQ(wrong.code, 3);
  const Outputs outputs{{"the terminal", typed.raw},
                        {"murphy.toml", project()},
                        {"sign-in.toml", scenarios()},
                        {"the environment of the app", read_file(environment)},
                        {"of an app that tells it", told.out + told.err},
                        {"of an app that lets everyone in", wrong.out + wrong.err}};
  for (const auto& [name, text] : outputs) EXPECT_FALSE(text.empty()) << name;
  expect_nowhere(outputs, spellings_of("ada", password_));
  expect_nowhere(outputs, {{"its end", fmt::format("canary{}", getpid())}});
}

TEST_F(Init, WritesNoFileThatWouldHoldThePassword) {
  password_ = "horse and battery";
  const Finished done = init("tells");
  EXPECT_EQ(done.code, 3) << done.err;
  EXPECT_THAT(done.err, HasSubstr("the page behind the sign-in shows the password, so the files would hold it\n"));
  EXPECT_THAT(done.out + done.err, Not(HasSubstr("battery")));
  EXPECT_FALSE(has_written());
}

TEST_F(Init, WritesNoCommandThatHoldsThePassword) {
  const auto started = [&](const std::string& start, const std::string& url) {
    Invocation murphy;
    murphy.directory = folder_.path();
    murphy.environment = {{"CI", "1"}, {"ADA_EMAIL", "ada@example.com"}, {"ADA_PASSWORD", password_}};
    murphy.arguments = {"init", url, "--start", start, "--as", "ada", "--directory", "app"};
    return run(murphy);
  };
  const Finished told = started("PW='" + password_ + "' server ${port}", "/plain/login");
  EXPECT_EQ(told.code, 2);
  EXPECT_THAT(told.err, StartsWith("--start contains the password, so the project would hold it\n  let the app read"));
  const Finished died = started("echo nobody listens to \"$ADA_PASSWORD\"; exit 4", "http://127.0.0.1:1/login");
  EXPECT_EQ(died.code, 3);
  EXPECT_THAT(died.err, AllOf(HasSubstr("The last lines of its console:\n  nobody listens to ‹ada.password›\n"),
                              HasSubstr("see its console")));
  EXPECT_THAT(told.err + died.err, Not(HasSubstr("horse")));
  EXPECT_FALSE(has_written());
}

TEST_F(Init, StartsTheAppAtTheHostOfItsAddress) {
  Invocation murphy;
  murphy.directory = folder_.path();
  murphy.environment = {{"CI", "1"}, {"ADA_EMAIL", "ada@example.com"}, {"ADA_PASSWORD", password_}};
  murphy.arguments = {"init",        "http://localhost/plain/login",
                      "--start",     fmt::format("exec python3 -u '{}/signing_in.py' ${{port}}", servers),
                      "--as",        "ada",
                      "--directory", "app"};
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(project(), HasSubstr("\nurl   = \"http://localhost:${port}\"\n"));
}

TEST_F(Init, LeavesNoFileWhenItIsKilled) {
  for (const int answer : {1, 4, 9, 16, 24, 34}) {
    Invocation murphy = invocation(fmt::format("hold{}", answer), {"--as", "ada"});
    murphy.environment["ADA_EMAIL"] = "ada@example.com";
    murphy.environment["ADA_PASSWORD"] = password_;
    const Running running(murphy);
    ASSERT_TRUE(server_->wait_for("held\n")) << answer;
    running.send(SIGKILL);
    EXPECT_FALSE(has_written()) << answer;
    server_.reset();
  }
}

TEST_F(Init, OfTheExampleAppGivesTheProjectThatItHas) {
  Invocation murphy;
  murphy.directory = folder_.path();
  murphy.environment = {{"CI", "1"},
                        {"DASHBOARD_BIN", dashboard_program()},
                        {"ADA_EMAIL", "ada@example.com"},
                        {"ADA_PASSWORD", right_password}};
  murphy.arguments = {"init", "/",   "--start",     in_project("fixtures/dashboard/start") + " ${port}",
                      "--as", "ada", "--directory", "app"};
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 0) << done.err;
  const std::string known = read_file(in_project("fixtures/dashboard/murphy.toml"));
  const std::size_t begin = known.find("[app]\n"), end = known.find("\n\n", begin);
  EXPECT_THAT(project(), StartsWith(known.substr(begin, end - begin)));
  EXPECT_THAT(project(), HasSubstr("\nurl   = \"http://127.0.0.1:${port}\"\nstart = "));
}

struct RealApp {
  std::string test;
  std::string target, page;
  std::string user, login, password;
  std::string language = {};
};

void PrintTo(const RealApp& app, std::ostream* out) { *out << app.test; }

class InitOfARealApp : public Init, public testing::WithParamInterface<RealApp> {};

TEST_P(InitOfARealApp, PassesAtOnce) {
  const RealApp& app = GetParam();
  // The first start of an app takes longer than others: its own project has the patience.
  Invocation first;
  first.arguments = {"forms", app.page, "--project", folder_of(app.target) + "/murphy.toml"};
  ASSERT_EQ(run(first).code, 0);
  Invocation murphy;
  murphy.directory = folder_.path();
  murphy.environment = {{"CI", "1"},
                        {"DJANGO_LANGUAGE", app.language},
                        {app.user + "_EMAIL", app.login},
                        {app.user + "_NAME", app.login},
                        {app.user + "_PASSWORD", app.password}};
  if (app.language.empty()) murphy.environment.erase("DJANGO_LANGUAGE");
  murphy.arguments = {"init",        app.page, "--start", fmt::format("PORT=${{port}} {}/start", folder_of(app.target)),
                      "--directory", "app",    "--as",    app.user == "ADA" ? "ada" : "grace"};
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_THAT(done.err, HasSubstr("Ran what it writes: 5 scenarios passed.\n"));
  EXPECT_THAT(project(), HasSubstr("\nsign_out  = { page = "));
  EXPECT_THAT(project() + scenarios() + done.out + done.err, Not(HasSubstr(app.password)));
}

INSTANTIATE_TEST_SUITE_P(
    All, InitOfARealApp,
    testing::Values(
        RealApp{"DjangoPages", "django", "/", "ADA", "ada@example.com", right_password},
        RealApp{"DjangoAdmin", "django", "/admin/", "GRACE", "grace@example.com", "nanoseconds 11"},
        RealApp{"DjangoAdminInGerman", "django", "/admin/", "GRACE", "grace@example.com", "nanoseconds 11", "de"},
        RealApp{"DjangoAdminInJapanese", "django", "/admin/", "GRACE", "grace@example.com", "nanoseconds 11", "ja"},
        RealApp{"WordPress", "wordpress", "/wp-login.php", "ADA", "ada", right_password}),
    [](const auto& instance) { return instance.param.test; });

} // namespace
} // namespace murphy::end_to_end
