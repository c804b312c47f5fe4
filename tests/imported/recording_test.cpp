#include "imported/recording.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

class Recorded : public testing::Test {
protected:
  Result<RecordedScenario> import(const std::string& text) { return recorded_scenario(text, settings_, secrets_); }
  std::string steps(const std::string& text) {
    const auto found = import(text);
    EXPECT_TRUE(found) << found.error().what;
    const std::string file = found ? scenario_text(found->scenario) : std::string();
    const std::size_t begin = file.find("steps  = [\n") + 11;
    return file.substr(begin, file.rfind(']') - begin);
  }

  record::Redactor redactor_;
  KnownSecrets secrets_{redactor_};
  ValueSettings settings_{.ticket = "SUP-1", .accounts = {{"ada", "email", "ada@example.com", true}}};
};

// As Chrome's Recorder exports it.
const std::string of_chrome = R"({"title": "Sign in", "steps": [
  {"type": "setViewport", "width": 1200, "height": 800},
  {"type": "navigate", "url": "http://app.example/login?token=3f9c1e7a8b2d4c60", "assertedEvents": [{"type": "navigation"}]},
  {"type": "click", "selectors": [["aria/Email"], ["#email"]]},
  {"type": "change", "value": "ada@example.com", "selectors": [["aria/Email"], ["#email"], ["xpath///*[@id='email']"]]},
  {"type": "change", "value": "hush hush 9", "selectors": [["#app", "#hidden"], ["aria/Password[role=\"textbox\"]"]]},
  {"type": "click", "selectors": [["aria/Sign in"], ["button"]], "assertedEvents": [{"type": "navigation", "url": "http://app.example/home"}]},
  {"type": "waitForElement", "selectors": [["#greeting"]]},
  {"type": "click", "selectors": [["text/Details"]], "assertedEvents": [{"type": "navigation"}]},
  {"type": "hover", "selectors": [["#menu"]]},
  {"type": "navigate", "url": "https://elsewhere.example/"}
]})";

TEST_F(Recorded, FollowsChromesRecorder) {
  EXPECT_EQ(steps(of_chrome), R"(  { open = "/login?token=${env:SUP_1_TOKEN}" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { element = "#greeting" } },
  { click = "Details" },
)");
  const auto found = import(of_chrome);
  EXPECT_TRUE(found->has_password);
  EXPECT_EQ(found->origin, "http://app.example");
  EXPECT_THAT(found->left_out,
              ElementsAre(Pair("click", 1), Pair("hover", 1), Pair("page of another site", 1), Pair("setViewport", 1)));
}

TEST_F(Recorded, TakesUnknownPeopleFromTheEnvironment) {
  settings_.accounts.clear();
  const auto found = import(of_chrome);
  const std::string text = scenario_text(found->scenario);
  EXPECT_THAT(text, HasSubstr("Email = \"${env:SUP_1_EMAIL}\", Password = \"${env:SUP_1_PASSWORD}\""));
  EXPECT_THAT(text, Not(HasSubstr("hush")));
}

TEST_F(Recorded, FollowsSeleniumIde) {
  EXPECT_EQ(
      steps(R"({"id": "x", "version": "2.0", "url": "http://app.example", "tests": [{"name": "Sign in", "commands": [
    {"command": "open", "target": "/login", "value": ""},
    {"command": "setWindowSize", "target": "1200x800", "value": ""},
    {"command": "type", "target": "id=email", "targets": [["id=email", "id"]], "value": "eve@example.com"},
    {"command": "type", "target": "name=user[password]", "value": "hush hush 9"},
    {"command": "select", "target": "id=plan", "value": "label=Yearly"},
    {"command": "click", "target": "xpath=//button", "targets": [["xpath=//button", "xpath"], ["css=.btn", "css"]]},
    {"command": "assertTitle", "target": "Home", "value": ""},
    {"command": "assertText", "target": "css=h1", "value": "Welcome"},
    {"command": "click", "target": "linkText=Sign out"}
  ]}]})"),
      R"(  { open = "/login" },
  { submit = ".btn", with = { "id:email" = "${env:SUP_1_EMAIL}", "name:user[password]" = "${env:SUP_1_PASSWORD}", "id:plan" = "Yearly" }, expect = { title = "Home", text = "Welcome" } },
  { click = "Sign out" },
)");
}

TEST_F(Recorded, SubmitsByTheEnterKey) {
  EXPECT_THAT(steps(R"({"steps": [{"type": "navigate", "url": "http://a.example/"},
    {"type": "change", "value": "apple", "selectors": [["aria/Find"]]}, {"type": "keyDown", "key": "Enter"},
    {"type": "click", "selectors": [["aria/Menu"]]}, {"type": "click", "selectors": [["aria/More"]],
     "assertedEvents": [{"type": "navigation"}]}]})"),
              R"(  { open = "/" },
  { submit = "[method]", with = { Find = "${env:SUP_1_FIND}" } },
  # a click that loads no page: Menu
  { click = "More" },
)");
}

// No name says for sure that a field is no password, and the file does not say what kind of field it is.
TEST_F(Recorded, TakesWhatIsTypedIntoAnyFieldFromTheEnvironment) {
  const auto found = import(R"({"url": "http://app.example", "tests": [{"commands": [
    {"command": "open", "target": "/login"}, {"command": "type", "target": "id=u", "value": "ada@example.com"},
    {"command": "type", "target": "id=p", "value": "hush hush 9"}, {"command": "click", "target": "id=go"}]}]})");
  const std::string text = scenario_text(found->scenario);
  EXPECT_THAT(text, HasSubstr(R"("id:u" = "${ada.email}", "id:p" = "${env:SUP_1_P}")"));
  EXPECT_THAT(text, Not(HasSubstr("hush")));
  EXPECT_THAT(found->typed, IsEmpty());
  EXPECT_TRUE(found->may_have_password);
}

TEST_F(Recorded, ExpectsThePageThatChromeNotedLast) {
  const auto recording = [](const std::string& end) {
    return R"({"steps": [{"type": "navigate", "url": "http://a.example/login"},
      {"type": "change", "value": "hush hush 9", "selectors": [["aria/Password"]]},
      {"type": "click", "selectors": [["aria/Sign in"]], "assertedEvents": [{"type": "navigation", )" +
           end + "}]}]}";
  };
  EXPECT_THAT(steps(recording(R"("url": "http://a.example/home", "title": "Home")")),
              HasSubstr(R"(expect = { page = "/home", title = "Home" })"));
  EXPECT_THAT(steps(recording(R"("url": "https://elsewhere.example/home", "title": "hush hush 9")")),
              Not(HasSubstr("expect")));
  EXPECT_THAT(
      steps(recording(R"("url": "http://a.example/u/hush%20hush%209", "title": ")" + std::string(90, 'x') + "\"")),
      HasSubstr(R"(expect = { page = "/u/*" })"));
}

TEST_F(Recorded, ExpectsTheElementThatChromeWaitedFor) {
  EXPECT_THAT(steps(R"({"steps": [{"type": "navigate", "url": "http://a.example/"},
    {"type": "waitForElement", "selectors": [["main p.who"]]}]})"),
              HasSubstr(R"(expect = { element = "main p.who" })"));
}

TEST_F(Recorded, IsOneOfTwoKinds) {
  EXPECT_EQ(import("no JSON").error().what, "it is no JSON");
  EXPECT_EQ(import("{}").error().what, "it is no recording of Chrome's Recorder or Selenium IDE");
  EXPECT_EQ(import(R"({"steps": "x", "tests": [7]})").error().kind, ErrorKind::usage);
}

TEST_F(Recorded, FollowsWhatMurphySawItself) {
  using enum Action::Kind;
  const std::vector<Action> actions{{.kind = open, .value = "http://app.example/login"},
                                    {.kind = type, .name = "Email", .value = "ada@example.com"},
                                    {.kind = type, .name = "Secret words", .hidden = Action::Hidden::password},
                                    {.kind = type, .name = "Code", .hidden = Action::Hidden::code},
                                    {.kind = type, .name = "Remember login", .value = "true", .ticks = true},
                                    {.kind = press, .name = "Sign in", .loads = true}};
  const auto known = recorded_scenario(actions, settings_, secrets_);
  ASSERT_EQ(known.scenario.steps.size(), 2U);
  EXPECT_EQ(step_text(known.scenario.steps[1]),
            R"({ submit = "Sign in", with = { Email = "${ada.email}", "Secret words" = "${ada.password}", )"
            R"(Code = "${env:SUP_1_CODE}", "Remember login" = true } })");
  settings_.accounts.clear();
  const auto unknown = recorded_scenario(actions, settings_, secrets_);
  EXPECT_THAT(step_text(unknown.scenario.steps[1]), HasSubstr("\"Secret words\" = \"${env:SUP_1_PASSWORD}\""));
}

TEST_F(Recorded, SendsNothingByALink) {
  using enum Action::Kind;
  const auto found = recorded_scenario({{.kind = open, .value = "http://app.example/login"},
                                        {.kind = type, .name = "Email", .value = "ada@example.com"},
                                        {.kind = press, .name = "About", .loads = true, .is_link = true}},
                                       settings_, secrets_);
  ASSERT_EQ(found.scenario.steps.size(), 2U);
  EXPECT_EQ(step_text(found.scenario.steps[1]), R"({ click = "About" })");
  EXPECT_EQ(found.left_out.at("field that was filled in and not sent"), 1);
}

} // namespace
} // namespace murphy::imported
