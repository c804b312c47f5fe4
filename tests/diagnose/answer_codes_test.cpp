#include "diagnose/answer_codes.h"

#include "diagnose/diagnose.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Layer;
using testing::HasSubstr;
using testing::IsEmpty;

Evidence answered(const std::string& body, int status) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}, {"POST", "/login", status, ""}};
  evidence.page = body;
  return evidence;
}

struct CodeRow {
  const char* name;
  const char* body;
  Layer layer;
  const char* identifier;
};

void PrintTo(const CodeRow& row, std::ostream* out) { *out << row.name; }

class Answers : public testing::TestWithParam<CodeRow> {};

TEST_P(Answers, NameTheLayer) {
  const record::Suspect verdict = diagnose(answered(GetParam().body, 400)).verdict();
  EXPECT_EQ(record::name_of(verdict.layer), record::name_of(GetParam().layer)) << verdict.cause;
  EXPECT_EQ(verdict.identifier, GetParam().identifier);
  EXPECT_THAT(verdict.advice, testing::Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(
    All, Answers,
    testing::ValuesIn(std::vector<CodeRow>{
        {"OAuth", R"({"error":"invalid_client","error_description":"Client authentication failed"})", Layer::config,
         "invalid_client"},
        {"Unavailable", R"({"error":"temporarily_unavailable"})", Layer::network, "temporarily_unavailable"},
        {"OAuthGrant", R"({"error":"invalid_grant"})", Layer::session, "invalid_grant"},
        {"Redirect", R"({"error":"redirect_uri_mismatch"})", Layer::config, "redirect_uri_mismatch"},
        {"AppCode", R"({"code":"EMAIL_NOT_VERIFIED","message":"Please verify"})", Layer::database,
         "EMAIL_NOT_VERIFIED"},
        {"CamelCase", R"({"errors":[{"code":"AccountLocked"}]})", Layer::database, "AccountLocked"},
        {"Nested", R"({"error":{"code":"CSRF_TOKEN_INVALID"}})", Layer::session, "CSRF_TOKEN_INVALID"},
        {"GraphQL", R"({"data":null,"errors":[{"message":"no","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]})",
         Layer::view, "GRAPHQL_VALIDATION_FAILED"},
        {"Problem", R"({"type":"https://errors.test/account-disabled","title":"Disabled","status":403})",
         Layer::database, "account-disabled"},
        {"Validation", R"({"type":"https://errors.test/validation_error","title":"Field missing"})", Layer::controller,
         "validation_error"},
    }),
    [](const auto& each) { return std::string(each.param.name); });

TEST(AnswerCodes, AreReadOffRedirects) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/callback", 302, ""}, {"GET", "/login", 200, ""}};
  evidence.locations = {"/login?error=invalid_scope&error_description=no+such+scope"};
  EXPECT_EQ(answers_in_codes(evidence), "invalid_scope: no such scope\n");
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::config);
  evidence.locations = {"https://app.test/#error=login_required"};
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::session);
  evidence.locations = {"/login?error", "/login?error=1", "/search?error_log=invalid_scope"};
  EXPECT_THAT(answers_in_codes(evidence), IsEmpty());
}

TEST(AnswerCodes, AreReadOffChallenges) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 401, ""}};
  evidence.challenges = {"Basic realm=\"Staging\""};
  const record::Suspect verdict = diagnose(evidence).verdict();
  EXPECT_EQ(verdict.layer, Layer::config);
  EXPECT_THAT(verdict.cause, HasSubstr("a server before the app asks for a password of its own"));
  evidence.challenges = {"Bearer error=\"invalid_token\", error_description=\"The token expired\""};
  EXPECT_EQ(answers_in_codes(evidence), "invalid_token: The token expired\n");
}

TEST(AnswerCodes, AreFoundInTheConsole) {
  Evidence evidence = answered("Sorry", 500);
  evidence.console = {"callback: token endpoint said unauthorized_client"};
  EXPECT_EQ(diagnose(evidence).verdict().identifier, "unauthorized_client");
  evidence.console = {"<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy\"/>"};
  EXPECT_EQ(diagnose(evidence).verdict().identifier, "InvalidNameIDPolicy");
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::config);
  evidence.console = {"oauth2: cannot fetch token: 400 Bad Request, response: Invalid scope: it is not granted"};
  EXPECT_EQ(diagnose(evidence).verdict().identifier, "invalid_scope");
  evidence.console = {"The telescope has an invalid scope"};
  EXPECT_NE(diagnose(evidence).verdict().identifier, "invalid_scope") << "nothing of OAuth";
  evidence.console = {"oauth callback: CSRF check: invalid token"};
  EXPECT_NE(diagnose(evidence).verdict().identifier, "invalid_token") << "words, and no code";
}

// In the query of a redirect as sent, and as the journal has it; in a form that a page submits, as the journal has it.
TEST(AnswerCodes, AreReadOffAnEncodedSamlResponse) {
  const std::string refused = "PFN0YXR1c0NvZGUgVmFsdWU9InVybjpvYXNpczpuYW1lczp0YzpTQU1MOjIuMDpzdGF0dXM6QXV0aG5GYWlsZWQ"
                              "iLz4=";
  for (const std::string& value : {refused, std::string("‹SAMLResponse status:AuthnFailed:a1b2›"),
                                   std::string("%E2%80%B9SAMLResponse%20status:AuthnFailed:a1b2%E2%80%BA")}) {
    Evidence evidence = answered("Sorry", 403);
    evidence.locations = {"https://club.test/acs?SAMLResponse=" + value + "&RelayState=7"};
    EXPECT_EQ(answers_in_codes(evidence), "status:AuthnFailed\n") << value;
    EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::database);
  }
  Evidence evidence = answered("Sorry", 403);
  SentForm form;
  form.fields = {{"SAMLResponse", "", "hidden", "‹SAMLResponse status:RequestDenied:a1b2›"}};
  evidence.of_step.emplace().sent = form;
  EXPECT_EQ(answers_in_codes(evidence), "status:RequestDenied\n");
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::config);
  evidence.of_step->sent->fields.front().value = "‹SAMLResponse:a1b2›";
  EXPECT_EQ(answers_in_codes(evidence), "");
}

TEST(AnswerCodes, OfHealthyAnswersSayNothing) {
  for (const char* body : {R"({"code":"OK","message":"Welcome"})", R"({"status":200,"user":{"name":"Ada"}})",
                           R"([{"code":"EUR"},{"code":"USD"}])", R"({"error":null})", "[]", "{not json"})
    EXPECT_THAT(answers_in_codes(answered(body, 200)), IsEmpty()) << body;
}

TEST(AnswerCodes, GiveWayToAnErrorThatNamesItsCause) {
  Evidence evidence = answered(R"({"error":"DATABASE_ERROR"})", 500);
  evidence.console = {"no such column: emial"};
  EXPECT_EQ(diagnose(evidence).verdict().identifier, "emial");
}

} // namespace
} // namespace murphy::diagnose
