// The ways in which people sign in that are more than one form: several pages, an API, credentials of HTTP.
#include "own_project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::FailureCode;
using record::Outcome;
using testing::HasSubstr;

class WaysIn : public OwnProject {
protected:
  // A project with this [app], whose app is servers/ways_in.py.
  static std::string project(const std::string& app) {
    return app + fmt::format(R"(
[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec python3 '{}/ways_in.py' ${{port}}"

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"

[user.grace]
email    = "grace@example.com"
password = "correct horse 9"

[user.bob]
email    = "bob@example.com"
password = "not bob's"
)",
                             servers);
  }
};

constexpr const char* several_pages = R"(
[app]
dashboard = { page = "/home", shows = "[data-user]" }
sign_out  = [ { open = "/home" }, { submit = "Sign out", expect = { page = "/login" } } ]
sign_in   = [
  { open = "/login" },
  { submit = "Next", with = { "E-mail" = "${user.email}" } },
  { submit = "Sign in", with = { Password = "${user.password}" } },
  { submit = "Allow", when = { form = "Allow" } },
]

[app.sign_in_by.api]
steps = [
  { request = { url = "/api/session", json = { email = "${user.email}", password = "${user.password}" } }, expect = { status = 201 }, capture = { token = { json = "/access_token" } } },
  { request = { url = "/api/me", headers = { Authorization = "Bearer ${token}" } } },
]

)";

TEST_F(WaysIn, SeveralPagesAreStepsAndTheSameStepsSignInAgainWithoutConsent) {
  run_murphy(project(several_pages), R"(
[[scenario]]
name  = "in and out"
steps = [
  { sign_in = "ada" },
  { open = "/home", expect = { dashboard = "open" } },
  { sign_out = true },
  { open = "/home", expect = { dashboard = "closed" } },
  { sign_in = "ada", expect = { dashboard = "open" } },
]

[[scenario]]
name  = "by the API"
steps = [{ sign_in = "ada", by = "api", expect = { json = { "/user" = "ada" } } }]

[[scenario]]
name  = "the API refuses"
steps = [{ sign_in = "bob", by = "api" }]

[[scenario]]
name  = "a wrong password"
steps = [{ sign_in = "bob" }]
)");
  EXPECT_EQ(finished_.code, 1) << finished_.out;
  EXPECT_EQ(result("in and out").outcome, Outcome::passed) << finished_.out;
  EXPECT_EQ(result("by the API").outcome, Outcome::passed) << finished_.out;
  EXPECT_TRUE(run_.control && run_.control->holds);

  const record::Failure refused = failure("the API refuses", FailureCode::wrong_status);
  EXPECT_EQ(refused.place.file, "murphy.toml") << "it is the step of [app] that failed";
  EXPECT_EQ(refused.got.answer.status, 401);

  const record::CaseResult wrong = result("a wrong password");
  ASSERT_EQ(wrong.steps.size(), 1U) << "the steps of [app] are one step of the scenario";
  EXPECT_EQ(failure("a wrong password", FailureCode::error_status).got.answer.status, 422);
  ASSERT_TRUE(wrong.steps.front().evidence.probes) << "probes go through the same steps";
  EXPECT_EQ(wrong.steps.front().evidence.probes->wrong_password, record::ProbeEnd::refused);
  EXPECT_EQ(wrong.steps.front().evidence.probes->second_account, record::ProbeEnd::works);
}

TEST_F(WaysIn, ASignInThatEndsOnAPageOfItsOwnHasStoppedThere) {
  run_murphy(project(R"([app]
dashboard = { page = "/home", shows = "[data-user]" }
sign_in   = [
  { open = "/login" },
  { submit = "Next", with = { "E-mail" = "${user.email}" } },
  { submit = "Sign in", with = { Password = "${user.password}" } },
]
)"),
             R"(
[[scenario]]
name  = "consent"
steps = [{ sign_in = "grace" }]

[[scenario]]
name  = "consent, as the scenario says"
steps = [{ sign_in = "grace", expect = { title = "Grant access", dashboard = "closed" } }]
)");
  const record::Failure stopped = failure("consent", FailureCode::sign_in_stopped);
  EXPECT_EQ(line_of(stopped.got.answer), "200 /consent “Grant access”");
  EXPECT_EQ(stopped.subject, "/home");
  EXPECT_THAT(finished_.out, HasSubstr("got       the sign-in stopped at 200 /consent “Grant access”"));
  EXPECT_THAT(finished_.out, HasSubstr("[app] sign_in has no step for this page"));
  EXPECT_TRUE(result("consent").steps.back().suspects.empty()) << "nothing is wrong with the app";
}

// An app that answers at the address of the form itself, with the form still on its pages.
TEST_F(WaysIn, WhatOnlyTheDashboardShowsSaysThatASignInIsAccepted) {
  run_murphy(project(R"([app]
dashboard = { page = "/one", shows = "[data-user]" }
sign_in   = { page = "/one/in", submit = "Sign in", fields = { "E-mail" = "${user.email}", Password = "${user.password}" } }
)"),
             R"(
[[scenario]]
name  = "in"
steps = [{ sign_in = "ada" }, { open = "/one", expect = { dashboard = "open", text = "ada@example.com" } }]

[[scenario]]
name  = "a wrong password"
steps = [{ sign_in = "bob" }]

[[scenario]]
name  = "a wrong password while somebody else is in"
steps = [{ sign_in = "ada" }, { sign_in = "bob" }]
)");
  expect_passed("in");
  for (const char* wrong : {"a wrong password", "a wrong password while somebody else is in"})
    EXPECT_TRUE(failure(wrong, FailureCode::not_signed_in).got.answer.has(record::PageTrait::shows_sign_in_form));
}

TEST_F(WaysIn, APageThatScriptsMakeIsNoFaultOfTheApp) {
  run_murphy(project(R"([app]
dashboard = { page = "/shell", shows = "[data-user]" }
sign_in   = { page = "/shell", submit = "Sign in", fields = { "E-mail" = "${user.email}", Password = "${user.password}" } }
)"),
             R"(
[[scenario]]
name  = "sign in"
steps = [{ sign_in = "ada" }]

[[scenario]]
name  = "closed"
steps = [{ open = "/shell", expect = { dashboard = "closed" } }]

[[scenario]]
name  = "no error"
steps = [{ open = "/shell", expect = { no_text = "Wrong password" } }]
)");
  EXPECT_EQ(finished_.code, 3) << finished_.out;
  for (const char* name : {"sign in", "closed", "no error"})
    EXPECT_EQ(result(name).outcome, Outcome::error) << name << finished_.out;
  EXPECT_THAT(finished_.out, HasSubstr("scripts make this page, and Murphy runs no scripts"));
  EXPECT_THAT(finished_.out, testing::Not(HasSubstr("Likely cause")));
}

TEST_F(WaysIn, TheCsrfTokenOfARequestIsTheScenariosToGetRight) {
  run_murphy(project("[app]\n"), R"(
[[scenario]]
name  = "order"
steps = [{ request = { method = "POST", url = "/api/order", headers = { X-XSRF-TOKEN = "a%3D" }, json = {} }, expect = { status = 201 } }]
)");
  EXPECT_EQ(finished_.code, 1) << finished_.out;
  EXPECT_THAT(finished_.out, HasSubstr("the app refuses the CSRF token of a request that the scenario makes itself"));
  EXPECT_EQ(result("order").steps.front().suspects.at(0).layer, record::Layer::harness) << finished_.out;
}

} // namespace
} // namespace murphy::end_to_end
