// Who is let in that should not be, and who is not remembered.
#include "step.h"
#include "verdict_row.h"

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Confidence;
using record::FailureCode;
using record::Wanted;

Step opened(const std::string& path = "/account", int answer = 200) { return Step("open " + path).opens(path, answer); }

record::Failure wants_page(const std::string& path) {
  return differs(FailureCode::wrong_page, {}, Wanted::Kind::equal, path, "/orders");
}

record::Failure control_failed() {
  record::Failure made = failure(FailureCode::dashboard_public, "/account", ".me");
  made.wanted.kind = Wanted::Kind::open;
  return made;
}

Step with_own_cookie() {
  Step step("with a copied cookie");
  step.asks(record::Reason::requested, "GET", "/account", 200);
  step.result.evidence.exchanges.back().request_headers = {{"Cookie", "sid=x"}};
  return step;
}

Step let_in(const std::string& name = "ada@example.com") {
  return Step("submit").submits("/login", 302, credentials(name)).leads_to("/account").fails(visible());
}

// A sign-in whose cookie, set for this path, the page behind it never gets.
Step with_cookie_path(const std::string& path) {
  return Step("submit")
      .asks(record::Reason::submitted, "POST", "/auth/login", 302, {{"Set-Cookie", "sid=x; Path=" + path}})
      .leads_to("/account", 302)
      .leads_to("/auth/login")
      .fails(not_reached());
}

Step with_dropped_cookie() {
  return Step("open /login")
      .asks(record::Reason::opened, "GET", "/login", 200, {{"Set-Cookie", "sid=x; Domain=other.example"}})
      .loses({.name = "sid",
              .why = record::CookieDrop::domain_elsewhere,
              .domain = "other.example",
              .host = "shop.example",
              .bytes = 0});
}

record::Failure elsewhere() {
  record::Failure made = not_reached();
  made.got.answer.path = "https://other.example/";
  made.got.answer.traits = {record::PageTrait::other_origin};
  return made;
}

record::Failure in_again() {
  record::Failure made = failure(FailureCode::dashboard_reentered, "/account", ".me");
  made.got.text = "https://idp.example";
  return made;
}

Step refused_sign_in() { return Step("submit").submits("/login", 419, credentials()).fails(not_reached()); }

INSTANTIATE_TEST_SUITE_P(
    Access, Verdicts,
    testing::ValuesIn(std::vector<VerdictRow>{
        {.name = "OpenToVisitors",
         .steps = {opened().fails(visible())},
         .layer = config,
         .also = controller,
         .identifier = "/account",
         .kind = "access"},
        {.name = "OpenToVisitorsSaysTheControl",
         .steps = {opened().fails(control_failed())},
         .layer = config,
         .also = controller,
         .identifier = "/account",
         .kind = "access"},
        {.name = "SendsNobodyToSignIn",
         .steps = {opened("/orders").fails(wants_page("/login"))},
         .layer = config,
         .also = controller,
         .identifier = "/orders",
         .kind = "access",
         .weight = 4.5},
        {.name = "SendsNobodyToSignInAndFails",
         .steps = {opened("/orders", 500).fails(wants_page("/login"))},
         .layer = config,
         .also = controller,
         .identifier = "/orders",
         .kind = "access",
         .weight = 4},
        {.name = "TakesAFormWithoutAToken",
         .steps = {Step("forged").posts("/login", "email=a&password=x").leads_to("/account").fails(visible())},
         .layer = config,
         .also = controller,
         .identifier = "/login",
         .kind = "access"},
        {.name = "TakesATokenOfAnother",
         .steps = {Step("forged").posts("/login", "_token=x&password=x").leads_to("/account").fails(visible())},
         .layer = config,
         .also = controller,
         .identifier = "/login",
         .kind = "access"},
        {.name = "TakesAWrongPassword",
         .steps = {login(), let_in()},
         .layer = model,
         .also = config,
         .kind = "credentials"},
        {.name = "TakesAWrongPasswordAfterTwo",
         .steps = {login(), wrong_password(), wrong_password(), let_in()},
         .layer = model,
         .also = config,
         .kind = "credentials"},
        {.name = "LocksNobodyAfterThree",
         .steps = {login(), wrong_password(), wrong_password(), wrong_password(), let_in()},
         .layer = config,
         .also = model,
         .kind = "lock"},
        {.name = "LocksNobodyAfterThreeOfAnother",
         .steps = {login(), wrong_password(), wrong_password(), wrong_password(), let_in("bob@example.com")},
         .layer = model,
         .also = config,
         .kind = "credentials"},
        {.name = "KeepsASessionThatEnded",
         .steps = {login(), signed_in(), opened().fails(visible())},
         .layer = session,
         .also = model},
        {.name = "KeepsASessionThatAFormShouldEnd",
         .steps = {login(), signed_in(),
                   Step("sign out").submits("/logout", 302, {}).leads_to("/account").fails(visible())},
         .layer = session,
         .also = model},
        {.name = "TakesACopiedCookie", .steps = {with_own_cookie().fails(visible())}, .layer = session, .also = model},
        {.name = "NoBrowserKeepsTheCookie",
         .steps = {with_dropped_cookie(), refused_sign_in()},
         .layer = session,
         .confidence = Confidence::high,
         .identifier = "sid"},
        {.name = "TheCookieGoesElsewhere",
         .steps = {with_cookie_path("/auth")},
         .layer = session,
         .confidence = Confidence::high,
         .identifier = "sid"},
        {.name = "TheCookieGoesToALongerPath",
         .steps = {with_cookie_path("/acc")},
         .layer = session,
         .confidence = Confidence::high,
         .identifier = "sid"},
        {.name = "ACookieOfTheWholeAppIsNotToBlame", .steps = {with_cookie_path("/")}, .layer = unknown},
        {.name = "ThePageLeadsBackToItself",
         .steps = {opened("/orders", 302).leads_to("/orders", 302).fails(failure(FailureCode::redirect_loop))},
         .layer = config,
         .also = controller,
         .identifier = "/orders",
         .kind = "access"},
        {.name = "SignsInAndOutInACircle",
         .steps = {opened("/account", 302).leads_to("/login", 302).fails(failure(FailureCode::redirect_loop))},
         .layer = session,
         .also = config},
        {.name = "SignsInAndOutForTheCookie",
         .steps = {with_dropped_cookie(),
                   opened("/account", 302).leads_to("/login", 302).fails(failure(FailureCode::redirect_loop))},
         .layer = session,
         .confidence = Confidence::high,
         .identifier = "sid"},
        {.name = "AsksAgainWhoWasNotLetIn",
         .steps = {login(), wrong_password(),
                   opened("/account", 302).leads_to("/login").shows("<input type=password>").fails(not_reached())},
         .layer = controller,
         .also = model,
         .confidence = Confidence::low},
        {.name = "LeadsToAnotherOrigin",
         .steps = {opened("/account", 302).fails(elsewhere())},
         .layer = config,
         .also = controller,
         .confidence = Confidence::high,
         .identifier = "https://other.example",
         .kind = "redirect"},
        {.name = "LetsInAgainWhoSignedOut",
         .steps = {login(), signed_in(), opened().fails(in_again())},
         .layer = session,
         .also = config,
         .identifier = "https://idp.example",
         .kind = "access"},
        {.name = "AMarkerOfOtherPages",
         .steps = {opened().fails(failure(FailureCode::shared_marker, "/account", ".me"))},
         .layer = harness,
         .confidence = Confidence::high,
         .identifier = ".me"},
        {.name = "ForgetsWhoSignedIn",
         .steps = {login(), signed_in(),
                   opened("/account", 302).leads_to("/login").shows("<input type=password>").fails(not_reached())},
         .layer = session,
         .also = config},
    }),
    name_of_row);

} // namespace
} // namespace murphy::diagnose
