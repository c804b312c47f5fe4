// An app of two parts, the second of which signs people in: started together, and told apart when a session ends.
#include "own_project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::FailureCode;
using testing::HasSubstr;

class Providers : public OwnProject {
protected:
  static std::string project(const std::string& more) {
    return fmt::format(R"([app]
dashboard = {{ page = "/home", shows = "[data-user]" }}
sign_in   = [
  {{ open = "/login" }},
  {{ submit = "Continue", with = {{ Account = "${{user.email}}", Password = "${{user.password}}" }}, when = {{ form = "Continue" }} }},
]
sign_out  = {{ page = "/home", submit = "Sign out" }}
{1}
[target.local]
url   = "http://127.0.0.1:${{port}}"
start = ["exec python3 '{0}/provider.py' provider ${{port:idp}}", "exec python3 '{0}/provider.py' app ${{port}} ${{port:idp}}"]
ready = ["http://localhost:${{port:idp}}/up", "/up"]

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"
)",
                       servers, more);
  }
};

TEST_F(Providers, ThatAreNamedAreToldFromTheApp) {
  run_murphy(project("\n[idp.company]\norigin = \"http://localhost:${port:idp}\"\n"), R"(
[[scenario]]
name  = "signed out of the app alone"
steps = [
  { open = "/home", expect = { dashboard = "closed", idp = { company = "asks" } } },
  { sign_in = "ada", expect = { dashboard = "open" } },
  { sign_out = true, expect = { page = "/bye", dashboard = "closed", idp = { company = "lets_in" } } },
]

[[scenario]]
name  = "signed out of both, it says"
steps = [
  { sign_in = "ada" },
  { sign_out = true, expect = { idp = { company = "asks" } } },
]

[[scenario]]
name  = "a visitor is sent"
steps = [{ open = "/bye", expect = { idp = { company = "lets_in" } } }]

[[scenario]]
name  = "the session is still good"
steps = [
  { sign_in = "ada" },
  { open = "/home", expect = { dashboard = "closed" } },
]

[[scenario]]
name  = "nobody is sent there who has a session"
steps = [
  { sign_in = "ada", expect = { idp = { company = "lets_in" } } },
  { open = "/home", expect = { idp = { company = "lets_in" } } },
]

[[scenario]]
name  = "signed out of both"
steps = [
  { sign_in = "ada" },
  { open = "/leave-both", expect = { title = "Signed out", dashboard = "closed", idp = { company = "asks" } } },
]

[[scenario]]
name  = "back from the provider, the dashboard is not closed"
steps = [
  { open = "/home" },
  { submit = "Continue", with = { Account = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "closed" } },
]
)");
  expect_passed("signed out of the app alone");
  const record::Failure again = failure("signed out of both, it says", FailureCode::wrong_provider_state);
  EXPECT_EQ(again.got.text, "lets_in");
  EXPECT_EQ(again.got.answer.path, "/home");
  EXPECT_THAT(finished_.out, HasSubstr("lets the visitor in without asking: 200 /home “Home”"));
  EXPECT_THAT(finished_.out, HasSubstr("lets the visitor in again: its own session is still good"));
  EXPECT_EQ(failure("a visitor is sent", FailureCode::wrong_provider_state).got.text, "asks");
  EXPECT_EQ(failure("the session is still good", FailureCode::dashboard_visible).got.answer.path, "/home");
  EXPECT_THAT(finished_.out, HasSubstr("the session is still good after it should have ended"));
  expect_passed("signed out of both");
  failure("back from the provider, the dashboard is not closed", FailureCode::dashboard_visible);
}

TEST_F(Providers, ThatAreNotNamedLetInAgainAndAreBlamedForIt) {
  run_murphy(project(""), R"(
[[scenario]]
name  = "signed out"
steps = [
  { sign_in = "ada" },
  { sign_out = true },
  { open = "/home", expect = { dashboard = "closed" } },
]
)");
  const record::Failure again = failure("signed out", FailureCode::dashboard_reentered);
  EXPECT_THAT(again.got.text, HasSubstr("http://localhost:"));
  EXPECT_THAT(finished_.out, HasSubstr(" let the visitor in again: 200 /home “Home”, which shows [data-user]"));
  EXPECT_THAT(finished_.out, HasSubstr("its own session had ended; the provider's had not"));
  EXPECT_THAT(finished_.out, HasSubstr("[idp.company] with origin = \"http://localhost:"));
  EXPECT_THAT(finished_.out, testing::Not(HasSubstr("still good after")));
}

} // namespace
} // namespace murphy::end_to_end
