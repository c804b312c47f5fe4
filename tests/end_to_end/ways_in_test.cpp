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

} // namespace
} // namespace murphy::end_to_end
