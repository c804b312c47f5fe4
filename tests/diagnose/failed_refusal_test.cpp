// A form that was refused though it was right, or that went to another place.
#include "step.h"
#include "verdict_row.h"

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Confidence;
using record::FailureCode;

Step submits(int answer, std::vector<record::FilledField> fields = credentials()) {
  return Step("submit").submits("/login", answer, std::move(fields));
}

// Refused with these errors on the page.
Step refused(std::vector<record::ShownError> errors, std::vector<record::FilledField> fields = credentials(),
             const std::string& html = "<input type=password>") {
  return submits(422, std::move(fields)).shows(html, std::move(errors)).fails(not_reached());
}

Step locked() { return refused({{{}, "Your account is locked."}}); }

Step signs_up(const std::string& email) {
  return Step("sign up")
      .submits("/register", 302,
               {{"Name", "name", "text", "Mary"},
                {"Email", "email", "email", email},
                {"Password", "password", "password", "‹password›"}})
      .leads_to("/account");
}

Step with_made_up_form() {
  Step step("forged");
  step.posts("/sesion", "password=x", 404);
  return step.fails(not_reached());
}

const record::ShownError mismatch{{}, "These credentials do not match our records."};

INSTANTIATE_TEST_SUITE_P(
    Refusal, Verdicts,
    testing::ValuesIn(std::vector<VerdictRow>{
        {.name = "SentAsPlainText",
         .steps = {login(), Step("submit").submits("/login", 415, credentials(), "text/plain").fails(not_reached())},
         .layer = view,
         .confidence = Confidence::high,
         .identifier = "enctype"},
        {.name = "SentToAPageThatIsNotThere",
         .steps = {login(), Step("submit").submits("/sesion", 404, credentials()).fails(not_reached())},
         .layer = view,
         .also = controller,
         .identifier = "/sesion"},
        {.name = "SentByAMethodThatIsNotTaken",
         .steps = {login(), submits(405).fails(not_reached())},
         .layer = view,
         .also = controller,
         .identifier = "/login"},
        {.name = "MadeUpFormsAreNotTheView", .steps = {with_made_up_form()}, .layer = unknown},
        {.name = "LedToAPageThatIsNotThere",
         .steps = {login(), submits(302).leads_to("/zzz", 404).fails(not_reached())},
         .layer = config,
         .also = controller,
         .identifier = "/zzz",
         .kind = "redirect"},
        {.name = "LedToAMisspelledPage",
         .steps = {login(), submits(302).leads_to("/acount", 404).fails(not_reached())},
         .layer = config,
         .also = controller,
         .identifier = "/acount",
         .suggestion = "/account",
         .kind = "redirect"},
        {.name = "LedToAnotherPage",
         .steps = {login(), submits(302).leads_to("/welcome").fails(not_reached())},
         .layer = config,
         .also = controller,
         .identifier = "/welcome",
         .suggestion = "/account",
         .kind = "redirect"},
        {.name = "LockedThoughNobodyMistyped",
         .steps = {login(), locked()},
         .layer = config,
         .also = database,
         .kind = "lock"},
        {.name = "LockedByWhatWasForgiven",
         .steps = {login(), wrong_password(), signed_in(), wrong_password(), locked()},
         .layer = model,
         .also = database,
         .kind = "lock"},
        {.name = "LockedTooSoon",
         .steps = {login(), wrong_password(), locked()},
         .layer = config,
         .also = model,
         .kind = "lock"},
        {.name = "AFieldIsNotRead",
         .steps = {login(),
                   refused({{{"Password"}, "This field is required."}},
                           {{"Username", "username", "text", "ada"}, {"Password", "pasword", "password", "‹password›"}},
                           "<input name=username id=id_username><input type=password name=pasword "
                           "id=id_password>")},
         .layer = view,
         .confidence = Confidence::high,
         .identifier = "pasword",
         .suggestion = "password"},
        {.name = "AFieldIsNotReadAndNothingSaysWhy",
         .steps = {login(), refused({{{"Word"}, "can't be blank"}}, {{"Word", "zq", "password", "‹password›"}})},
         .layer = view,
         .identifier = "zq"},
        {.name = "AFieldIsSaidToBeNotProvided",
         .steps = {login(), refused({{{"Word"}, "Word not provided"}}, {{"Word", "zq", "password", "‹password›"}})},
         .layer = view,
         .identifier = "zq"},
        {.name = "TheAccountIsDisabledAndTheFieldIsRight",
         .steps = {login(), refused({{{"Password"}, "Account is disabled."}})},
         .layer = unknown},
        {.name = "ARuleRefusesWhatIsRight",
         .steps = {login(), refused({{{"Password"}, "is too long (maximum is 12 characters)"}})},
         .layer = model,
         .identifier = "password",
         .kind = "rule"},
        {.name = "NamesAreComparedLetterForLetter",
         .steps = {login(), refused({mismatch}, credentials("Ada@Example.com"))},
         .layer = model,
         .also = database,
         .kind = "credentials"},
        {.name = "SpacesCountInNames",
         .steps = {login(), refused({mismatch}, credentials(" ada@example.com"))},
         .layer = model,
         .also = database,
         .kind = "credentials"},
        {.name = "TheAccountWasJustMade",
         .steps = {signs_up("mary@example.com"), login(), refused({mismatch}, credentials("mary@example.com"))},
         .layer = model,
         .also = database,
         .kind = "credentials"},
        {.name = "TheAccountWasThereBefore",
         .steps = {signs_up("mary@example.com"), login(), refused({mismatch})},
         .layer = unknown},
        {.name = "NothingIsSaid", .steps = {login(), refused({})}, .layer = unknown},
    }),
    name_of_row);

// A form that sends what it always sent is not at fault when the app finds nothing in it.
TEST(Refusal, OfAFieldThatIsSentAsBeforeIsTheReaders) {
  Evidence evidence = evidence_after({login(), refused({{{"Password"}, "Password not provided"}})});
  evidence.known_good.emplace().fields = evidence.fields;
  const auto hypothesis = hypothesis_by_expectations(evidence);
  ASSERT_TRUE(hypothesis);
  EXPECT_EQ(record::name_of(hypothesis->suspect.layer), "controller");
  EXPECT_EQ(record::name_of(hypothesis->suspect.also), "model");
  EXPECT_EQ(hypothesis->suspect.identifier, "password");
  EXPECT_EQ(hypothesis->suspect.cause, "the app finds nothing in \"password\", which the form sends as it did before");
}

} // namespace
} // namespace murphy::diagnose
