// What a scenario states and the app does not do, with no error anywhere: which layer that speaks against. The apps
// here are nobody's: every case is written as another framework would answer.
#include "diagnose/diagnose.h"

#include "step.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::Layer;
using record::Reason;
using record::StepResult;
using record::Suspect;
using testing::HasSubstr;
using testing::IsEmpty;

using record::Failure;
using record::FailureCode;
using record::Wanted;

// With these lines of the console, too.
Suspect verdict(const std::vector<Step>& steps, const std::vector<std::string>& console = {}) {
  Evidence evidence = evidence_after(steps);
  evidence.console.insert(evidence.console.end(), console.begin(), console.end());
  return diagnose(evidence).verdict();
}

// ---- who is let in ----

TEST(FailedExpectations, ADashboardThatIsOpenToVisitorsIsTheAccessRules) {
  const Suspect open = verdict({Step("open /account").opens("/account").fails(visible())});
  EXPECT_EQ(open.layer, Layer::config);
  EXPECT_EQ(open.also, Layer::controller);
  EXPECT_EQ(open.identifier, "/account");
  // A page that needs somebody, for nobody: the error follows from it.
  const Suspect failed =
      verdict({Step("open /orders")
                   .opens("/orders", 500)
                   .fails(differs(FailureCode::wrong_page, {}, Wanted::Kind::equal, "/login", "/orders"))},
              {"TypeError: Cannot read properties of null (reading 'id')"});
  EXPECT_EQ(failed.layer, Layer::config);
  EXPECT_EQ(failed.identifier, "/orders");
}

TEST(FailedExpectations, WhatThePageForbidsItselfIsItsPolicy) {
  struct ExpectationRow {
    FailureCode code;
    record::Policy::From from;
    std::string directive;
    Layer layer;
    std::string cause;
  };
  using enum record::Policy::From;
  for (const ExpectationRow& row :
       {ExpectationRow{FailureCode::forbidden_form, header, "form-action 'none'", Layer::config,
                       "the page's own policy forbids to send its form: form-action 'none'"},
        ExpectationRow{FailureCode::forbidden_form, meta, "form-action https:", Layer::view,
                       "the page's own policy forbids to send its form: form-action https:"},
        ExpectationRow{FailureCode::forbidden_script, header, "script-src 'self'", Layer::config,
                       "the page's own policy forbids the script that would send its form: script-src 'self'"}}) {
    Failure forbidden = failure(row.code);
    forbidden.policy = record::Policy{row.from, row.directive};
    const Suspect suspect = verdict({login(), Step("submit Log in").fails(forbidden)});
    EXPECT_EQ(suspect.layer, row.layer);
    EXPECT_EQ(suspect.also, row.layer == Layer::view ? Layer::config : Layer::view);
    EXPECT_EQ(suspect.cause, row.cause);
    EXPECT_EQ(suspect.confidence, Confidence::high);
  }
  const Suspect unencrypted = verdict({login(), Step("submit Log in").fails(failure(FailureCode::forbidden_form))});
  EXPECT_EQ(unencrypted.layer, Layer::config);
  EXPECT_EQ(unencrypted.also, Layer::view);
  EXPECT_EQ(unencrypted.cause, "the form of an https page goes to an address without encryption");
  Failure framed = failure(FailureCode::forbidden_frame);
  framed.reason.what = "/done may not be shown in the frame /inner: X-Frame-Options: DENY";
  const Suspect frame = verdict({login(), Step("submit Log in").fails(framed)});
  EXPECT_EQ(frame.cause, framed.reason.what);
  EXPECT_EQ(frame.identifier, "X-Frame-Options");
  EXPECT_EQ(frame.layer, Layer::config);
  EXPECT_EQ(frame.also, Layer::view);
}

TEST(FailedExpectations, AProviderThatLetsInAgainIsNotASessionOfTheApp) {
  Failure again = failure(FailureCode::dashboard_reentered, "/account", ".me");
  again.wanted.kind = Wanted::Kind::closed;
  again.got = record::got_text("https://login.example");
  const Suspect unnamed =
      verdict({login(), signed_in(), Step("open /account").opens("/account", 302).leads_to("/account").fails(again)});
  EXPECT_EQ(unnamed.cause, "https://login.example lets the visitor in again: its own session is still good");
  Failure named = failure(FailureCode::wrong_provider_state, "company", "https://login.example");
  named.wanted.text = "asks";
  named.got = record::got_text("lets_in");
  EXPECT_EQ(verdict({login(), signed_in(), Step("open /account").opens("/account").fails(named)}).cause, unnamed.cause);
}

TEST(FailedExpectations, ACookieThatNeverWasIsASlipOfTheScenario) {
  Failure unknown = failure(FailureCode::unknown_cookie, "sesion_id", "absent");
  unknown.others = {"theme", "session_id"};
  const Suspect slip = verdict({login(), signed_in(), Step("open /account").opens("/account").fails(unknown)});
  EXPECT_EQ(slip.layer, Layer::harness);
  EXPECT_EQ(slip.also, Layer::session);
  EXPECT_EQ(slip.suggestion, "session_id");
}

TEST(FailedExpectations, WhatIsAbsentOnlyAsItIsSpelledIsASlipOfTheScenario) {
  for (const FailureCode code : {FailureCode::unwanted_text, FailureCode::unwanted_element}) {
    Failure slipped = failure(code, ".flahs-error");
    slipped.wanted.text = ".flahs-error";
    slipped.others = {".flash-error"};
    const Suspect slip = verdict({login(), signed_in(), Step("open /account").opens("/account").fails(slipped)});
    EXPECT_EQ(slip.layer, Layer::harness);
    EXPECT_EQ(slip.also, Layer::unknown);
    EXPECT_EQ(slip.identifier, ".flahs-error");
    EXPECT_EQ(slip.suggestion, ".flash-error");
    EXPECT_THAT(slip.cause, testing::HasSubstr("is not on the page, which has .flash-error"));
  }
}

TEST(FailedExpectations, ASessionThatOutlivesSigningOutIsTheSession) {
  const Suspect kept = verdict({login(), signed_in(), Step("open /account").opens("/account").fails(visible())});
  EXPECT_EQ(kept.layer, Layer::session);
}

// A sign-in was accepted by what followed it, not by its address: no field for a password, and a cookie where the app
// does not redirect.
TEST(FailedExpectations, ASignInWasAcceptedByWhatFollowed) {
  const record::Header cookie{"Set-Cookie", "sid=2; Path=/; HttpOnly"};
  const auto after = [](Step signed_in, bool asks_again) {
    record::PageSeen page;
    if (asks_again) page.forms.push_back({"Log in", "POST", "/login", "", {{"password", "password", "Password", {}}}});
    signed_in.result.evidence.page = page;
    return verdict({signed_in, Step("open").opens("/account").shows("<input type=password>").fails(not_reached())})
        .layer;
  };
  const auto submits = [&](int status) { return Step("submit").submits("/", status, credentials()); };
  EXPECT_EQ(after(submits(303).leads_to("/"), false), Layer::session) << "the address of the form, without it";
  EXPECT_EQ(after(submits(303).leads_to("/de/login"), true), Layer::controller) << "the form, at another address";
  EXPECT_EQ(after(Step("submit").asks(Reason::submitted, "POST", "/", 200, {cookie}), false), Layer::config)
      << "no form was sent";
  Step same = submits(200);
  same.result.evidence.exchanges.back().headers = {cookie};
  EXPECT_EQ(after(same, false), Layer::session) << "no redirect, and a cookie";
  EXPECT_EQ(after(submits(200), false), Layer::controller) << "no redirect, and no cookie";
}

TEST(FailedExpectations, AnotherOriginIsABaseAddressAndASharedMarkerTheProjects) {
  Failure away = not_reached();
  away.got.answer = {200, "http://10.0.0.1:3000/account", "Production", {record::PageTrait::other_origin}};
  const Suspect base = verdict({Step("expect").fails(away)});
  EXPECT_EQ(base.layer, Layer::config);
  EXPECT_EQ(base.identifier, "http://10.0.0.1:3000");
  EXPECT_THAT(base.cause, HasSubstr("look at its base address"));

  Failure marker = failure(FailureCode::shared_marker, "/account", ".me");
  marker.wanted.kind = Wanted::Kind::open;
  marker.got.answer = {200, "/login", "Log in", {record::PageTrait::shows_dashboard}};
  const Suspect shared = verdict({Step("expect").fails(marker)});
  EXPECT_EQ(shared.layer, Layer::harness);
  EXPECT_THAT(shared.cause, HasSubstr(".me is on /login, too"));
}

TEST(FailedExpectations, AWrongPasswordThatIsTakenIsTheModel) {
  Step taken = Step("submit").submits("/login", 302, credentials()).leads_to("/account").fails(visible());
  EXPECT_EQ(verdict({login(), taken}).layer, Layer::model);
  // After three wrong ones, the lock is what did not come.
  const Suspect unlocked = verdict({login(), wrong_password(), wrong_password(), wrong_password(), taken});
  EXPECT_EQ(unlocked.layer, Layer::config);
  EXPECT_THAT(unlocked.cause, HasSubstr("do not lock"));
}

TEST(FailedExpectations, AForgedFormThatIsTakenIsASetting) {
  Step forged("without a token");
  forged.asks(Reason::requested, "POST", "/login", 302).leads_to("/account").fails(visible());
  forged.result.evidence.exchanges.front().request_body = "email=ada%40example.com&password=x";
  forged.result.evidence.exchanges.front().request_headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  const Suspect suspect = verdict({forged});
  EXPECT_EQ(suspect.layer, Layer::config);
  EXPECT_THAT(suspect.cause, HasSubstr("without a CSRF token"));
}

TEST(FailedExpectations, CookiesThatNoBrowserKeepsOrSendsAreTheSession) {
  Step page = Step("open /login")
                  .asks(Reason::opened, "GET", "/login", 200,
                        {{"Set-Cookie", "laravel_session=x; Path=/; Domain=.other.example"}});
  page.loses({.name = "laravel_session",
              .why = record::CookieDrop::domain_elsewhere,
              .domain = "other.example",
              .host = "shop.example",
              .bytes = 0});
  const Step refused =
      Step("submit").submits("/login", 419, credentials()).shows("<h1>Page Expired</h1>").fails(not_reached());
  const Suspect dropped = verdict({page, refused});
  EXPECT_EQ(dropped.layer, Layer::session);
  EXPECT_EQ(dropped.identifier, "laravel_session");
  EXPECT_EQ(dropped.confidence, Confidence::high);

  Step narrow = Step("submit").asks(Reason::submitted, "POST", "/auth/login", 302,
                                    {{"Set-Cookie", "JSESSIONID=x; Path=/auth; HttpOnly"}});
  narrow.leads_to("/account", 302).leads_to("/auth/login").fails(not_reached());
  const Suspect below = verdict({narrow});
  EXPECT_EQ(below.identifier, "JSESSIONID");
  EXPECT_THAT(below.cause, HasSubstr("below /auth only, and not to /account"));
}

// ---- a form that was refused ----

TEST(FailedExpectations, AFieldThatIsNotReadIsTheView) {
  // Django's ids come from the names its forms have.
  const std::vector<record::FilledField> sent{{"Username", "username", "text", "ada"},
                                              {"Password", "pasword", "password", "‹password›"}};
  const Suspect suspect = verdict(
      {login(),
       Step("submit")
           .submits("/login", 200, sent)
           .shows(R"(<input name="username" id="id_username"><input type=password name='pasword' id='id_password'>)",
                  {{{"Password"}, "This field is required."}})
           .fails(not_reached())});
  EXPECT_EQ(suspect.layer, Layer::view);
  EXPECT_EQ(suspect.identifier, "pasword");
  EXPECT_EQ(suspect.suggestion, "password");
}

TEST(FailedExpectations, ARuleThatRefusesWhatIsRightIsTheModel) {
  const Suspect suspect =
      verdict({login(), Step("submit")
                            .submits("/login", 422, credentials())
                            .shows("<form></form>", {{{"Password"}, "is too long (maximum is 12 characters)"}})
                            .fails(not_reached())});
  EXPECT_EQ(suspect.layer, Layer::model);
  EXPECT_EQ(suspect.identifier, "password");
}

TEST(FailedExpectations, RefusedCredentialsAreReadBeforeTheBackgroundOfTheAccount) {
  const auto refused = [](const std::string& name) {
    return Step("submit")
        .submits("/login", 422, credentials(name))
        .shows("<input type=password>", {{{}, "These credentials do not match our records."}})
        .fails(not_reached());
  };
  EXPECT_THAT(verdict({login(), refused("Ada@Example.com")}).cause, HasSubstr("letter for letter"));
  const std::vector<record::FilledField> account{{"Name", "name", "text", "Mary"},
                                                 {"Email", "email", "email", "mary@example.com"},
                                                 {"Password", "password", "password", "‹password›"}};
  const Step sign_up = Step("sign up").submits("/register", 302, account).leads_to("/account");
  const Suspect made_here = verdict({sign_up, login(), refused("mary@example.com")});
  EXPECT_EQ(made_here.layer, Layer::model);
  EXPECT_THAT(made_here.cause, HasSubstr("made a moment ago"));
  // Of an account that was there before, its row may be what changed.
  EXPECT_EQ(verdict({login(), refused("ada@example.com")}).layer, Layer::database);
}

TEST(FailedExpectations, ALockIsToldByWhoMistyped) {
  const Step locked = Step("submit")
                          .submits("/login", 302, credentials())
                          .leads_to("/login")
                          .shows("<input type=password>", {{{}, "Your account is locked."}})
                          .fails(not_reached());
  EXPECT_EQ(verdict({login(), locked}).layer, Layer::config);
  const Suspect kept = verdict({login(), wrong_password(), signed_in(), wrong_password(), locked});
  EXPECT_EQ(kept.layer, Layer::model);
  EXPECT_THAT(kept.cause, HasSubstr("not set back"));
}

TEST(FailedExpectations, AFormThatGoesAstrayIsTheViewAndASignInThatDoesASetting) {
  EXPECT_EQ(verdict({login(), Step("submit").submits("/sesion", 404, credentials()).fails(not_reached())}).layer,
            Layer::view);
  EXPECT_EQ(verdict({login(), Step("submit").submits("/login", 415, credentials(), "text/plain").fails(not_reached())})
                .identifier,
            "enctype");
  const Suspect led = verdict(
      {login(), Step("submit").submits("/login", 302, credentials()).leads_to("/acount", 404).fails(not_reached())});
  EXPECT_EQ(led.layer, Layer::config);
  EXPECT_EQ(led.identifier, "/acount");
  EXPECT_EQ(led.suggestion, "/account");
}

// ---- what the answer and the page say ----

TEST(FailedExpectations, AttributesOfCookiesAreTheSessionAndHeadersASetting) {
  const Suspect cookie = verdict({Step("open /login")
                                      .opens("/login")
                                      .fails(failure(FailureCode::cookie_without_flag, "connect.sid", "http_only"))});
  EXPECT_EQ(cookie.layer, Layer::session);
  EXPECT_EQ(cookie.identifier, "HttpOnly");
  EXPECT_EQ(cookie.cause, "the cookie \"connect.sid\" is set without HttpOnly");
  const Suspect header =
      verdict({Step("open /account").opens("/account").fails(failure(FailureCode::missing_header, "Cache-Control"))});
  EXPECT_EQ(header.layer, Layer::config);
  EXPECT_EQ(header.identifier, "Cache-Control");
}

TEST(FailedExpectations, ALinkThatIsGoodTwiceIsTheModelAndOneThatLeadsNowhereTheView) {
  const Step first = Step("open ${link}").opens("/reset?token=abc");
  const Suspect twice = verdict({first, Step("open ${link}").opens("/reset?token=abc").fails(status(410, 200))});
  EXPECT_EQ(twice.layer, Layer::model);
  EXPECT_EQ(twice.identifier, "/reset");
  Step lost = Step("open ${link}").opens("/regsiter/confirm?token=abc", 404).fails(status(200, 404));
  EXPECT_EQ(verdict({lost}).layer, Layer::config) << "the scenario itself may have it wrong";
  const Suspect nowhere = verdict({lost.by_a_captured_address()});
  EXPECT_EQ(nowhere.layer, Layer::view);
  EXPECT_EQ(nowhere.suggestion, "/register/confirm");
}

TEST(FailedExpectations, WhatATemplateDoesNotPrintIsTheView) {
  const auto about = [](Failure failure, const std::string& html = "<p>Hello") {
    return verdict({Step("open /account").opens("/account").shows(html).fails(std::move(failure))});
  };
  const auto text = [](std::string wanted, std::string got) {
    return differs(FailureCode::wrong_element_text, ".me", Wanted::Kind::part, std::move(wanted), std::move(got));
  };
  EXPECT_EQ(about(differs(FailureCode::wrong_title, {}, Wanted::Kind::equal, "Account – Shop", "– Shop")).identifier,
            "title");
  EXPECT_EQ(about(text("Ada", "")).identifier, ".me");
  EXPECT_THAT(about(text("a <b> c", "a c")).cause, HasSubstr("without escaping"));
  const Suspect label = about(failure(FailureCode::missing_element, "label[for=email]"),
                              R"(<label for="emial">Email</label><input id="email">)");
  EXPECT_EQ(label.layer, Layer::view);
  EXPECT_EQ(label.identifier, "emial");
  EXPECT_EQ(label.suggestion, "email");
  EXPECT_EQ(label.confidence, Confidence::high);
}

TEST(FailedExpectations, OtherRowsAndAnotherOrderAreTheModel) {
  const auto about = [](Failure failure) {
    return verdict({Step("open /orders").opens("/orders").shows("<li>first<li>last").fails(std::move(failure))});
  };
  Failure count = differs(FailureCode::wrong_element_count, ".orders li", Wanted::Kind::equal, "2", "");
  count.got.number = 3;
  EXPECT_EQ(about(count).layer, Layer::model);
  EXPECT_THAT(about(count).cause, HasSubstr("lists more of"));
  count.got.number = 1;
  EXPECT_THAT(about(count).cause, HasSubstr("lists too few of"));
  EXPECT_EQ(about(differs(FailureCode::unwanted_text, {}, Wanted::Kind::part, "first", "first last")).layer,
            Layer::model);
  EXPECT_EQ(
      about(differs(FailureCode::wrong_element_text, "li:first-child", Wanted::Kind::part, "last", "first")).layer,
      Layer::model);
}

TEST(FailedExpectations, AnErrorThatIsReportedSaysMore) {
  const Suspect suspect =
      verdict({Step("open /account")
                   .opens("/account")
                   .shows("<p>Hello")
                   .fails(differs(FailureCode::missing_text, {}, Wanted::Kind::part, "Hello, Ada", "Hello"))},
              {"sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such column: users.dispaly_name"});
  EXPECT_EQ(suspect.identifier, "dispaly_name");
}

// ---- rules of fields ----

record::ValidationCell cell(const std::string& rule, record::Standing page, record::Standing server) {
  record::ValidationCell made;
  made.field = "Email";
  made.rule = rule;
  made.required = {true, 254, {}};
  made.bound = 254;
  made.page = page;
  made.server = server;
  made.holds = false;
  return made;
}

Suspect verdict_on(const record::ValidationCell& broken) {
  Step step("validate “Sign up”");
  step.fails(failure(FailureCode::rule_accepts_invalid, broken.field, broken.rule));
  step.result.evidence.validation.emplace().cells = {broken};
  return verdict({step});
}

TEST(FailedExpectations, ABrokenRuleIsOfTheSideThatBreaksIt) {
  using enum record::Standing;
  EXPECT_EQ(verdict_on(cell("required", missing, enforced)).layer, Layer::view);
  EXPECT_EQ(verdict_on(cell("required", enforced, missing)).layer, Layer::model);
  EXPECT_EQ(verdict_on(cell("accepts", enforced, stricter)).layer, Layer::model);
  EXPECT_EQ(verdict_on(cell("max_length", enforced, misplaced)).layer, Layer::view);
  EXPECT_EQ(verdict_on(cell("max_length", enforced, silent)).layer, Layer::view);
  // 254 characters have to be stored; 255 had to be refused.
  auto too_short = cell("max_length", enforced, error), let_through = too_short;
  too_short.tested.length = 254;
  let_through.tested.length = 255;
  EXPECT_EQ(verdict_on(too_short).layer, Layer::database);
  EXPECT_EQ(verdict_on(let_through).layer, Layer::model);
  // The column itself says it for certain.
  too_short.column = stricter;
  too_short.behind = {record::ColumnSeen::Fact::length, "users", "email", "varchar(64)"};
  EXPECT_EQ(verdict_on(too_short).confidence, Confidence::high);
  EXPECT_THAT(verdict_on(too_short).cause, HasSubstr("users.email varchar(64) does not hold"));
}

TEST(FailedExpectations, TheFingerprintIsTheSameWhateverTheHostAndWhatWasTyped) {
  const auto fingerprint = [](const std::string& host) {
    Failure failure = not_reached();
    failure.got.answer.path = host + "/login";
    return verdict({login(), Step("submit")
                                 .submits("/login", 422, credentials())
                                 .shows("<input type=password>", {{{"Password"}, "is too long"}})
                                 .fails(failure)})
        .fingerprint;
  };
  EXPECT_EQ(fingerprint("http://127.0.0.1:4711"), fingerprint("http://127.0.0.1:8080"));
  EXPECT_EQ(fingerprint("").size(), 16U);
}

} // namespace
} // namespace murphy::diagnose
