#include "chromium/page_watch.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::chromium {
namespace {

namespace json = boost::json;
using imported::Action;
using testing::ElementsAre;
using testing::HasSubstr;

// What Chromium says in one window, "S", with the main frame "F".
class Window {
public:
  Window() {
    commands_ = watch.begin();
    const auto more = watch.take(
        R"({"method":"Target.attachedToTarget","params":{"sessionId":"S","targetInfo":{"targetId":"F","type":"page"}}})");
    commands_.insert(commands_.end(), more.begin(), more.end());
    const json::value last = json::parse(commands_.back().substr(0, commands_.back().size() - 1));
    const auto opening = watch.take(json::serialize(json::object{{"id", last.at("id")}, {"result", json::object{}}}));
    commands_.insert(commands_.end(), opening.begin(), opening.end());
    load("http://app.test/login");
  }
  std::vector<std::string> event(const std::string& method, const std::string& parameters) {
    return watch.take(fmt::format(R"({{"method":"{}","sessionId":"S","params":{}}})", method, parameters));
  }
  void load(const std::string& url) {
    event("Page.frameNavigated", fmt::format(R"({{"frame":{{"id":"F","url":"{}"}}}})", url));
  }
  void want_to_leave() { event("Page.frameRequestedNavigation", R"({"frameId":"F","reason":"formSubmissionPost"})"); }
  void tell(const std::string& payload) {
    event("Runtime.bindingCalled", json::serialize(json::object{{"name", "murphyTell"}, {"payload", payload}}));
  }
  // The methods of all commands until now.
  std::vector<std::string> methods() const {
    std::vector<std::string> names;
    for (const std::string& each : commands_)
      names.emplace_back(json::parse(each.substr(0, each.size() - 1)).at("method").as_string());
    return names;
  }

  PageWatch watch{"http://app.test/login"};

private:
  std::vector<std::string> commands_;
};

TEST(PageWatch, PreparesAWindowBeforeItOpensTheAddress) {
  const Window window;
  EXPECT_THAT(window.methods(),
              ElementsAre("Target.setAutoAttach", "Page.enable", "Network.enable", "Runtime.enable",
                          "Runtime.addBinding", "Page.addScriptToEvaluateOnNewDocument", "Target.setAutoAttach",
                          "Runtime.runIfWaitingForDebugger", "Page.navigate"));
  ASSERT_EQ(window.watch.actions().size(), 1U);
  EXPECT_EQ(window.watch.actions().front().kind, Action::Kind::open);
  EXPECT_EQ(window.watch.actions().front().value, "http://app.test/login");
}

TEST(PageWatch, TakesAFormThatAPressSends) {
  Window window;
  window.tell(R"({"kind":"type","name":"Email","value":"ada@example.com"})");
  window.tell(R"({"kind":"press","name":"Sign in"})");
  EXPECT_EQ(window.watch.settled(), 1U) << "nobody knows yet whether it loads a page";
  window.want_to_leave();
  window.load("http://app.test/home");
  EXPECT_EQ(window.watch.settled(), 2U);
  const auto& actions = window.watch.actions();
  ASSERT_EQ(actions.size(), 3U);
  EXPECT_EQ(actions[1].value, "ada@example.com");
  EXPECT_EQ(actions[2].name, "Sign in");
  EXPECT_TRUE(actions[2].loads);
}

TEST(PageWatch, TellsAnAddressThatWasTypedFromARefresh) {
  Window window;
  window.load("http://app.test/typed");
  window.want_to_leave();
  window.load("http://app.test/refreshed");
  ASSERT_EQ(window.watch.actions().size(), 2U);
  EXPECT_EQ(window.watch.actions()[1].value, "http://app.test/typed");
}

TEST(PageWatch, LeavesFramesAndErrorPagesOut) {
  Window window;
  window.event("Page.frameNavigated", R"({"frame":{"id":"G","parentId":"F","url":"http://ads.test/"}})");
  window.load("chrome-error://chromewebdata/");
  EXPECT_EQ(window.watch.actions().size(), 1U);
}

TEST(PageWatch, NeverTakesTheValueOfASecretField) {
  Window window;
  window.tell(R"({"kind":"type","name":"x","hidden":true})");
  window.tell(R"({"kind":"type","name":"Kennwort","value":"canary"})");
  window.tell(R"({"kind":"type","name":"name:otp","value":"canary"})");
  for (std::size_t at = 1; at < 4; ++at) {
    EXPECT_EQ(window.watch.actions()[at].value, "");
    EXPECT_EQ(window.watch.actions()[at].hidden, at == 3 ? Action::Hidden::code : Action::Hidden::password);
  }
}

TEST(PageWatch, NeverTakesACodeByItsFieldOrItsValue) {
  for (const char* field :
       {R"("names":["otp_code"],"value":"canary")", R"("names":["Ihre PIN"],"value":"canary")",
        R"("purpose":"section-a cc-number","value":"canary")", R"("purpose":"One-Time-Code","value":"canary")",
        R"("value":"4111-1111 1111 1111")", R"("value":"123456")", R"("numeric":true,"short":true,"value":"1")"}) {
    Window window;
    window.tell(std::string(R"({"kind":"type","name":"x",)") + field + "}");
    EXPECT_EQ(window.watch.actions().back().value, "") << field;
    EXPECT_EQ(window.watch.actions().back().hidden, Action::Hidden::code) << field;
  }
  for (const char* field : {R"("value":"4111 1111 1111 1112")", R"("value":"42")", R"("chosen":true,"value":"2024")",
                            R"("numeric":true,"value":"42")"}) {
    Window window;
    window.tell(std::string(R"({"kind":"type","name":"x",)") + field + "}");
    EXPECT_EQ(window.watch.actions().back().hidden, Action::Hidden::no) << field;
    EXPECT_NE(window.watch.actions().back().value, "") << field;
  }
}

TEST(PageWatch, AttributesNoPageToARequestThatCameToNothing) {
  const auto asking = R"({"requestId":"R","frameId":"F","type":"Document"})";
  const std::vector<std::pair<std::string, std::string>> ends{
      {"Network.responseReceived", R"({"requestId":"R","frameId":"F","type":"Document","response":{"status":204}})"},
      {"Network.loadingFailed", R"({"requestId":"R","type":"Document"})"},
      {"Page.downloadWillBegin", R"({"frameId":"F"})"}};
  for (const auto& [method, parameters] : ends) {
    Window window;
    window.tell(R"({"kind":"press","name":"Export"})");
    window.want_to_leave();
    window.event("Network.requestWillBeSent", asking);
    window.event(method, parameters);
    window.load("http://app.test/typed");
    EXPECT_FALSE(window.watch.actions()[1].loads) << method;
    EXPECT_EQ(window.watch.actions().back().value, "http://app.test/typed") << method;
  }
  Window window;
  window.tell(R"({"kind":"press","name":"Go"})");
  window.want_to_leave();
  window.event("Network.requestWillBeSent", asking);
  window.event("Network.requestWillBeSent", R"({"requestId":"S","frameId":"F","type":"Document"})");
  window.event("Network.loadingFailed", R"({"requestId":"R","type":"Document"})");
  window.load("http://app.test/next");
  EXPECT_TRUE(window.watch.actions()[1].loads) << "another request replaced the one that failed";
}

TEST(PageWatch, KnowsALinkByWhatTheBrowserSays) {
  Window window;
  window.tell(R"({"kind":"press","name":"About"})");
  window.event("Page.frameRequestedNavigation", R"({"frameId":"F","reason":"anchorClick"})");
  window.load("http://app.test/about");
  EXPECT_TRUE(window.watch.actions().back().is_link);
}

TEST(PageWatch, OpensNothingWhereTheAddressCannotBeOpened) {
  PageWatch watch("http://app.test/");
  watch.begin();
  const auto commands = watch.take(
      R"({"method":"Target.attachedToTarget","params":{"sessionId":"S","targetInfo":{"targetId":"F","type":"page"}}})");
  const json::value last = json::parse(commands.back().substr(0, commands.back().size() - 1));
  const auto opening = watch.take(json::serialize(json::object{{"id", last.at("id")}, {"result", json::object{}}}));
  const json::value navigate = json::parse(opening.front().substr(0, opening.front().size() - 1));
  watch.take(json::serialize(json::object{{"id", navigate.at("id")}, {"result", {{"errorText", "net::ERR"}}}}));
  EXPECT_THAT(watch.actions(), testing::IsEmpty());
  watch.take(
      R"({"method":"Page.frameNavigated","sessionId":"S","params":{"frame":{"id":"F","url":"http://app.test/b"}}})");
  ASSERT_EQ(watch.actions().size(), 1U);
  EXPECT_EQ(watch.actions().front().value, "http://app.test/b") << "what was typed instead";
}

TEST(PageWatch, ExpectsTheFirstWordsThatAreSelected) {
  Window window;
  const std::vector<std::string> asked = window.watch.ask_for_selection();
  ASSERT_EQ(asked.size(), 1U);
  const json::value command = json::parse(asked.front().substr(0, asked.front().size() - 1));
  const auto answer = [&](const std::string& text) {
    window.watch.take(json::serialize(
        json::object{{"id", command.at("id")}, {"result", {{"result", {{"type", "string"}, {"value", text}}}}}}));
  };
  answer("  ");
  EXPECT_TRUE(window.watch.take_nothing_selected());
  answer("Welcome,\n  Ada " + std::string(30, 'a') + " " + std::string(40, 'b'));
  EXPECT_FALSE(window.watch.take_nothing_selected());
  EXPECT_EQ(window.watch.actions().back().kind, Action::Kind::see_text);
  EXPECT_EQ(window.watch.actions().back().value, "Welcome, Ada " + std::string(30, 'a'));
}

TEST(PageWatch, EndsWithTheLastWindow) {
  Window window;
  window.watch.take(
      R"({"method":"Target.attachedToTarget","params":{"sessionId":"T","targetInfo":{"targetId":"H","type":"page"}}})");
  EXPECT_FALSE(window.watch.is_over());
  window.watch.take(R"({"method":"Target.detachedFromTarget","params":{"sessionId":"S"}})");
  EXPECT_FALSE(window.watch.is_over());
  window.watch.take(R"({"method":"Target.detachedFromTarget","params":{"sessionId":"T"}})");
  EXPECT_TRUE(window.watch.is_over());
}

TEST(PageWatch, TakesNothingThatIsNoMessage) {
  Window window;
  for (const char* odd : {"", "x", "[]", "{\"method\":1}", "{\"method\":\"Page.frameNavigated\",\"params\":[]}"})
    EXPECT_THAT(window.watch.take(odd), testing::IsEmpty());
  window.tell("[1]");
  window.tell("nothing");
  EXPECT_EQ(window.watch.actions().size(), 1U);
}

} // namespace
} // namespace murphy::chromium
