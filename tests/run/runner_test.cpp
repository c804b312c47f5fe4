#include "run/runner.h"

#include "fake_browser.h"
#include "language.h"
#include "record/run.h"
#include "run/shared/guide.h"
#include "scenario/vocabulary.h"

#include <deque>
#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// With the fields that the project names.
std::shared_ptr<FakePage> complete_sign_in_page(int status = 200) {
  auto page = sign_in_page(status);
  for (const char* label : {"Email", "Password"}) page->declared.fields.emplace_back().labels = {label};
  return page;
}

drive::Visited no_answer(drive::Obstacle::Kind kind, ErrorKind error) {
  drive::Obstacle obstacle;
  obstacle.kind = kind;
  obstacle.error = {error, "connection refused by http://app.test", {}, {}, {}};
  return std::unexpected(obstacle);
}

// Runs one scenario of these steps against pages given in advance.
struct Stage {
  std::vector<drive::Visited> visits;
  drive::Visited visitor = visit_of({fake_page("/dashboard", 302), sign_in_page()});
  drive::Visited member = visit_of({fake_page("/dashboard", 302), sign_in_page()});
  std::vector<drive::Cookie> jar;
  std::vector<std::vector<drive::Cookie>> later_jars;
  std::stop_source stop;
  std::vector<std::string> log;
  std::vector<record::Event> events;
  bool target_starts = true;
  int ready_status = 200;
  std::optional<Result<record::Schema>> database; // what a look at it gives
  std::function<record::Event(record::Event)> mask = [](record::Event event) { return event; };
  Kept of_passed_steps = Kept::requests;
  Guide* guide = nullptr;

  record::Run run(const std::string& steps, int times = 1) {
    std::vector<scenario::Feature> features(1);
    features[0].name = "Test";
    features[0].file = "test.toml";
    for (int number = 0; number < times; ++number) {
      features[0].scenarios.push_back(scenario_of(steps));
      features[0].scenarios.back().name += std::to_string(number);
    }
    const Plan planned = plan(features);
    const scenario::Inputs inputs;
    std::vector<FakeDriver*> drivers;
    record::Run result;
    murphy::run::run(planned,
                     {.project = project(),
                      .inputs = inputs,
                      .started = {},
                      .start_target =
                          [&](std::stop_token token) {
                            target::TargetSettings settings;
                            settings.name = "local";
                            settings.url = "http://app.test";
                            settings.start_timeout = std::chrono::milliseconds(target_starts ? 30000 : 0);
                            return target::RunningTarget::start(
                                settings,
                                [this](target::Deadline) -> std::expected<record::Exchange, target::NoAnswer> {
                                  record::Exchange answer;
                                  answer.status = ready_status;
                                  if (target_starts || ready_status >= 500) return answer;
                                  return std::unexpected(target::NoAnswer{.why = "connection refused"});
                                },
                                std::move(token));
                          },
                      .new_driver = [&](const target::RunningTarget&) -> Result<std::unique_ptr<drive::Driver>> {
                        auto driver = std::make_unique<Logged>(log);
                        driver->visits.assign(visits.begin(), visits.end());
                        driver->visitor = visitor;
                        driver->member = member;
                        driver->jar = jar;
                        driver->later_jars.assign(later_jars.begin(), later_jars.end());
                        return driver;
                      },
                      .look_at_database = [this](const target::RunningTarget*) { return database; },
                      .learn_token = [](std::string_view, std::string_view, std::string_view) {},
                      .mask = mask,
                      .of_passed_steps = of_passed_steps,
                      .guide = guide,
                      .stop = stop.get_token()},
                     [&](const record::Event& event) {
                       EXPECT_TRUE(record::apply(result, event).has_value());
                       events.push_back(event);
                     });
    return result;
  }

  // A driver whose log outlives it.
  struct Logged final : FakeDriver {
    explicit Logged(std::vector<std::string>& kept_log) : kept(kept_log) {}
    ~Logged() override { kept.insert(kept.end(), log.begin(), log.end()); }
    std::vector<std::string>& kept;
  };
};

const record::CaseResult& only(const record::Run& run) { return run.features.front().cases.front(); }

TEST(Runner, SignsInThroughTheFlowOfTheProjectAndProvesTheDashboardWithItsControl) {
  Stage stage;
  stage.visits = {visit_of({sign_in_page()}), visit_of({fake_page("/login", 303), dashboard_page()})};
  const record::Run run =
      stage.run("{ sign_in = \"ada\" }, { expect = { dashboard = \"open\", text = \"Welcome, Ada\" } }");
  EXPECT_EQ(only(run).outcome, record::Outcome::passed);
  EXPECT_THAT(stage.log, ElementsAre("open /login", "submit Sign in Email=ada@example.com Password=correct horse 9",
                                     "probe /dashboard anonymous"));
  ASSERT_TRUE(run.control.has_value());
  EXPECT_TRUE(run.control->holds);
}

TEST(Runner, NamesTheAddressThatIsMeantWhereTheOneOfTheScenarioIsNotThere) {
  Stage stage;
  auto home = fake_page("/");
  home->linked = {"/login"};
  const auto near_of = [&](const std::string& steps) {
    const record::Run run = stage.run(steps);
    return only(run).steps.back().failures.front().near_address;
  };
  stage.visits = {visit_of({home}), visit_of({fake_page("/logn", 404)})};
  const auto near = near_of("{ open = \"/\" }, { open = \"/logn\" }");
  ASSERT_TRUE(near);
  EXPECT_EQ(near->wanted, "/logn");
  EXPECT_EQ(near->known, "/login");
  EXPECT_EQ(near->pages, 1);
  EXPECT_EQ(near->places, 1) << "of [app]";
  EXPECT_TRUE(near_of("{ open = \"/\" }, { request = { url = \"/logn\" }, expect = { status = 200 } }"));
  EXPECT_FALSE(near_of("{ open = \"/\" }, { click = \"Sign in\", expect = { status = 200 } }"))
      << "the app itself led there";
  stage.visits = {visit_of({home}), visit_of({fake_page("/next", 302), fake_page("/logn", 404)})};
  EXPECT_FALSE(near_of("{ open = \"/\" }, { open = \"/next\" }")) << "the app itself led there";
  home->elements["a"] = {{"Sign in", {{"href", "/logn"}}}};
  stage.visits = {visit_of({home}), visit_of({fake_page("/logn", 404)})};
  for (const char* step : {"{ open = \"${link}\" }", "{ request = { url = \"${link}\" }, expect = { status = 200 } }"})
    EXPECT_FALSE(
        near_of(std::string("{ open = \"/\", capture = { link = { css = \"a\", attr = \"href\" } } }, ") + step))
        << step;
  stage.visits = {visit_of({home}), visit_of({fake_page("/logn", 404)})};
  EXPECT_FALSE(near_of("{ open = \"/\" }, { open = \"/logn\", expect = { status = 404, text = \"gone\" } }"))
      << "nobody expects another page";
  home->linked = {"/login", "/logn"};
  stage.visits = {visit_of({home}), visit_of({fake_page("/logn", 404)})};
  EXPECT_FALSE(near_of("{ open = \"/\" }, { open = \"/logn\" }")) << "the app has lost it";
}

TEST(Runner, AnOpenDashboardThatIsOpenToEveryoneProvesNothingAndFails) {
  Stage stage;
  stage.visits = {visit_of({dashboard_page()})};
  stage.visitor = visit_of({dashboard_page()});
  const record::Run run = stage.run("{ open = \"/dashboard\", expect = { dashboard = \"open\" } }", 2);
  ASSERT_EQ(only(run).outcome, record::Outcome::failed);
  const record::Failure& open = only(run).steps.front().failures.front();
  EXPECT_EQ(open.code, record::FailureCode::dashboard_public);
  EXPECT_EQ(open.got.answer.path, "/dashboard");
  EXPECT_TRUE(open.got.answer.has(record::PageTrait::shows_dashboard));
  EXPECT_EQ(run.control->failure->code, record::FailureCode::dashboard_visible);
  EXPECT_EQ(run.features.front().cases.back().outcome, record::Outcome::failed)
      << "what was learned once holds for every case";
  EXPECT_EQ(std::count(stage.log.begin(), stage.log.end(), "probe /dashboard anonymous"), 1)
      << "asked once for a target";
  EXPECT_FALSE(run.control->holds);
}

TEST(Runner, ClosedIsProvedByAskingForTheDashboardWhenThePageAtHandSaysNothingOfIt) {
  Stage stage;
  stage.visits = {visit_of({sign_in_page()}), visit_of({sign_in_page(422)})};
  EXPECT_EQ(
      only(stage.run(
               "{ open = \"/login\" }, { submit = \"Sign in\", expect = { status = 422, dashboard = \"closed\" } }"))
          .outcome,
      record::Outcome::passed);
  EXPECT_EQ(stage.log.back(), "probe /dashboard");

  stage.member = visit_of({dashboard_page()}); // "wrong password", but signed in all the same
  const record::Run run =
      stage.run("{ open = \"/login\" }, { submit = \"Sign in\", expect = { status = 422, dashboard = \"closed\" } }");
  ASSERT_EQ(only(run).outcome, record::Outcome::failed);
  const record::Failure& open = only(run).steps.back().failures.front();
  EXPECT_EQ(open.code, record::FailureCode::dashboard_visible);
  EXPECT_EQ(open.got.answer.status, 200);
  EXPECT_EQ(open.part, "[data-user]");
}

TEST(Runner, AServerErrorFailsTheStepThatMetItUnlessTheStatusIsStated) {
  Stage stage;
  auto broken = fake_page("/login", 500);
  broken->heading = "no such column: pasword_hash";
  stage.visits = {visit_of({broken})};
  const record::Run run = stage.run("{ open = \"/login\" }, { expect = { text = \"x\" } }");
  ASSERT_EQ(only(run).outcome, record::Outcome::failed);
  ASSERT_EQ(only(run).steps.size(), 1U) << "the steps behind it did not run";
  const record::Failure& met = only(run).steps.front().failures.front();
  EXPECT_EQ(met.code, record::FailureCode::server_error);
  EXPECT_EQ(line_of(met.got.answer), "500 /login “no such column: pasword_hash”");
  EXPECT_EQ(only(stage.run("{ open = \"/login\", expect = { status = 500 } }")).outcome, record::Outcome::passed);
}

// What one step says of pages that answer with an error, and whether it passes.
TEST(Runner, AnErrorFailsTheStepThatEndsInIt) {
  struct Ending {
    const char* step;
    int status;
    bool passes;
  };
  for (const Ending& each : {
           Ending{R"({ open = "/x" })", 404, false},
           Ending{R"({ open = "/x", expect = { text = "gone" } })", 404, false},
           Ending{R"({ open = "/x", expect = { status = 404 } })", 404, true},
           Ending{R"({ open = "/x", expect = { status = "4xx" } })", 404, true},
           Ending{R"({ open = "/x" }, { expect = { status = 404 } })", 404, true},
           Ending{R"({ open = "/x" }, { expect = { text = "gone" } }, { expect = { status = 404 } })", 404, true},
           Ending{R"({ open = "/x", allow_error = true })", 404, true},
           Ending{R"({ open = "/x", allow_error = true })", 500, true},
           Ending{R"({ open = "/x", allow_error = false })", 404, false},
           Ending{R"({ submit = "Save" })", 422, false},
           Ending{R"({ submit = "Save", expect = { form_error = "not it" } })", 422, true},
           Ending{R"({ submit = "Save" }, { expect = { form_error = "not it" } })", 400, true},
           Ending{R"({ submit = "Save", expect = { form_error = "not it" } })", 500, false},
           Ending{R"({ submit = "Save" }, { expect = { dashboard = "closed" } })", 422, true},
           Ending{R"({ submit = "Save" }, { expect = { dashboard = "closed" } })", 401, true},
           Ending{R"({ submit = "Save" }, { expect = { dashboard = "closed" } })", 404, false},
           Ending{R"({ click = "Leave" }, { expect = { dashboard = "closed" } })", 405, false},
           Ending{R"({ click = "Leave" })", 403, false},
           Ending{R"({ request = { url = "/x" } })", 404, true},
       }) {
    Stage stage;
    auto page = fake_page("/x", each.status);
    page->words = "gone";
    page->shown = {{{}, "That is not it"}};
    stage.visits = {visit_of({page})};
    const record::Run run = stage.run(each.step);
    const bool passed = only(run).outcome == record::Outcome::passed;
    EXPECT_EQ(passed, each.passes) << each.step << " ends in " << each.status;
    if (each.passes || passed) continue;
    const record::Failure& failure = only(run).steps.front().failures.front();
    EXPECT_EQ(failure.code, each.status < 500 ? record::FailureCode::error_status : record::FailureCode::server_error);
    EXPECT_EQ(failure.got.answer.status, each.status);
  }
}

TEST(Runner, SigningInAndOutNeverEndInAnError) {
  for (const int status : {400, 401, 403, 404, 405, 422, 500}) {
    for (const char* expect : {"", ", expect = { status = [\"2xx\", \"4xx\", \"5xx\"] }",
                               ", expect = { text = \"gone\" }", ", expect = { dashboard = \"closed\" }"}) {
      Stage stage;
      auto page = fake_page("/x", status);
      page->words = "gone";
      stage.visits = {visit_of({sign_in_page()}), visit_of({page})};
      EXPECT_EQ(only(stage.run(std::string("{ sign_in = \"ada\"") + expect + " }")).outcome, record::Outcome::failed)
          << status << expect;
      stage.visits = {visit_of({page})};
      const record::Run run = stage.run(std::string("{ sign_out = true") + expect + " }");
      ASSERT_EQ(only(run).outcome, record::Outcome::failed) << status << expect;
      EXPECT_EQ(only(run).steps.front().failures.front().key, status < 500 ? "sign_out" : "status");
    }
  }
  Stage stage;
  stage.visits = {visit_of({complete_sign_in_page(401)})};
  EXPECT_EQ(only(stage.run("{ sign_out = true }")).outcome, record::Outcome::passed)
      << "the sign-in page, which some apps answer with 401";
  for (const int status : {401, 403, 404}) {
    stage.visits = {visit_of({fake_page("/", 302), fake_page("/dashboard", status)})};
    EXPECT_EQ(only(stage.run("{ sign_out = true }")).outcome,
              status == 404 ? record::Outcome::failed : record::Outcome::passed)
        << "where people were, which is closed now";
  }
}

TEST(Runner, ARefusedSignOutIsNoSignOut) {
  for (const auto& [answers, why] : {
           std::pair(std::vector{fake_page("/dashboard", 403)}, "the form is on the dashboard and sent to its address"),
           std::pair(std::vector{fake_page("/dashboard", 302), fake_page("/x", 403)}, "not on the dashboard"),
           std::pair(std::vector{fake_page("/", 302), fake_page("/dashboard", 302), fake_page("/x", 403)},
                     "the dashboard leads on"),
       }) {
    Stage stage;
    stage.visits = {visit_of(answers)};
    EXPECT_EQ(only(stage.run("{ sign_out = true }")).outcome, record::Outcome::failed) << why;
  }
}

TEST(Runner, WhatAFormIsAnsweredDoesNotCloseTheDashboardAtTheSameAddress) {
  for (const int status : {200, 401, 403}) {
    for (const bool is_open : {true, false}) {
      Stage stage;
      stage.visits = {visit_of({fake_page("/dashboard", status)})};
      if (is_open) stage.member = visit_of({dashboard_page()});
      const record::Run run = stage.run(R"({ submit = "Sign out", expect = { dashboard = "closed" } })");
      EXPECT_EQ(only(run).outcome, is_open ? record::Outcome::failed : record::Outcome::passed) << status;
      if (is_open) {
        EXPECT_EQ(only(run).steps.front().failures.front().code, record::FailureCode::dashboard_visible) << status;
      }
    }
  }
  Stage stage;
  stage.visits = {visit_of({dashboard_page()})};
  EXPECT_EQ(only(stage.run(R"({ submit = "Sign out", expect = { dashboard = "closed" } })")).outcome,
            record::Outcome::failed)
      << "what it shows is seen all the same";
}

TEST(Runner, SignInThatEndsOnItsFormIsExcusedOnlyByWhatLooksAtThatPage) {
  for (const auto& [expect, outcome] : {std::pair("dashboard = \"closed\"", record::Outcome::passed),
                                        std::pair("text = \"gone\"", record::Outcome::passed),
                                        std::pair("no_text = \"Error\"", record::Outcome::failed),
                                        std::pair("no_element = \".error\"", record::Outcome::failed),
                                        std::pair("within = \"9s\"", record::Outcome::failed)}) {
    Stage stage;
    auto again = complete_sign_in_page();
    again->elements.clear(); // it asks for the name first
    again->words = "gone";
    stage.visits = {visit_of({sign_in_page()}), visit_of({again})};
    EXPECT_EQ(only(stage.run(std::string("{ sign_in = \"ada\", expect = { ") + expect + " } }")).outcome, outcome)
        << expect;
  }
}

TEST(Runner, ClosedIsWhatAStrangerIsAnswered) {
  Stage stage;
  auto landing = fake_page("/dashboard");
  landing->heading = "Grow with us";
  auto half = fake_page("/dashboard");
  half->heading = "Dashboard";
  for (const int status : {200, 404}) {
    landing->code = half->code = status;
    stage.visitor = visit_of({landing});
    stage.visits = {visit_of({landing})};
    EXPECT_EQ(only(stage.run("{ open = \"/dashboard\", expect = { dashboard = \"closed\" } }")).outcome,
              record::Outcome::passed)
        << status;
    stage.visits = {visit_of({half})};
    const record::Run run = stage.run("{ open = \"/dashboard\", expect = { dashboard = \"closed\" } }");
    ASSERT_EQ(only(run).outcome, record::Outcome::failed) << status << ": a stranger gets another page";
    EXPECT_EQ(only(run).steps.front().failures.front().code, record::FailureCode::dashboard_not_refused);
  }
  auto broken = fake_page("/dashboard", 503);
  stage.visitor = visit_of({broken});
  stage.visits = {visit_of({broken})};
  EXPECT_EQ(only(stage.run("{ open = \"/dashboard\", expect = { dashboard = \"closed\" } }")).outcome,
            record::Outcome::failed)
      << "a server error is no refusal, whoever gets it";
}

TEST(Runner, AControlThatMetAnErrorIsAskedAgain) {
  Stage stage;
  stage.visits = {visit_of({dashboard_page()})};
  stage.visitor = visit_of({fake_page("/dashboard", 503)});
  const record::Run run = stage.run("{ open = \"/dashboard\", expect = { dashboard = \"open\" } }", 2);
  EXPECT_EQ(only(run).outcome, record::Outcome::passed) << "a stranger does not see it";
  EXPECT_EQ(std::count(stage.log.begin(), stage.log.end(), "probe /dashboard anonymous"), 2);
}

TEST(Runner, SignInThatEndsOnItsOwnFormAgainHasFailed) {
  Stage stage;
  auto again = sign_in_page();
  again->shown = {{{}, "Wrong e-mail or password"}};
  stage.visits = {visit_of({sign_in_page()}), visit_of({again})};
  const record::Run run = stage.run("{ sign_in = \"ada\" }");
  ASSERT_EQ(only(run).outcome, record::Outcome::failed);
  const record::Failure& failure = only(run).steps.front().failures.front();
  EXPECT_EQ(failure.code, record::FailureCode::not_signed_in);
  EXPECT_TRUE(failure.got.answer.has(record::PageTrait::shows_sign_in_form));
  EXPECT_EQ(failure.shown.at(0).words, "Wrong e-mail or password");
  EXPECT_EQ(only(stage.run("{ sign_in = \"ada\", expect = { dashboard = \"closed\" } }")).outcome,
            record::Outcome::passed)
      << "a step that says what it expects is judged by that alone";
}

drive::Cookie session_cookie(std::string value) {
  drive::Cookie cookie;
  cookie.name = "sid";
  cookie.value = std::move(value);
  return cookie;
}

// What only the dashboard shows, beside a form like that of sign-in: to sign in as somebody else.
std::shared_ptr<FakePage> page_of_a_user(const std::string& path) {
  auto page = sign_in_page(200, path);
  page->elements["[data-user]"] = {{"Ada", {}}};
  return page;
}

TEST(Runner, WhatOnlyTheDashboardShowsSaysThatASignInIsAcceptedWhateverElseIsOnThePage) {
  Stage stage;
  stage.of_passed_steps = Kept::pages;
  stage.visits = {visit_of({sign_in_page()}), visit_of({page_of_a_user("/login")})};
  stage.later_jars = {{session_cookie("1")}, {session_cookie("2")}};
  stage.member = visit_of({page_of_a_user("/dashboard")});
  const record::Run run = stage.run("{ sign_in = \"ada\" }");
  EXPECT_EQ(only(run).outcome, record::Outcome::passed);
  EXPECT_TRUE(only(run).steps.front().evidence.page->has(record::PageTrait::shows_dashboard));
  EXPECT_TRUE(run.control && run.control->holds) << "a guest does not see it";
}

TEST(Runner, WhatOnlyTheDashboardShowsProvesNoSignInWhereOthersSeeItToo) {
  const auto outcome = [](const std::function<void(Stage&)>& change) {
    Stage stage;
    stage.visits = {visit_of({sign_in_page()}), visit_of({page_of_a_user("/login")})};
    stage.later_jars = {{session_cookie("1")}, {session_cookie("2")}};
    stage.member = visit_of({page_of_a_user("/dashboard")});
    change(stage);
    return only(stage.run("{ sign_in = \"ada\" }")).outcome;
  };
  EXPECT_EQ(outcome([](Stage& stage) { stage.visits.front() = visit_of({page_of_a_user("/login")}); }),
            record::Outcome::failed)
      << "it was there before";
  EXPECT_EQ(outcome([](Stage& stage) { stage.visitor = visit_of({page_of_a_user("/dashboard")}); }),
            record::Outcome::failed)
      << "guests see it";
  EXPECT_EQ(outcome([](Stage& stage) { stage.member = visit_of({fake_page("/dashboard", 302), sign_in_page()}); }),
            record::Outcome::failed)
      << "the session does not open the dashboard";
  EXPECT_EQ(outcome([](Stage& stage) {
              stage.jar = stage.later_jars.back();
              stage.later_jars.clear();
            }),
            record::Outcome::failed)
      << "the session is that of before: somebody else may be in";
  EXPECT_EQ(outcome([](Stage& stage) {
              auto refused = page_of_a_user("/login");
              refused->shown = {{{}, "Wrong password"}};
              stage.visits.back() = visit_of({refused});
            }),
            record::Outcome::failed)
      << "the page refuses";
  EXPECT_EQ(outcome([](Stage&) {}), record::Outcome::passed);
}

// Nothing is known of what people see there.
TEST(Runner, APageThatScriptsMakeCannotBeJudged) {
  auto shell = fake_page("/dashboard");
  shell->scripted = true;
  for (const char* expected :
       {"text = \"Ada\"", "no_text = \"Error\"", "no_element = \".error\"", "element = \"h1\"", "form = \"Save\"",
        "dashboard = \"open\"", "dashboard = \"closed\"", "no_field_error = true", "field_error = { Name = \"x\" }"}) {
    Stage stage;
    stage.visits = {visit_of({shell})};
    stage.visitor = stage.member = visit_of({shell});
    const record::Run run = stage.run(std::string("{ open = \"/dashboard\", expect = { ") + expected + " } }");
    ASSERT_EQ(only(run).outcome, record::Outcome::error) << expected;
    EXPECT_EQ(only(run).steps.front().error->kind, ErrorKind::unseen) << expected;
    EXPECT_THAT(only(run).steps.front().error->what, HasSubstr("scripts make this page")) << expected;
  }
  Stage sent_away;
  auto sign_in_shell = fake_page("/login");
  sign_in_shell->scripted = true;
  sent_away.visits = {visit_of({fake_page("/dashboard", 303), sign_in_shell})};
  EXPECT_EQ(only(sent_away.run("{ open = \"/dashboard\", expect = { dashboard = \"open\" } }")).outcome,
            record::Outcome::failed)
      << "the app itself has said no";
  Stage captured;
  captured.visits = {visit_of({shell})};
  EXPECT_EQ(only(captured.run("{ open = \"/dashboard\", capture = { code = { css = \"#code\" } } }")).outcome,
            record::Outcome::error);
  Stage later;
  later.visits = {visit_of({sign_in_page()}), visit_of({shell}), visit_of({dashboard_page()})};
  EXPECT_EQ(
      only(later.run(
               "{ open = \"/login\" }, { open = \"/dashboard\", eventually = \"5s\", expect = { text = \"Ada\" } }"))
          .outcome,
      record::Outcome::passed)
      << "a page that waits for the app";
  Stage stage;
  stage.visits = {visit_of({shell})};
  EXPECT_EQ(only(stage.run("{ open = \"/dashboard\", expect = { status = 200, page = \"/dashboard\" } }")).outcome,
            record::Outcome::passed);
  EXPECT_EQ(only(stage.run("{ open = \"/dashboard\", expect = { status = 302, no_text = \"Error\" } }")).outcome,
            record::Outcome::failed)
      << "the app has failed all the same";
}

TEST(Runner, AMissingButtonIsTheAppsFaultAndNoAnswerIsNobodys) {
  Stage stage;
  drive::Obstacle missing;
  missing.kind = drive::Obstacle::Kind::app;
  missing.code = record::FailureCode::missing_form;
  missing.subject = "Sign in";
  missing.error = {ErrorKind::target, "no such form", "the page has: Search", {}, {}};
  stage.visits = {std::unexpected(missing)};
  record::Run run = stage.run("{ submit = \"Sign in\" }");
  EXPECT_EQ(only(run).outcome, record::Outcome::failed);
  const record::Failure& failure = only(run).steps.front().failures.front();
  EXPECT_EQ(failure.code, record::FailureCode::missing_form);
  EXPECT_EQ(failure.subject, "Sign in");
  EXPECT_EQ(failure.reason.hint, "the page has: Search");

  stage.visits = {no_answer(drive::Obstacle::Kind::network, ErrorKind::target)};
  run = stage.run("{ open = \"/\" }");
  EXPECT_EQ(only(run).outcome, record::Outcome::error);
  EXPECT_EQ(only(run).steps.front().error->what, "connection refused by http://app.test");
  EXPECT_EQ(only(run).steps.front().error->place.line, 5U);
}

TEST(Runner, CapturesFeedLaterSteps) {
  Stage stage;
  auto page = fake_page("/");
  page->elements["meta[name=csrf]"] = {{"", {{"content", "t0k"}}}};
  stage.visits = {visit_of({page}), visit_of({fake_page("/api")})};
  const record::Run run =
      stage.run("{ open = \"/\", capture = { token = { css = \"meta[name=csrf]\", attr = \"content\" } } },"
                "{ request = { method = \"POST\", url = \"/api\", headers = { X-CSRF = \"${token}\" }, json = { a = "
                "\"${token}\", n = 1 } } }");
  EXPECT_EQ(only(run).outcome, record::Outcome::passed);
  EXPECT_EQ(stage.log.back(), "request POST /api as client X-CSRF:t0k {\"a\":\"t0k\",\"n\":1}");

  page->elements.clear();
  const record::Run without =
      stage.run("{ open = \"/\", capture = { token = { css = \"meta[name=csrf]\", attr = \"content\" } } }");
  ASSERT_EQ(only(without).outcome, record::Outcome::failed);
  EXPECT_EQ(only(without).steps.front().failures.front().key, "capture.token");
}

// For each source of a capture, one that is there and one that is not.
TEST(Runner, CapturesFromEverySourceOrFails) {
  const std::map<std::string, std::pair<std::string, std::string>> sources{
      {"css", {R"({ css = "#code" })", R"({ css = "#gone" })"}},
      {"attr", {R"({ css = "#code", attr = "data-code" })", R"({ css = "#code", attr = "href" })"}},
      {"header", {R"({ header = "X-Code", regex = '\w+' })", R"({ header = "Location" })"}},
      {"cookie", {R"({ cookie = "code" })", R"({ cookie = "sid" })"}},
      {"json", {R"({ json = "/code" })", R"({ json = "/token" })"}},
      {"regex", {R"({ regex = 'code": "(\w+)' })", R"({ regex = 'token' })"}},
      {"url", {R"({ url = true, regex = 'code=(\w+)' })", R"({ url = true, regex = 'token' })"}},
      {"url_query", {R"({ url_query = "code" })", R"({ url_query = "token" })"}},
      {"url_fragment", {R"({ url_fragment = "piece" })", R"({ url_fragment = "code" })"}},
      {"decode", {R"({ header = "X-Encoded", decode = "base64" })", R"({ header = "X-Code", decode = "json" })"}},
  };
  auto page = fake_page("/?code=c0de#piece=c0de");
  page->header_lines = {{"X-Code", "c0de\""}, {"X-Encoded", "YzBkZQ=="}};
  page->content = R"({ "code": "c0de" })";
  page->elements["#code"] = {{"c0de", {{"data-code", "c0de"}}}};
  for (const std::string& key : scenario::capture_keys.names()) {
    ASSERT_TRUE(sources.contains(key)) << key << ": write a capture that finds something and one that does not";
    const auto& [there, gone] = sources.at(key);
    Stage stage;
    stage.jar = {{.name = "code", .value = "c0de", .domain = "app.test", .path = "/", .max_age = {}, .same_site = {}}};
    stage.visits = {visit_of({page}), visit_of({page})};
    EXPECT_EQ(only(stage.run("{ open = \"/\", capture.code = " + there + " }, { open = \"/${code}\" }")).outcome,
              record::Outcome::passed);
    EXPECT_EQ(stage.log.back(), "open /c0de") << there;
    const record::Run without = stage.run("{ open = \"/\", capture.code = " + gone + " }");
    ASSERT_EQ(only(without).outcome, record::Outcome::failed) << gone;
    EXPECT_EQ(only(without).steps.front().failures.front().key, "capture.code");
  }
}

TEST(Runner, WhatIsStatedBesideAFlowThatEndsWithoutAPageFails) {
  for (const char* stated : {R"(expect = { no_text = "Error" })", R"(capture = { code = { css = "#code" } })"}) {
    Stage stage;
    stage.visits = {visit_of({fake_page("/")})};
    const record::Run run = stage.run("{ use = \"leave\", " + std::string(stated) +
                                      " } ]\n[flow.leave]\nsteps = [ { open = \"/\" }, { session = \"fresh\" }");
    ASSERT_EQ(only(run).outcome, record::Outcome::failed) << stated;
    EXPECT_EQ(only(run).steps.back().failures.front().code, record::FailureCode::no_page);
  }
}

TEST(Runner, AFreshSessionHasNoPage) {
  Stage stage;
  stage.visits = {visit_of({fake_page("/")})};
  const record::Run run = stage.run("{ open = \"/\" }, { session = \"fresh\" }, { expect = { text = \"x\" } }");
  EXPECT_EQ(only(run).outcome, record::Outcome::failed);
  EXPECT_EQ(only(run).steps.back().failures.front().code, record::FailureCode::no_page);
  EXPECT_THAT(stage.log, ElementsAre("open /", "fresh"));
}

TEST(Runner, BodiesAreKeptOfFailingStepsOnly) {
  Stage stage;
  auto page = fake_page("/");
  page->content = "<h1>Hello</h1>";
  stage.visits = {visit_of({page}), visit_of({page})};
  const record::Run run = stage.run("{ open = \"/\" }, { open = \"/\", expect = { status = 404 } }");
  EXPECT_EQ(only(run).steps.front().evidence.exchanges.front().body, "");
  EXPECT_EQ(only(run).steps.back().evidence.exchanges.front().body, "<h1>Hello</h1>");
}

std::shared_ptr<FakePage> page_with_an_error() {
  auto page = fake_page("/", 500);
  page->words = "no such column: emial";
  return page;
}

TEST(Runner, WhatFailuresAreJudgedByIsGatheredOnceAndBeforeThem) {
  Stage stage;
  stage.database = record::Schema{.engine = "sqlite", .tables = {{.name = "users", .columns = {}, .unique = {}}}};
  stage.visits = {visit_of({page_with_an_error()})};
  const record::Run run = stage.run("{ open = \"/\" }", 2);
  ASSERT_TRUE(run.gathered);
  EXPECT_EQ(run.gathered->schema, **stage.database);
  std::vector<std::string> order;
  for (const record::Event& event : stage.events) {
    if (std::holds_alternative<record::EvidenceGathered>(event)) order.emplace_back("gathered");
    if (std::holds_alternative<record::StepFinished>(event)) order.emplace_back("step");
  }
  EXPECT_THAT(order, ElementsAre("gathered", "step", "step"));
}

TEST(Runner, NothingIsGatheredForStepsThatPass) {
  Stage stage;
  stage.database = record::Schema{};
  stage.visits = {visit_of({fake_page("/")})};
  EXPECT_FALSE(stage.run("{ open = \"/\" }").gathered);
}

TEST(Runner, ADatabaseThatCannotBeLookedAtIsNoted) {
  Stage stage;
  stage.database = std::unexpected(Error{ErrorKind::target, "no such file", {}, {}, {}});
  stage.visits = {visit_of({page_with_an_error()})};
  const record::Run run = stage.run("{ open = \"/\" }");
  ASSERT_TRUE(run.gathered);
  EXPECT_EQ(run.gathered->database_note, "no such file");
  ASSERT_FALSE(only(run).steps.back().suspects.empty());
  EXPECT_EQ(only(run).steps.back().suspects.front().evidence.back(),
            (record::EvidenceLine{record::EvidenceSource::schema, "no such file"}));
}

TEST(Runner, FailuresAreJudgedByWhatIsWrittenDownOfThem) {
  Stage stage;
  stage.visits = {visit_of({page_with_an_error()})};
  stage.mask = [](record::Event event) {
    if (auto* finished = std::get_if<record::StepFinished>(&event))
      finished->step.evidence.page->text = "no such column: ‹pin›";
    return event;
  };
  const record::Run run = stage.run("{ open = \"/\" }");
  ASSERT_FALSE(only(run).steps.back().suspects.empty());
  for (const record::Suspect& suspect : only(run).steps.back().suspects)
    EXPECT_THAT(suspect.cause, testing::Not(HasSubstr("emial")));
}

TEST(Runner, AFailureBringsTheEvidenceOfTheStepItLooksAt) {
  Stage stage;
  auto page = fake_page("/");
  page->content = "<h1>Hello</h1>";
  page->words = "Hello";
  stage.visits = {visit_of({page})};
  const record::Run run =
      stage.run("{ open = \"/\" }, { expect = { text = \"Hello\" } }, { expect = { text = \"x\" } }");
  const record::StepResult& failed = only(run).steps.back();
  ASSERT_EQ(failed.earlier.size(), 1U);
  EXPECT_EQ(failed.earlier.front().index, 0);
  EXPECT_EQ(failed.earlier.front().title, only(run).steps.front().title);
  EXPECT_EQ(failed.earlier.front().evidence.exchanges.front().body, "<h1>Hello</h1>");
  EXPECT_EQ(failed.earlier.front().evidence.page->text, "Hello");
  EXPECT_EQ(only(run).steps.front().evidence.exchanges.front().body, "") << "a step that passed keeps less";
  EXPECT_EQ(only(run).steps.front().evidence.page, std::nullopt);
}

TEST(Runner, StepsThatPassLeaveTheirOutcomeWhereNothingMoreIsKept) {
  Stage stage;
  stage.of_passed_steps = Kept::outcome;
  auto page = fake_page("/");
  page->content = "<h1>Hello</h1>";
  page->words = "Hello";
  stage.visits = {visit_of({page})};
  const record::Run run =
      stage.run("{ open = \"/\" }, { expect = { text = \"Hello\" } }, { expect = { text = \"x\" } }");
  const record::StepResult& failed = only(run).steps.back();
  EXPECT_EQ(only(run).steps.front().outcome, record::Outcome::passed);
  EXPECT_EQ(only(run).steps.front().evidence, record::Evidence());
  ASSERT_EQ(failed.earlier.size(), 1U) << "a failure has all of the steps that it is about";
  EXPECT_EQ(failed.earlier.front().evidence.exchanges.front().body, "<h1>Hello</h1>");
  EXPECT_EQ(failed.earlier.front().evidence.page->text, "Hello");
  EXPECT_EQ(failed.evidence.page->text, "Hello");
}

TEST(Runner, AFailureThatSpeaksForItselfBringsOnlyWhatPagesWereBefore) {
  Stage stage;
  stage.visits = {visit_of({fake_page("/")}), visit_of({fake_page("/")})};
  const record::Run run = stage.run("{ open = \"/\" }, { open = \"/\", expect = { text = \"x\" } }");
  const record::StepResult& failed = only(run).steps.back();
  EXPECT_THAT(failed.earlier, IsEmpty());
  ASSERT_EQ(failed.earlier_pages.size(), 1U);
  EXPECT_EQ(failed.earlier_pages.front().index, 0);
  EXPECT_EQ(failed.earlier_pages.front().page.text, "");
}

TEST(Runner, AStopLeavesTheRestNotRunAndIsTold) {
  Stage stage;
  stage.visits = {visit_of({fake_page("/")})};
  stage.stop.request_stop();
  const record::Run run = stage.run("{ open = \"/\" }", 2);
  EXPECT_TRUE(run.finished->interrupted);
  EXPECT_EQ(record::totals(run).not_run, 2);
}

TEST(Runner, ATargetThatDoesNotStartIsToldAndNothingIsRun) {
  Stage stage;
  stage.target_starts = false;
  const record::Run run = stage.run("{ open = \"/\" }");
  ASSERT_TRUE(run.lost.has_value());
  EXPECT_EQ(run.lost->error.kind, ErrorKind::target);
  EXPECT_EQ(record::totals(run).not_run, 1);
  EXPECT_THAT(stage.log, IsEmpty());
}

TEST(Runner, ATargetThatAnswersWithServerErrorsIsBroken) {
  Stage stage;
  stage.target_starts = false;
  stage.ready_status = 500;
  stage.database = record::Schema{.engine = "sqlite", .tables = {}};
  const record::Run run = stage.run("{ open = \"/\" }");
  ASSERT_TRUE(run.lost.has_value());
  EXPECT_EQ(run.lost->loss, record::AppLoss::broken);
  ASSERT_TRUE(run.gathered) << "the database was looked at";
  EXPECT_EQ(run.gathered->schema->engine, "sqlite");
  ASSERT_FALSE(run.lost->suspects.empty());
  EXPECT_EQ(run.lost->suspects.front().cause, "the first page ends in a server error");
}

TEST(Plan, IdsAreUniqueAndInFileOrder) {
  std::vector<scenario::Feature> features(2);
  features[0].file = "a.toml";
  features[0].scenarios.resize(2);
  features[0].scenarios[0].name = "one";
  features[0].scenarios[1].name = "two";
  features[1].file = "b.toml";
  features[1].scenarios.resize(1);
  features[1].scenarios[0].name = "one";
  std::vector<std::string> ids;
  for (const record::PlannedCase& planned : plan(features).planned()) ids.push_back(planned.id);
  EXPECT_THAT(ids, ElementsAre("a.toml#one", "a.toml#two", "b.toml#one"));
}

// Gives the next of its answers where it is asked, and notes what it was shown.
struct FakeGuide : Guide {
  std::deque<Answer> answers;
  bool asks_before = true;
  std::vector<std::string> seen;
  std::function<void(const View&)> look = [](const View&) {};

  bool stops(const record::PlannedCase&, const Place&, Moment moment) override {
    return moment == Moment::after_a_failure || asks_before;
  }
  Answer ask(const View& view) override {
    seen.push_back((view.moment == Moment::before_a_step ? "before " : "failed ") + view.step.title);
    look(view);
    if (answers.empty()) return Answer::go_on;
    const Answer answer = answers.front();
    answers.pop_front();
    return answer;
  }
};

TEST(Guided, AsksBeforeEachStepAndMarksTheCase) {
  Stage stage;
  FakeGuide guide;
  stage.guide = &guide;
  stage.visits = {visit_of({sign_in_page()}), visit_of({dashboard_page()})};
  const record::Run run = stage.run("{ open = \"/login\" }, { submit = \"Sign in\", with = { Email = \"x\" } }");
  EXPECT_THAT(guide.seen, ElementsAre("before open /login", "before submit “Sign in”"));
  EXPECT_EQ(only(run).outcome, record::Outcome::passed);
  EXPECT_EQ(only(run).note->kind, record::Note::Kind::stepped);
}

TEST(Guided, ShowsThePageTheFormAndWhatHolds) {
  Stage stage;
  FakeGuide guide;
  stage.guide = &guide;
  stage.visits = {visit_of({sign_in_page()}), visit_of({dashboard_page()})};
  std::vector<std::string> found;
  guide.look = [&](const Guide::View& view) {
    if (!view.step.evidence.page) {
      EXPECT_FALSE(view.try_out({}).has_value()) << "no page is open yet";
      return;
    }
    found.push_back(view.step.evidence.page->url);
    for (const record::FilledField& field : view.step.evidence.form->fields) found.push_back(field.name);
    scenario::Expectation status{.what = "status", .place = {}, .source_line = {}, .is = scenario::ExpectStatus{}};
    std::get<scenario::ExpectStatus>(status.is).allowed.ranges = {{404, 404}};
    EXPECT_EQ(view.try_out({status})->size(), 1U);
    EXPECT_TRUE(view.try_out({})->empty());
  };
  EXPECT_EQ(only(stage.run("{ open = \"/login\" }, { submit = \"Sign in\", with = { Email = \"x\" } }")).outcome,
            record::Outcome::passed);
  EXPECT_THAT(found, ElementsAre("http://app.test/login", "Email"));
}

TEST(Guided, RepeatsTheLastStepAndWhatFailed) {
  using enum Guide::Answer;
  Stage stage;
  FakeGuide guide;
  stage.guide = &guide;
  guide.answers = {go_on, repeat, go_on, repeat, go_on};
  stage.visits = {visit_of({fake_page("/a")}), visit_of({fake_page("/a")}), visit_of({fake_page("/b", 404)}),
                  visit_of({fake_page("/b", 404)})};
  const record::Run run = stage.run("{ open = \"/a\" }, { open = \"/b\" }");
  EXPECT_THAT(guide.seen,
              ElementsAre("before open /a", "before open /b", "before open /b", "failed open /b", "failed open /b"));
  EXPECT_THAT(stage.log, ElementsAre("open /a", "open /a", "open /b", "back to /a", "open /b"));
  EXPECT_EQ(only(run).outcome, record::Outcome::failed);
  EXPECT_EQ(only(run).steps.back().note.number, 2) << "how often it was tried";
}

TEST(Guided, JudgesNothingWhereAStepPassesOnlyWhenItIsRepeated) {
  using enum Guide::Answer;
  Stage stage;
  FakeGuide guide;
  guide.asks_before = false;
  stage.guide = &guide;
  guide.answers = {repeat};
  stage.visits = {visit_of({fake_page("/b", 404)}), visit_of({fake_page("/b")})};
  const record::Run run = stage.run("{ open = \"/b\" }");
  EXPECT_THAT(guide.seen, ElementsAre("failed open /b"));
  EXPECT_EQ(only(run).outcome, record::Outcome::not_run) << "it did not pass by itself";
  EXPECT_EQ(only(run).note->kind, record::Note::Kind::repeated_by_hand);
  ASSERT_TRUE(only(run).note->failure);
  EXPECT_EQ(only(run).note->failure->code, record::FailureCode::error_status) << "of the first try";
}

TEST(Guided, JudgesNothingWhereAStepIsSkipped) {
  using enum Guide::Answer;
  Stage stage;
  FakeGuide guide;
  stage.guide = &guide;
  guide.answers = {go_on, skip};
  stage.visits = {visit_of({fake_page("/a")})};
  const record::Run run = stage.run("{ open = \"/a\" }, { open = \"/b\" }");
  EXPECT_EQ(only(run).outcome, record::Outcome::not_run);
  EXPECT_EQ(only(run).note->kind, record::Note::Kind::skipped_by_hand);
}

TEST(Guided, KeepsAFailureThatIsSkipped) {
  using enum Guide::Answer;
  Stage stage;
  FakeGuide guide;
  guide.asks_before = false;
  stage.guide = &guide;
  guide.answers = {skip};
  stage.visits = {visit_of({fake_page("/a", 404)}), visit_of({fake_page("/b")})};
  const record::Run run = stage.run("{ open = \"/a\" }, { open = \"/b\" }");
  EXPECT_EQ(only(run).outcome, record::Outcome::failed);
  ASSERT_EQ(only(run).steps.size(), 2U);
  EXPECT_EQ(only(run).steps[0].failures.front().code, record::FailureCode::error_status);
  EXPECT_EQ(only(run).steps[1].outcome, record::Outcome::passed) << "the next step was tried";
}

TEST(Guided, RepeatsNoStepOfAnotherFlowAndKeepsTheNumbersOfSteps) {
  using enum Guide::Answer;
  Stage stage;
  FakeGuide guide;
  stage.guide = &guide;
  std::vector<bool> may_repeat;
  guide.look = [&](const Guide::View& view) { may_repeat.push_back(view.may_repeat); };
  guide.answers = {go_on, repeat, go_on, go_on};
  stage.visits = {visit_of({fake_page("/a")}), visit_of({fake_page("/a")}), visit_of({fake_page("/b")})};
  EXPECT_EQ(only(stage.run("{ open = \"/a\" }, { open = \"/b\" }")).steps.size(), 2U);
  EXPECT_THAT(may_repeat, ElementsAre(false, true, true));
  may_repeat.clear();
  stage.visits = {visit_of({fake_page("/")}), visit_of({fake_page("/")}), visit_of({fake_page("/b")})};
  stage.run("{ open = \"/\" }, { use = \"leave\" }, { open = \"/b\" } ]\n"
            "[flow.leave]\nsteps = [ { open = \"/\" }, { session = \"fresh\" }");
  EXPECT_THAT(may_repeat, ElementsAre(false, false, true, false));
}

TEST(Guided, SkipsAndQuits) {
  using enum Guide::Answer;
  Stage stage;
  FakeGuide guide;
  stage.guide = &guide;
  guide.answers = {skip, go_on, quit};
  stage.visits = {visit_of({fake_page("/b")})};
  const record::Run run = stage.run("{ open = \"/a\" }, { open = \"/b\" }, { open = \"/c\" }");
  EXPECT_THAT(stage.log, ElementsAre("open /b"));
  ASSERT_EQ(only(run).steps.size(), 2U);
  EXPECT_EQ(only(run).steps[0].outcome, record::Outcome::skipped);
  EXPECT_EQ(only(run).steps[0].note.kind, record::Note::Kind::stepped);
  EXPECT_EQ(only(run).outcome, record::Outcome::not_run);
}

} // namespace
} // namespace murphy::run
