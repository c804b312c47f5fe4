// What a page shows, and should not; or does not show, and should.
#include "step.h"
#include "verdict_row.h"

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Confidence;
using record::Failure;
using record::FailureCode;
using record::Wanted;

// A page of this HTML on which one thing is not as it should be.
Step orders(Failure why, const std::string& html = "<p>Hello", const std::string& path = "/orders") {
  Step step("open " + path);
  step.opens(path);
  if (!html.empty()) step.shows(html);
  return step.fails(std::move(why));
}

Failure element_text(std::string wanted, std::string got) {
  return differs(FailureCode::wrong_element_text, ".me", Wanted::Kind::part, std::move(wanted), std::move(got));
}

Failure form_missing(FailureCode code) {
  Failure made = failure(code, "Sign in");
  made.key = "form";
  return made;
}

Failure count_of(const char* wanted, int got) {
  Failure made = differs(FailureCode::wrong_element_count, "li", Wanted::Kind::equal, wanted, "");
  made.got.number = got;
  return made;
}

Failure element_attribute(std::string part, std::string got) {
  Failure made = differs(FailureCode::wrong_element_attribute, "input", Wanted::Kind::equal, "x", std::move(got));
  made.part = std::move(part);
  return made;
}

Failure incomplete() {
  Failure made = failure(FailureCode::dashboard_incomplete, "/account", ".me");
  made.wanted.kind = Wanted::Kind::open;
  return made;
}

Failure field_error(FailureCode code = FailureCode::missing_field_error) {
  return differs(code, "Email", Wanted::Kind::part, "is taken", "");
}

Failure form_error() { return differs(FailureCode::missing_form_error, {}, Wanted::Kind::part, "is wrong", ""); }

// A form that is answered so, with these errors on the page.
Step submitted(Failure why, int answer, std::vector<record::ShownError> errors, const std::string& html = "<p>Hello") {
  return Step("submit")
      .submits("/profile", answer, {{"Name", "name", "text", "Ada L."}})
      .shows(html, std::move(errors))
      .fails(std::move(why));
}

Failure excluded(Failure made) {
  made.wanted.is_negated = true;
  return made;
}

// What a scenario excludes is there; nothing that it names is missing.
INSTANTIATE_TEST_SUITE_P(
    Excluded, Verdicts,
    testing::ValuesIn(std::vector<VerdictRow>{
        {.name = "ATitle",
         .steps = {orders(excluded(differs(FailureCode::wrong_title, {}, Wanted::Kind::equal, "", "")))},
         .layer = view,
         .identifier = "title",
         .cause = "the page has a title that the scenario excludes"},
        {.name = "ACount",
         .steps = {orders(excluded(count_of("3", 3)))},
         .layer = model,
         .also = view,
         .identifier = "li",
         .kind = "query",
         .cause = "the page lists 3 of li, which the scenario excludes"},
        {.name = "TheTextOfAnElement",
         .steps = {orders(excluded(element_text("Ada", "Ada")), "<p class=me>Ada")},
         .layer = model,
         .also = view,
         .confidence = Confidence::low,
         .identifier = ".me",
         .cause = ".me shows what the scenario excludes"},
        {.name = "AnAttribute",
         .steps = {orders(excluded(element_attribute("href", "/elsewhere")))},
         .layer = view,
         .cause = "an element has the href that the scenario excludes"},
        {.name = "AText",
         .steps = {orders(excluded(differs(FailureCode::missing_text, {}, Wanted::Kind::part, "Hello", "Hello")))},
         .layer = model,
         .also = view,
         .kind = "query",
         .cause = "the page shows what does not belong there"},
        {.name = "TheWordsOfAnError",
         .steps = {submitted(excluded(field_error(FailureCode::wrong_field_error)), 422, {{{}, "Email is taken"}})},
         .layer = view,
         .also = model,
         .confidence = Confidence::low,
         .cause = "the app refuses the form with words that the scenario excludes"},
    }),
    name_of_row);

Failure near(Failure made, std::string there) {
  made.others = {std::move(there)};
  return made;
}

// The page has almost what the scenario names.
INSTANTIATE_TEST_SUITE_P(
    Near, Verdicts,
    testing::ValuesIn(std::vector<VerdictRow>{
        {.name = "AText",
         .steps = {orders(near(differs(FailureCode::missing_text, {}, Wanted::Kind::part, "Wellcome", "Welcome, Ada"),
                               "Welcome"))},
         .layer = view,
         .also = harness,
         .kind = "wording",
         .cause = "the page shows \"Welcome\" where the scenario has \"Wellcome\""},
        {.name = "ATitle",
         .steps = {orders(near(differs(FailureCode::wrong_title, {}, Wanted::Kind::equal, "Dashbaord", "Dashboard"),
                               "Dashboard"))},
         .layer = view,
         .also = harness,
         .kind = "wording",
         .cause = "the page's title has \"Dashboard\" where the scenario has \"Dashbaord\""},
        {.name = "TheTextOfAnElement",
         .steps = {orders(near(element_text("Adaa", "Ada"), "Ada"))},
         .layer = view,
         .also = harness,
         .kind = "wording",
         .cause = ".me shows \"Ada\" where the scenario has \"Adaa\""},
        {.name = "AnError",
         .steps = {submitted(near(field_error(FailureCode::wrong_field_error), "is takne"), 422,
                             {{{"Email"}, "Email is takne"}})},
         .layer = view,
         .also = harness,
         .kind = "wording",
         .cause = "an error says \"is takne\" where the scenario has \"is taken\""},
        {.name = "AnElementThatIsUsuallySpelledSo",
         .steps = {orders(near(failure(FailureCode::missing_element, "#pasword"), "#password"))},
         .layer = harness,
         .also = view,
         .identifier = "#pasword",
         .suggestion = "#password",
         .kind = "wording",
         .cause = "the page has no #pasword; it has #password"},
        {.name = "AnElementThatThePageMisspells",
         .steps = {orders(near(count_of("1", 0), ".itmes"))},
         .layer = view,
         .also = harness,
         .identifier = "li",
         .suggestion = ".itmes",
         .kind = "wording",
         .cause = "the page has no li; it has .itmes"},
    }),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Page, Verdicts,
    testing::ValuesIn(std::vector<VerdictRow>{
        {.name = "TheTitleLacksAPart",
         .steps = {orders(differs(FailureCode::wrong_title, {}, Wanted::Kind::equal, "Account – Shop", "– Shop"))},
         .layer = view,
         .identifier = "title"},
        {.name = "TheTitleIsAnother",
         .steps = {orders(differs(FailureCode::wrong_title, {}, Wanted::Kind::equal, "Account", "Orders"))},
         .layer = view,
         .identifier = "title"},
        {.name = "TheFormAgainWithoutAWord",
         .steps = {submitted(form_error(), 200, {}, "<input type=password>")},
         .layer = unknown},
        {.name = "AButtonIsOutsideOfItsForm",
         .steps = {orders(form_missing(FailureCode::button_without_form))},
         .layer = view,
         .confidence = Confidence::high,
         .identifier = "Sign in"},
        {.name = "TheFormIsNotThere",
         .steps = {orders(form_missing(FailureCode::missing_form))},
         .layer = view,
         .also = controller,
         .identifier = "Sign in"},
        {.name = "ALabelIsForNothing",
         .steps = {orders(failure(FailureCode::missing_element, "label[for=email]"),
                          R"(<label for="emial">Email</label><input id="email">)")},
         .layer = view,
         .confidence = Confidence::high,
         .identifier = "emial",
         .suggestion = "email"},
        {.name = "AnElementIsNotThere",
         .steps = {orders(failure(FailureCode::missing_element, "h1"))},
         .layer = view,
         .also = model,
         .identifier = "h1"},
        {.name = "AnElementIsThere",
         .steps = {orders(failure(FailureCode::unwanted_element, ".admin"))},
         .layer = view,
         .also = model,
         .confidence = Confidence::low,
         .identifier = ".admin"},
        {.name = "AParameterIsTakenOverUnchecked",
         .steps = {orders(failure(FailureCode::unwanted_element, "[name=next]"), "<p>Hello",
                          "/login?next=//evil.example")},
         .layer = controller,
         .also = config,
         .identifier = "next"},
        {.name = "TooManyElements",
         .steps = {orders(count_of("2", 3))},
         .layer = model,
         .also = view,
         .identifier = "li",
         .kind = "query"},
        {.name = "TooFewElements",
         .steps = {orders(count_of("2", 1))},
         .layer = model,
         .also = view,
         .identifier = "li",
         .kind = "query"},
        {.name = "AnElementIsEmpty",
         .steps = {orders(element_text("Ada", ""))},
         .layer = view,
         .also = model,
         .identifier = ".me"},
        {.name = "AValueIsNotEscaped",
         .steps = {orders(element_text("a <b> c", "a c"))},
         .layer = view,
         .confidence = Confidence::high,
         .identifier = ".me"},
        {.name = "TheOrderIsAnother",
         .steps = {orders(element_text("last", "first"), "<li>first<li>last")},
         .layer = model,
         .also = view,
         .identifier = ".me",
         .kind = "query"},
        {.name = "AnElementSaysSomethingElse",
         .steps = {orders(element_text("last", "first"))},
         .layer = model,
         .also = view,
         .confidence = Confidence::low,
         .identifier = ".me"},
        {.name = "WhatWasTypedCountsAtOnce",
         .steps = {submitted(element_attribute("value", "Ada L."), 200, {})},
         .layer = config,
         .also = controller,
         .identifier = "name",
         .kind = "switch"},
        {.name = "AnAttributeIsAnother", .steps = {orders(element_attribute("href", "/elsewhere"))}, .layer = view},
        {.name = "ATextIsThere",
         .steps = {orders(differs(FailureCode::unwanted_text, {}, Wanted::Kind::part, "first", "first last"))},
         .layer = model,
         .also = view,
         .kind = "query"},
        {.name = "ATextIsNotThere",
         .steps = {orders(differs(FailureCode::missing_text, {}, Wanted::Kind::part, "Hello, ada@example.com",
                                  "Hello"))},
         .layer = view,
         .also = controller,
         .cause = "the page is the right one and lacks \"Hello, ada@example.com\": a name in its template may print "
                  "nothing"},
        {.name = "TheDashboardIsIncomplete",
         .steps = {orders(incomplete(), "<p>Hello", "/account")},
         .layer = view,
         .also = model,
         .identifier = ".me"},
        {.name = "TheDashboardThatIsNotReachedIsNotThePage",
         .steps = {orders(not_reached(), "<p>Hello", "/account")},
         .layer = unknown},
        {.name = "AnErrorIsNotTiedToItsField",
         .steps = {submitted(field_error(), 422, {{{}, "Email is taken"}})},
         .layer = view,
         .confidence = Confidence::high,
         .identifier = "Email"},
        {.name = "AnErrorIsTiedToNothing",
         .steps = {submitted(field_error(FailureCode::wrong_field_error), 422, {{{}, "Email is taken"}},
                             R"(<input name="email" aria-describedby="email-eror"><p id="email-error">is taken</p>)")},
         .layer = view,
         .confidence = Confidence::high,
         .identifier = "email-eror"},
        {.name = "ThePageDoesNotSayWhy",
         .steps = {submitted(form_error(), 422, {})},
         .layer = view,
         .also = controller},
        {.name = "TheAppTakesWhatItShouldRefuse",
         .steps = {submitted(form_error(), 302, {})},
         .layer = model,
         .also = controller},
        {.name = "TheAppRefusesWithOtherWords",
         .steps = {submitted(form_error(), 422, {{{}, "No."}})},
         .layer = view,
         .also = model,
         .confidence = Confidence::low},
    }),
    name_of_row);

} // namespace
} // namespace murphy::diagnose
