// `murphy import recording`: from what a recorder of a browser wrote to a scenario, from the real binary.
#include "command.h"
#include "leaks.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

class ImportRecording : public testing::Test {
protected:
  ImportRecording() {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/signing_in.py", "0", (folder_ / "requests").string()};
    server_.emplace(python);
    origin_ = "http://127.0.0.1:" + server_->first_line().value_or("0");
    folder_.write("murphy.toml", fmt::format("[target.local]\nurl = \"{}\"\n[user.ada]\nemail = \"ada@example.com\"\n"
                                             "password = {{ env = \"ADA_PASSWORD\" }}\n",
                                             origin_));
    folder_.write("ticket.json", fmt::format(R"({{"title": "x", "steps": [
      {{"type": "navigate", "url": "{}/plain/login"}},
      {{"type": "change", "value": "ada@example.com", "selectors": [["aria/Email"]]}},
      {{"type": "change", "value": "canary hush 9", "selectors": [["aria/Password"]]}},
      {{"type": "click", "selectors": [["aria/Sign in"]], "assertedEvents": [{{"type": "navigation"}}]}},
      {{"type": "waitForElement", "selectors": [["form[action='/plain/logout']"]]}}]}})",
                                             origin_));
  }

  Finished import(const std::vector<std::string>& more = {}) const {
    Invocation murphy;
    murphy.directory = folder_.path();
    murphy.environment = {{"ADA_PASSWORD", "correct horse 9"}, {"SUP_1_PASSWORD", "correct horse 9"}};
    murphy.arguments = {"import", "recording", "ticket.json", "--name", "SUP-1"};
    murphy.arguments.insert(murphy.arguments.end(), more.begin(), more.end());
    return run(murphy);
  }

  TemporaryFolder folder_;
  std::optional<Running> server_;
  std::string origin_;
};

TEST_F(ImportRecording, WritesAScenarioThatPasses) {
  const Finished done = import({"--run"});
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_EQ(done.err, fmt::format("5 actions: 2 steps at {}.\nticket.json holds a password: do not commit it.\n"
                                  "Wrote scenarios/SUP-1.toml.\n",
                                  origin_));
  EXPECT_THAT(read_file(folder_ / "scenarios/SUP-1.toml"), HasSubstr(R"(  { open = "/plain/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { element = "form[action='/plain/logout']" } },
)"));
}

TEST_F(ImportRecording, KeepsPasswordsOut) {
  for (const std::vector<std::string>& options :
       std::vector<std::vector<std::string>>{{}, {"--force", "--values", "placeholder"}, {"--dry-run"}}) {
    const Finished done = import(options);
    EXPECT_EQ(done.code, 0) << done.err;
    expect_nowhere({{"standard output", done.out},
                    {"standard error", done.err},
                    {"scenario", read_file(folder_ / "scenarios/SUP-1.toml")}},
                   {{"the password", "canary"}, {"the password", "hush"}});
  }
}

TEST_F(ImportRecording, KeepsOutWhatWasTypedIntoAFieldOfAnyName) {
  folder_.write("ticket.side", fmt::format(R"({{"url": "{}", "tests": [{{"commands": [
      {{"command": "open", "target": "/plain/login"}},
      {{"command": "type", "target": "id=p", "value": "canary hush 9"}},
      {{"command": "click", "target": "id=go"}}]}}]}})",
                                           origin_));
  Invocation murphy;
  murphy.directory = folder_.path();
  murphy.arguments = {"import", "recording", "ticket.side", "--name", "SUP-2"};
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("ticket.side may hold a password: do not commit it.\n"
                                  "The last step expects nothing: add what a person should see there, such as "));
  expect_nowhere({{"standard output", done.out},
                  {"standard error", done.err},
                  {"scenario", read_file(folder_ / "scenarios/SUP-2.toml")}},
                 {{"the password", "canary"}, {"the password", "hush"}});
}

TEST_F(ImportRecording, RefusesWhatIsNone) {
  folder_.write("ticket.json", "{}");
  const Finished done = import();
  EXPECT_EQ(done.code, 2);
  EXPECT_EQ(done.err, "ticket.json: it is no recording of Chrome's Recorder or Selenium IDE\n"
                      "  for other tools, save a HAR file and use murphy import har\n");
}

} // namespace
} // namespace murphy::end_to_end
