#include "imported/har_scenario.h"

#include "recorded_entries.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class HarSteps : public testing::Test {
protected:
  HarScenario import(std::vector<HarEntry> entries) {
    HarLog log([](const std::string&) { return std::nullopt; });
    for (HarEntry& entry : entries) {
      secrets_.learn(entry);
      log.take(std::move(entry));
    }
    log.sort();
    return har_scenario(log, settings_, secrets_);
  }
  // The lines of the steps, without what surrounds them.
  std::string steps_of(const HarScenario& found) {
    const std::string text = scenario_text(found.scenario);
    const std::size_t begin = text.find("steps  = [\n") + 11;
    return text.substr(begin, text.rfind(']') - begin);
  }
  std::string steps(std::vector<HarEntry> entries) { return steps_of(import(std::move(entries))); }

  record::Redactor redactor_;
  KnownSecrets secrets_{redactor_};
  HarSettings settings_{.values = {.ticket = "SUP-1", .accounts = {{"ada", "email", "ada@example.com", true}}},
                        .dashboard = "/home",
                        .has_sign_in = true};
};

const std::string right = "_csrf=a1b2c3d4e5f60718&email=ada%40example.com&password=correct+horse";

TEST_F(HarSteps, FollowThePerson) {
  EXPECT_EQ(steps({Made(1, "GET", "/login").body(sign_in_page).header("Sec-Fetch-Site", "none"),
                   Made(2, "POST", "/login", 303).sent(right + "&keep=1").location("/home"),
                   Made(3, "GET", "/home").body(home_page),
                   Made(4, "GET", "/items/1").header("Referer", app + "/home").body("<title>One</title>"),
                   Made(5, "GET", "/home").header("Sec-Fetch-Site", "none").body(home_page),
                   Made(6, "GET", "/search?q=apple").header("Referer", app + "/home").body("<title>Found 12</title>")}),
            R"(  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}", Stay = true }, expect = { dashboard = "open" } },
  { click = "First" },
  { open = "/home" },
  { submit = "Search", with = { Find = "apple" }, expect = { page = "/search", title = "Found 12" } },
)");
}

TEST_F(HarSteps, ExpectWhatMustHoldAndNotWhatBroke) {
  const std::vector<HarEntry> broken{Made(1, "GET", "/login").body(sign_in_page),
                                     Made(2, "POST", "/login", 500).sent(right).body("<title>Something broke</title>")};
  EXPECT_EQ(steps(broken), R"(  { open = "/login" },
  # the ticket saw: 500 "Something broke"
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
)");
  settings_.pins_what_was_seen = true;
  EXPECT_THAT(steps(broken), HasSubstr("expect = { status = 500, text = \"Something broke\" }"));
  settings_.pins_what_was_seen = false;
  settings_.dashboard.clear();
  EXPECT_THAT(steps(broken), HasSubstr("expect = { status = \"2xx\" }"));
}

TEST_F(HarSteps, AllowARefusalOnTheWay) {
  EXPECT_THAT(
      steps({Made(1, "GET", "/login").body(sign_in_page),
             Made(2, "POST", "/login", 422)
                 .sent("email=ada%40example.com&password=wrong+one")
                 .body("<p role=alert>Wrong password</p>" + sign_in_page),
             Made(3, "POST", "/login", 303).sent(right).location("/home"), Made(4, "GET", "/home").body(home_page)}),
      HasSubstr(R"(  # the ticket saw: 422 "Wrong password", with the form again
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${env:SUP_1_PASSWORD}" }, expect = { status = ["2xx", "4xx"] } },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open", )"));
}

TEST_F(HarSteps, ExpectNoErrorThatWasShownWithoutAStatus) {
  const std::string refusal = "<p role=alert>Wrong password</p>" + sign_in_page;
  const std::string wrong = "email=ada%40example.com&password=wrong+one";
  settings_.dashboard.clear();
  std::vector<HarEntry> entries{Made(1, "GET", "/login").body(sign_in_page),
                                Made(2, "POST", "/login").sent(wrong).body(refusal)};
  EXPECT_THAT(steps(entries), HasSubstr(R"(expect = { status = "2xx", no_text = "Wrong password", )"
                                        R"(no_element = "input[type=\"password\"]" } })"));
  settings_.pins_what_was_seen = true;
  EXPECT_THAT(steps(entries), HasSubstr(R"(expect = { text = "Wrong password" } })"));
  entries[1].body = sign_in_page;
  EXPECT_THAT(steps(entries), HasSubstr(R"(expect = { status = 200, page = "/login" } })"));
  settings_.pins_what_was_seen = false;
  entries[1].body = refusal;
  entries.push_back(Made(3, "GET", "/about").body("<title>About</title>"));
  EXPECT_THAT(steps(entries), HasSubstr(R"(expect = { no_text = "Wrong password", no_element = )"));
  entries.back() = Made(3, "POST", "/login", 303).sent(right).location("/home");
  entries.push_back(Made(4, "GET", "/home").body(home_page));
  EXPECT_THAT(steps(entries), testing::Not(HasSubstr("no_text"))) << "it was to be refused";
}

TEST_F(HarSteps, TakeNoPasswordForRightWithoutAPageThatTells) {
  const auto steps_after = [&](HarEntry sent, HarEntry end) {
    return steps({Made(1, "GET", "/login"), std::move(sent), std::move(end)});
  };
  const std::string refused =
      steps_after(Made(2, "POST", "/login", 303).sent(right).location("/login"), Made(3, "GET", "/login"));
  EXPECT_THAT(refused, HasSubstr(R"(  # the recording does not show whether the app took the password
  { submit = "[method]", with = { "name:email" = "${ada.email}", "name:password" = "${env:SUP_1_PASSWORD}" }, )"
                                 R"(expect = { dashboard = "open" } },)"));
  EXPECT_THAT(steps_after(Made(2, "POST", "/session").sent(right), Made(3, "GET", "/about")),
              HasSubstr(R"("name:password" = "${env:SUP_1_PASSWORD}" }, expect = { dashboard = "open" } },)"));
}

TEST_F(HarSteps, GoBackWhereThePersonDid) {
  EXPECT_EQ(
      steps({Made(1, "GET", "/login").body(sign_in_page),
             Made(2, "GET", "/about").header("Referer", app + "/login").body("<title>About</title>"),
             Made(3, "POST", "/login", 303).sent(right).location("/home"), Made(4, "GET", "/home").body(home_page)}),
      R"(  { open = "/login" },
  { click = "About us" },
  # back to an earlier page
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open", page = "/home", title = "Home" } },
)");
}

TEST_F(HarSteps, NameFieldsByWhatWasSentWithoutAPage) {
  EXPECT_EQ(steps({Made(1, "GET", "/login"), Made(2, "POST", "/session", 303).sent("utf8=x&" + right).location("/home"),
                   Made(3, "GET", "/home"), Made(4, "POST", "/logout", 303).sent("_csrf=1").location("/login"),
                   Made(5, "GET", "/login")}),
            R"(  { open = "/login" },
  { submit = "[action$=\"/session\"]", with = { "name:email" = "${ada.email}", "name:password" = "${ada.password}" }, expect = { dashboard = "open" } },
  { submit = "[action$=\"/logout\"]", expect = { page = "/login" } },
)");
}

TEST_F(HarSteps, SayWhereAnotherSiteSignedThePersonIn) {
  const std::vector<HarEntry> entries{Made(1, "GET", "/start").body("<title>Start</title>"),
                                      Made(2, "GET", "https://login.example/").body("<title>Who?</title>"),
                                      Made(3, "POST", "https://login.example/", 302)
                                          .sent("password=hush+hush")
                                          .location(app + "/back?code=Spl9xlOBeZQQYbYS"),
                                      Made(4, "GET", "/back?code=Spl9xlOBeZQQYbYS", 302).location("/home"),
                                      Made(5, "GET", "/home").body(home_page)};
  const HarScenario found = import(entries);
  EXPECT_THAT(found.other_sites, ElementsAre(Pair("login.example", 1)));
  EXPECT_EQ(steps_of(found), R"(  { open = "/start" },
  # the browser came back from login.example: sign in here as the project does it
  { open = "/home", expect = { page = "/home", title = "Home" } },
)");
  settings_.values.is_account_named = true;
  EXPECT_EQ(steps(entries), R"(  { open = "/start" },
  # the browser came back from login.example
  { sign_in = "ada" },
)");
}

TEST_F(HarSteps, SendWhatAScriptSignedInWith) {
  HarEntry call =
      Made(2, "POST", "/api/session", 201)
          .json(R"({"email": "ada@example.com", "password": "correct horse", "device": {"os": "x"}, "n": null})")
          .header("X-CSRF-Token", "q");
  EXPECT_EQ(
      steps({Made(1, "GET", "/").body("<title>App</title>"), std::move(call), Made(3, "GET", "/home").body(home_page)}),
      R"(  { open = "/" },
  # the page's script sent a CSRF token in a header: say where it is from in csrf of [app]
  { request = { url = "/api/session", json = { email = "${ada.email}", password = "${ada.password}", device = { os = "${env:SUP_1_OS}" } }, as = "script" }, expect = { status = "2xx" } },
  { open = "/home", expect = { page = "/home", title = "Home" } },
)");
}

TEST_F(HarSteps, TakeEveryValueFromTheEnvironmentWithoutAPage) {
  const std::string text = steps({Made(1, "GET", "/login"),
                                  Made(2, "POST", "/session", 303)
                                      .sent("_csrf=1&name=ada&p=hunter2&senha=hunter3&user_type=staff&f7=hunter4"
                                            "&user[remember_me]=0&user[remember_me]=1&roles[]=a&roles[]=b")
                                      .location("/home"),
                                  Made(3, "GET", "/home")});
  EXPECT_THAT(text, testing::Not(testing::ContainsRegex("hunter|staff|\"ada\"")));
  EXPECT_THAT(text, HasSubstr(R"("name:f7" = "${env:SUP_1_F7}", "name:user[remember_me]" = "1", )"
                              R"("name:roles[]" = ["${env:SUP_1_ROLES}", "${env:SUP_1_ROLES_2}"] })"));
}

TEST_F(HarSteps, TakeNumbersOfJsonFromTheEnvironment) {
  const std::string text = steps(
      {Made(1, "GET", "/").body("<title>App</title>"),
       Made(2, "POST", "/api/session", 201).json(R"({"email": "ada@example.com", "password": 12345678, "otp": 483920,
                                                "big": 18446744073709551615, "keep": 1})"),
       Made(3, "GET", "/home").body("<title>Home of 12345678</title>")});
  EXPECT_THAT(text, HasSubstr(R"(json = { email = "${ada.email}", password = "${ada.password}", )"
                              R"(otp = "${env:SUP_1_OTP}", big = "${env:SUP_1_BIG}", keep = 1 })"));
  EXPECT_THAT(text, testing::Not(HasSubstr("12345678")));
}

TEST_F(HarSteps, LiftWhatLabelsCallAPasswordAndWhatIsChosen) {
  const std::string page = R"(<form method=post action=/x><label>Kennwort <input name=f2></label>
<label>Plan <select name=plan><option>None<option>3f9c1e7a8b2d4c60</select></label><button>Go</button></form>)";
  const std::vector<HarEntry> entries{Made(1, "GET", "/x").body(page),
                                      Made(2, "POST", "/x").sent("f2=hunter2&plan=3f9c1e7a8b2d4c60").body("<p>Done")};
  EXPECT_THAT(steps(entries), HasSubstr(R"(Kennwort = "${env:SUP_1_PASSWORD}", Plan = "${env:SUP_1_PLAN}" })"));
  settings_.values.takes_no_values = true;
  const HarScenario found =
      import({Made(1, "GET", "/x").body(std::string(page).replace(page.find("3f9c1e7a8b2d4c60"), 16, "Gold")),
              Made(2, "POST", "/x").sent("f2=&plan=Gold").body("<p>Done")});
  EXPECT_THAT(steps_of(found), HasSubstr(R"(Plan = "${env:SUP_1_PLAN}")"));
}

TEST_F(HarSteps, RepeatNoValueThatWasLifted) {
  const std::string unseen = steps({Made(1, "GET", "/x"), Made(2, "POST", "/y", 303).sent("f7=Hunter+4").location("/z"),
                                    Made(3, "GET", "/z").body("<title>Hello HUNTER 4</title>")});
  EXPECT_THAT(unseen, testing::Not(HasSubstr("HUNTER")));
  const std::string labelled =
      steps({Made(1, "GET", "/x")
                 .body("<form method=post action=/x><label>Kennwort <input name=f2></label>"
                       "<button>Go</button></form><a href='/hush77'>hush77</a>"),
             Made(2, "GET", "/hush77").header("Referer", app + "/x").body("<title>hush77</title>"),
             Made(3, "GET", "/x")
                 .body("<form method=post action=/x><label>Kennwort <input name=f2></label>"
                       "<button>Go</button></form>"),
             Made(4, "POST", "/x").sent("f2=hush77").body("<p>Done")});
  EXPECT_THAT(labelled, testing::Not(HasSubstr("hush77")));
}

TEST_F(HarSteps, RememberNoSecretPath) {
  const HarScenario found = import({Made(1, "GET", "/magic/3f9c1e7a8b2d4c60").body("<title>Hi</title>")});
  EXPECT_EQ(found.scenario.steps.at(0).seen.path, "/magic/*");
}

TEST_F(HarSteps, TakePagesOfTheCacheFromBefore) {
  EXPECT_THAT(
      steps({Made(1, "GET", "/login").body(sign_in_page), Made(2, "GET", "/about"), Made(3, "GET", "/login", 304),
             Made(4, "POST", "/login", 303).sent(right).location("/home"), Made(5, "GET", "/home")}),
      HasSubstr(R"({ submit = "Sign in", with = { Email = )"));
}

TEST_F(HarSteps, AreNoneWithoutPages) {
  const HarScenario found = import({Made(1, "POST", "/api/x").json("{}")});
  EXPECT_THAT(found.scenario.steps, IsEmpty());
}

TEST_F(HarSteps, DescribeTheCallsOfScripts) {
  HarLog log([](const std::string&) { return std::nullopt; });
  for (int number = 0; number < 3; ++number) log.take(Made(number, "POST", "/api/session?token=x").json("{}"));
  log.take(Made(9, "PUT", "/api/3f9c1e7a8b2d4c60", 404).json("{}"));
  EXPECT_THAT(describe_calls(log, secrets_), ElementsAre("POST /api/session → 200", "PUT /… → 404"));
}

} // namespace
} // namespace murphy::imported
