// `murphy record`: from what a person does in a real Chromium to a scenario that passes. servers/chromium_driver.py is
// the person.
#include "command.h"
#include "evidence.h"
#include "leaks.h"
#include "project.h"
#include "terminal.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <thread>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const std::string recorded_password = "p&\"é canary13";

class Record : public testing::Test {
protected:
  Record() {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/signing_in.py", "0"};
    python.environment = {{"SIGNING_IN_PASSWORD", recorded_password}};
    server_.emplace(python);
    origin_ = "http://127.0.0.1:" + server_->first_line().value_or("0");
    folder_.write("murphy.toml", fmt::format("[target.local]\nurl = \"{}\"\n[user.ada]\nemail = \"ada@example.com\"\n"
                                             "password = {{ env = \"ADA_PASSWORD\" }}\n",
                                             origin_));
    std::filesystem::create_directory(folder_ / "tmp");
    murphy_.directory = folder_.path();
    murphy_.environment = {{"CHROMIUM", std::string(servers) + "/chromium_driver.py"},
                           {"DISPLAY", ":0"},
                           {"ACTS", (folder_ / "acts.json").string()},
                           {"TMPDIR", (folder_ / "tmp").string()},
                           {"ADA_PASSWORD", recorded_password},
                           {"SUP_1_PASSWORD", recorded_password},
                           {"SUP_1_EMAIL", "ada@example.com"}};
    // A browser with windows, and the display for them: as tests/conformance/run has them.
    for (const char* name : {"MURPHY_TEST_BROWSER", "DISPLAY"})
      if (const char* value = std::getenv(name); value != nullptr && std::getenv("MURPHY_TEST_BROWSER") != nullptr)
        murphy_.environment[name] = value;
    murphy_.arguments = {"record", origin_ + "/plain/login", "--name", "SUP-1"};
  }

  // What the person does.
  void act(const std::string& acts) const { folder_.write("acts.json", "[" + acts + "]"); }
  static std::string sign_in(const std::string& send) {
    return fmt::format(R"({{"wait": "[name=email]"}}, {{"fill": ["[name=email]", "ada@example.com"]}},
                          {{"fill": ["[name=password]", "p&\"é canary13"]}}, {}, {{"wait": "[action='/plain/logout']"}})",
                       send);
  }
  std::string written() const { return read_file(folder_ / "scenarios/SUP-1.toml"); }

  TemporaryFolder folder_;
  std::optional<Running> server_;
  std::string origin_;
  Invocation murphy_;
};

TEST_F(Record, WritesAScenarioThatPasses) {
  act(sign_in(R"({"press": "button"})") + R"(, {"close": true})");
  murphy_.arguments.emplace_back("--run");
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_THAT(written(), HasSubstr(R"(  { open = "/plain/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" } },
)"));
  EXPECT_THAT(done.err, AllOf(HasSubstr("{ open = \"/plain/login\" }\n"), HasSubstr("{ submit = \"Sign in\", with = "),
                              HasSubstr("Wrote scenarios/SUP-1.toml.\n")));
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "tmp")) << "the profile goes away";
}

TEST_F(Record, TakesTheEnterKeyAndAStrangerToTheProject) {
  folder_.write("murphy.toml", fmt::format("[target.local]\nurl = \"{}\"\n", origin_));
  act(sign_in(R"({"key": "Enter"})") + R"(, {"close": true})");
  murphy_.arguments.emplace_back("--run");
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_THAT(written(), HasSubstr("Email = \"${env:SUP_1_EMAIL}\", Password = \"${env:SUP_1_PASSWORD}\""));
  EXPECT_THAT(done.err, HasSubstr("Set SUP_1_PASSWORD before you run it: what you typed, which Murphy did not see.\n"));
}

TEST_F(Record, ExpectsWhatIsSelected) {
  act(sign_in(R"({"press": "button"})") + R"(, {"select": "button"}, {"asked": true}, {"close": true})");
  murphy_.environment["TERM"] = "xterm";
  const Seen seen = run_on_terminal(murphy_, 200, {{.after = "{ submit = ", .text = "\n"}});
  EXPECT_EQ(seen.code, 0) << seen.raw;
  EXPECT_THAT(written(), HasSubstr("expect = { text = \"Sign out\" }"));
  EXPECT_THAT(seen.screen.text(), HasSubstr("expect = { text = \"Sign out\" }"));
}

TEST_F(Record, SaysNoPassword) {
  act(sign_in(R"({"press": "button"})") + R"(, {"close": true})");
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{}, {"--force", "--values", "placeholder"}, {"--dry-run"}}) {
    Invocation murphy = murphy_;
    murphy.arguments.insert(murphy.arguments.end(), more.begin(), more.end());
    const Finished done = run(murphy);
    EXPECT_EQ(done.code, 0) << done.err;
    expect_nowhere({{"standard output", done.out}, {"standard error", done.err}, {"scenario", written()}},
                   spellings_of("the password", recorded_password));
  }
}

TEST_F(Record, NeverHearsAPasswordThatThePageShows) {
  murphy_.arguments[1] = origin_ + "/shown/login";
  act(R"json({"wait": "[name=email]"}, {"fill": ["[name=email]", "ada@example.com"]}, {"press": "button[type=button]"},
         {"fill": ["[name=password]", "p&\"é canary13"]}, {"press": "button:not([type])"},
         {"wait": "[action='/shown/logout']"}, {"close": true})json");
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(written(), HasSubstr("Password = \"${ada.password}\""));
  expect_nowhere({{"standard output", done.out}, {"standard error", done.err}, {"scenario", written()}},
                 spellings_of("the password", recorded_password));
}

TEST_F(Record, TakesNoCodeAndNoCardNumber) {
  murphy_.arguments[1] = origin_ + "/codes/login";
  const std::string otp = "canary-otp-1", card = "4111 1111 1111 1111", digits = "904713";
  act(fmt::format(R"json({{"wait": "[name=email]"}}, {{"fill": ["[name=email]", "ada@example.com"]}},
         {{"fill": ["[name=otp_code]", "{}"]}}, {{"fill": ["[name=c]", "{}"]}}, {{"fill": ["[name=d]", "{}"]}},
         {{"fill": ["[name=password]", "p&\"é canary13"]}}, {{"press": "button"}},
         {{"wait": "[action='/codes/logout']"}}, {{"close": true}})json",
                  otp, card, digits));
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(written(), HasSubstr("Email = \"${ada.email}\""));
  for (const std::string& each : {otp, card, digits})
    for (const std::string& text : {done.out, done.err, written()}) EXPECT_THAT(text, Not(HasSubstr(each)));
}

TEST_F(Record, FollowsALinkAfterSomethingWasTyped) {
  murphy_.arguments[1] = origin_ + "/links/login";
  act(R"json({"wait": "[name=email]"}, {"fill": ["[name=email]", "ada@example.com"]}, {"press": "a"}, {"wait": "h1"},
         {"close": true})json");
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(written(), AllOf(HasSubstr("{ click = \"About\" }"), Not(HasSubstr("submit"))));
  EXPECT_THAT(done.err, HasSubstr("field that was filled in and not sent (1)"));
}

TEST_F(Record, KnowsAnAnswerWithoutAPage) {
  murphy_.arguments[1] = origin_ + "/links/login";
  act(fmt::format(
      R"json({{"wait": "#nothing"}}, {{"press": "#nothing"}}, {{"open": "{}/links/about"}}, {{"wait": "h1"}},
         {{"close": true}})json",
      origin_));
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(written(), AllOf(HasSubstr("{ open = \"/links/about\" }"), Not(HasSubstr("click = \"Nothing\""))));
}

TEST_F(Record, WritesNothingWhenTheBrowserCrashes) {
  act(R"({"wait": "[name=email]"}, {"crash": true})");
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 3) << done.err;
  EXPECT_THAT(done.err, HasSubstr("before its last window was closed; nothing is written\n"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "scenarios/SUP-1.toml"));
}

TEST_F(Record, WritesNothingWhenTheAddressCannotBeOpened) {
  murphy_.arguments[1] = "http://127.0.0.1:1/";
  act(R"({"wait": "body"}, {"close": true})");
  const Finished done = run(murphy_);
  EXPECT_EQ(done.code, 5) << done.err;
  EXPECT_THAT(done.err, HasSubstr("No page of an app was opened, so nothing is written.\n"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "scenarios/SUP-1.toml"));
}

TEST_F(Record, LeavesNoProfileWhenItIsKilled) {
  act(R"({"wait": "[name=email]"}, {"asked": true})");
  {
    Running killed(murphy_);
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    const auto wait_for = [&](const auto& condition) {
      while (!condition() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    };
    const auto is_empty = [&] { return std::filesystem::is_empty(folder_ / "tmp"); };
    // Who is killed before the browser starts leaves an empty folder.
    wait_for([&] {
      return std::ranges::any_of(std::filesystem::directory_iterator(folder_ / "tmp"),
                                 [](const auto& entry) { return std::filesystem::exists(entry.path() / "profile"); });
    });
    killed.send(SIGKILL);
    killed.wait();
    wait_for(is_empty);
    EXPECT_TRUE(is_empty());
  }
}

TEST_F(Record, EndsByControlCWithoutAFile) {
  act(R"({"wait": "[name=email]"}, {"asked": true})");
  murphy_.environment["TERM"] = "xterm";
  const Seen seen = run_on_terminal(murphy_, 200, {{.after = "{ open = ", .text = "\x03"}});
  EXPECT_EQ(seen.code, 130) << seen.raw;
  EXPECT_THAT(seen.screen.text(), HasSubstr("interrupted; nothing is written"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "scenarios/SUP-1.toml"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "tmp"));
}

TEST_F(Record, RefusesWhatItCannotDo) {
  Invocation without_display = murphy_;
  without_display.environment.erase("DISPLAY");
  const Finished blind = run(without_display);
  EXPECT_EQ(blind.code, 2);
  EXPECT_EQ(blind.err, "there is no display to open a browser on: DISPLAY and WAYLAND_DISPLAY are not set\n"
                       "  record it in a browser of yours instead, and use murphy import har or murphy import "
                       "recording; docs/import.md describes both\n");
  Invocation closed = murphy_;
  closed.environment["DISPLAY"] = ":98";
  closed.environment["CHROMIUM"] =
      folder_.write("chromium", "#!/bin/sh\necho 'ERROR: Missing X server or $DISPLAY' >&2\n");
  std::filesystem::permissions(folder_ / "chromium", std::filesystem::perms::owner_all);
  const Finished dark = run(closed);
  EXPECT_EQ(dark.code, 3);
  EXPECT_THAT(dark.err, EndsWith("the browser cannot open a window: nothing answers at the display, DISPLAY is :98\n"
                                 "  name a display that is there, or record it in a browser of yours instead, and use "
                                 "murphy import har or murphy import recording; docs/import.md describes both\n"));
  Invocation without_browser = murphy_;
  without_browser.environment.erase("CHROMIUM");
  without_browser.environment["PATH"] = (folder_ / "tmp").string();
  EXPECT_THAT(run(without_browser).err, HasSubstr("Chromium is not installed\n  on Debian, apt install chromium;"));
  Invocation broken = murphy_;
  broken.environment["CHROMIUM"] = "/nowhere/chromium";
  const Finished none = run(broken);
  EXPECT_EQ(none.code, 3);
  EXPECT_THAT(none.err, AllOf(HasSubstr("Chromium does not answer: "), HasSubstr("/nowhere/chromium"),
                              HasSubstr("  CHROMIUM in the environment names the program: correct it, or unset it\n")));
  Invocation no_address = murphy_;
  no_address.arguments[1] = "/plain/login";
  EXPECT_THAT(run(no_address).err, HasSubstr("\"/plain/login\" is not the address of a page\n"));
  folder_.write("scenarios/SUP-1.toml", "feature = \"Mine\"\n");
  EXPECT_EQ(run(murphy_).code, 2);
  EXPECT_EQ(written(), "feature = \"Mine\"\n");
}

} // namespace
} // namespace murphy::end_to_end
