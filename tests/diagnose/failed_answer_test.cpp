// Status, headers, cookies: what the answer says besides the page.
#include "step.h"
#include "verdict_row.h"

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Confidence;
using record::Failure;
using record::FailureCode;

Step failing_login(Failure why) { return Step("open /login").opens("/login").fails(std::move(why)); }

Failure cookie(FailureCode code, std::string part = {}) { return failure(code, "sid", std::move(part)); }

// Of the attribute, this was there.
Failure cookie_attribute(std::string part, std::string got, bool is_negated = false) {
  Failure made = cookie(FailureCode::wrong_cookie_attribute, std::move(part));
  made.wanted.is_negated = is_negated;
  made.got = record::got_text(got);
  return made;
}

Step opens_with(const std::string& path, int answer, int wanted = 200) {
  return Step("open " + path).opens(path, answer).fails(status(wanted, answer));
}

INSTANTIATE_TEST_SUITE_P(
    Answer, Verdicts,
    testing::ValuesIn(std::vector<VerdictRow>{
        {.name = "ACookieIsWithoutItsFlag",
         .steps = {failing_login(cookie(FailureCode::cookie_without_flag, "http_only"))},
         .layer = session,
         .also = config,
         .confidence = Confidence::high,
         .identifier = "HttpOnly"},
        {.name = "ACookieHasAFlag",
         .steps = {failing_login(cookie(FailureCode::cookie_with_flag, "secure"))},
         .layer = session,
         .also = config,
         .confidence = Confidence::high,
         .identifier = "Secure"},
        {.name = "ACookieHasAnotherAttribute",
         .steps = {failing_login(cookie_attribute("same_site", "Lax"))},
         .layer = session,
         .also = config,
         .confidence = Confidence::high,
         .identifier = "SameSite",
         .cause = "the cookie \"sid\" has another SameSite than it should: Lax"},
        {.name = "ACookieHasNoSuchAttribute",
         .steps = {failing_login(cookie_attribute("same_site", ""))},
         .layer = session,
         .also = config,
         .confidence = Confidence::high,
         .identifier = "SameSite",
         .cause = "the cookie \"sid\" has no SameSite"},
        {.name = "ACookieHasAnAttributeThatItShouldNotHave",
         .steps = {failing_login(cookie_attribute("same_site", "None", true))},
         .layer = session,
         .also = config,
         .confidence = Confidence::high,
         .identifier = "SameSite",
         .cause = "the cookie \"sid\" has the SameSite None, which it should not have"},
        {.name = "ACookieIsNotRenewed",
         .steps = {failing_login(cookie(FailureCode::cookie_not_renewed))},
         .layer = session,
         .also = config,
         .identifier = "sid"},
        {.name = "ACookieIsNotSet",
         .steps = {failing_login(cookie(FailureCode::missing_cookie))},
         .layer = session,
         .also = config,
         .identifier = "sid"},
        {.name = "AHeaderIsNotThere",
         .steps = {failing_login(failure(FailureCode::missing_header, "Cache-Control"))},
         .layer = config,
         .also = controller,
         .identifier = "Cache-Control"},
        {.name = "AHeaderSaysSomethingElse",
         .steps = {failing_login(failure(FailureCode::wrong_header, "X-Frame-Options"))},
         .layer = config,
         .also = controller,
         .identifier = "X-Frame-Options"},
        {.name = "APageIsNotThere",
         .steps = {opens_with("/zzz", 404)},
         .layer = config,
         .also = controller,
         .identifier = "/zzz"},
        {.name = "APageIsMisspelled",
         .steps = {opens_with("/regsiter", 404)},
         .layer = config,
         .also = controller,
         .identifier = "/regsiter",
         .suggestion = "/register"},
        {.name = "ALinkLeadsToNoPage",
         .steps = {opens_with("/zzz", 410).by_a_captured_address()},
         .layer = view,
         .identifier = "/zzz"},
        {.name = "ALinkLeadsOnToNoPage",
         .steps = {Step("open ${link}")
                       .opens("/a", 302)
                       .leads_to("/zzz", 404)
                       .by_a_captured_address()
                       .fails(status(200, 404))},
         .layer = config,
         .also = controller,
         .identifier = "/zzz"},
        {.name = "ALinkIsGoodTwice",
         .steps = {Step("open ${link}").opens("/reset?token=abc"), opens_with("/reset?token=abc", 200, 410)},
         .layer = model,
         .also = controller,
         .identifier = "/reset",
         .kind = "query"},
        {.name = "OnlyItsWordsRefuse",
         .steps = {login(), Step("submit")
                                .submits("/profile", 200, credentials())
                                .shows("<p>No", {{{}, "is taken"}})
                                .fails(status(422, 200))},
         .layer = controller,
         .also = config,
         .identifier = "/profile",
         .kind = "status"},
        {.name = "ItDoesNotRefuse", .steps = {opens_with("/orders", 200, 403)}, .layer = controller, .also = model},
    }),
    name_of_row);

} // namespace
} // namespace murphy::diagnose
