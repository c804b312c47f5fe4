// What a case has sent that an app counts which locks accounts.
#include "cli/sent_passwords.h"

#include "cli/load.h"
#include "sample_project.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using record::Exchange;
using record::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* two_scenarios = R"(feature = "Sign in"
[[scenario]]
name  = "lets in"
steps = [{ sign_in = "ada" }, { open = "/profile" }]
[[scenario]]
name  = "says no"
steps = [{ submit = "Sign in", with = { Email = "${ada.email}", Password = "not it" } }]
)";

enum Scenario { lets_in, says_no };

class PasswordsOfACase : public testing::Test {
protected:
  PasswordsOfACase() {
    const SampleProject project(sample_project, two_scenarios);
    loaded_ = load({.project = project.path("murphy.toml"), .paths = {}}, {});
    for (const Error& error : loaded_.errors) ADD_FAILURE() << render(error);
    plan_ = run::plan(loaded_.features);
  }

  // A form with a password, and how it was answered.
  static Exchange sign_in(int status, const std::string& location = {}) {
    Exchange exchange = request("POST", "/session", status);
    exchange.reason = record::Reason::submitted;
    exchange.request_body = "user%5Bemail%5D=ada%40example.com&user%5Bpassword%5D=x";
    if (!location.empty()) exchange.headers = {{"Location", location}};
    return exchange;
  }
  static Exchange request(const std::string& method, const std::string& path, int status) {
    Exchange exchange;
    exchange.method = method;
    exchange.url = "http://127.0.0.1:8080" + path;
    exchange.status = status;
    return exchange;
  }
  // A step for each.
  SentPasswords sent(Scenario scenario, Outcome outcome, const std::vector<Exchange>& exchanges, int tries = 1) const {
    record::CaseResult result;
    result.outcome = outcome;
    for (const Exchange& each : exchanges) {
      record::StepResult& step = result.steps.emplace_back();
      step.evidence.exchanges = {each};
      if (tries == 1) continue;
      step.note.kind = record::Note::Kind::retried;
      step.note.number = tries;
    }
    return sent_passwords(plan_.cases[scenario], result, loaded_.project->app);
  }

  Loaded loaded_;
  run::Plan plan_;
};

TEST_F(PasswordsOfACase, CountsARightPasswordThatIsRefused) {
  for (const Exchange& refused : {sign_in(200), sign_in(422), sign_in(303, "/login"), sign_in(302, "/session")}) {
    // What fails is a later step.
    const SentPasswords of = sent(lets_in, Outcome::failed, {refused, request("GET", "/profile", 403)});
    EXPECT_THAT(of.wrong, ElementsAre(Pair("ada", 1)));
    EXPECT_THAT(of.refused, ElementsAre("ada"));
  }
}

TEST_F(PasswordsOfACase, DoesNotCountWhatTheAppDoesNot) {
  for (const Exchange& uncounted :
       {sign_in(500), sign_in(503), sign_in(0), request("GET", "/login", 200), sign_in(303, "/dashboard")}) {
    const SentPasswords of = sent(lets_in, Outcome::failed, {uncounted, request("GET", "/profile", 403)});
    EXPECT_THAT(of.wrong, IsEmpty()) << uncounted.status;
    EXPECT_THAT(of.refused, IsEmpty()) << uncounted.status;
  }
  EXPECT_THAT(sent(says_no, Outcome::failed, {sign_in(500)}).wrong, IsEmpty());
  EXPECT_THAT(sent(lets_in, Outcome::error, {}).wrong, IsEmpty()) << "the app was not reached";
}

TEST_F(PasswordsOfACase, CountsAWrongPassword) {
  for (const Outcome outcome : {Outcome::passed, Outcome::failed}) {
    const SentPasswords of = sent(says_no, outcome, {sign_in(200)});
    EXPECT_THAT(of.wrong, ElementsAre(Pair("ada", 1)));
    EXPECT_THAT(of.refused, IsEmpty());
  }
  EXPECT_THAT(sent(lets_in, Outcome::passed, {sign_in(200)}).wrong, IsEmpty()) << "an answer to a program";
}

TEST_F(PasswordsOfACase, CountsEachTry) {
  EXPECT_THAT(sent(lets_in, Outcome::failed, {sign_in(200)}, 25).wrong, ElementsAre(Pair("ada", 25)));
  EXPECT_THAT(sent(lets_in, Outcome::passed, {sign_in(303, "/dashboard")}, 3).wrong, ElementsAre(Pair("ada", 2)));
  EXPECT_THAT(sent(says_no, Outcome::passed, {sign_in(200)}, 3).wrong, ElementsAre(Pair("ada", 3)));
}

TEST_F(PasswordsOfACase, KnowsOtherWays) {
  Exchange put = sign_in(401);
  put.method = "PUT";
  EXPECT_THAT(sent(lets_in, Outcome::failed, {put}).wrong, ElementsAre(Pair("ada", 1)));
  Exchange basic = request("GET", "/profile", 401);
  EXPECT_THAT(sent(lets_in, Outcome::failed, {basic}).wrong, IsEmpty());
  basic.request_headers = {{"authorization", "Basic [masked]"}};
  EXPECT_THAT(sent(lets_in, Outcome::failed, {basic}).wrong, ElementsAre(Pair("ada", 1)));
  Exchange unnamed = sign_in(200);
  unnamed.request_body = "konto=ada&kennwort=x";
  EXPECT_THAT(sent(lets_in, Outcome::failed, {unnamed}).wrong, ElementsAre(Pair("ada", 1)));
  EXPECT_THAT(sent(lets_in, Outcome::failed, {sign_in(303, "/dashboard"), request("POST", "/profile", 422)}).wrong,
              IsEmpty())
      << "a form without a password";
}

} // namespace
} // namespace murphy::cli
