#include "init/project_text.h"

#include <gmock/gmock.h>

namespace murphy::init {
namespace {

using testing::HasSubstr;
using testing::Not;

FoundProject example() {
  return {.target = {.url = "http://127.0.0.1:${port}", .start = "bin/server --port ${port}", .ready = {}},
          .sign_in = {.page = "/login", .submit = "Sign in", .user_field = "Email", .password_field = "Password"},
          .sign_out = SignOutBySubmit{"Sign out"},
          .landing = "/dashboard",
          .dashboard = "/dashboard",
          .shows = "[data-user]",
          .account = {.name = "ada", .property = "email", .login = "ada@example.com", .variable = "ADA_PASSWORD"}};
}

TEST(ProjectText, IsWhatTheReadmeShows) {
  EXPECT_EQ(project_text(example()),
            R"([app]
sign_in   = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}", Password = "${user.password}" } }
sign_out  = { page = "/dashboard", submit = "Sign out" }
dashboard = { page = "/dashboard", shows = "[data-user]" }

[target.local]
url   = "http://127.0.0.1:${port}"
start = "bin/server --port ${port}"

[user.ada]
email    = "ada@example.com"
password = { env = "ADA_PASSWORD" }
)");
}

TEST(ProjectText, HasAScenarioForEachThingThatIsProven) {
  EXPECT_EQ(scenarios_text(example()), R"(feature = "Sign in"

[[scenario]]
name  = "A registered user reaches the dashboard"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
]

[[scenario]]
name  = "A wrong password lets no one in"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "not it" }, expect = { dashboard = "closed" } },
]

[[scenario]]
name  = "Signing out closes the dashboard"
steps = [
  { sign_in = "ada" },
  { sign_out = true },
  { open = "/dashboard", expect = { dashboard = "closed" } },
]

[[scenario]]
name  = "Empty fields let no one in"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "", Password = "" }, expect = { dashboard = "closed" } },
]

[[scenario]]
name  = "The dashboard is closed to strangers"
steps = [
  { open = "/dashboard", expect = { dashboard = "closed" } },
]
)");
}

TEST(ProjectText, OpensADashboardThatTheSignInDoesNotLeadTo) {
  FoundProject found = example();
  found.landing = "/";
  EXPECT_THAT(scenarios_text(found), HasSubstr(R"(
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" } },
  { open = "/dashboard", expect = { dashboard = "open" } },
)"));
}

TEST(ProjectText, LeavesOutWhatIsNotKnown) {
  FoundProject found = example();
  found.target = {.url = "http://127.0.0.1:8000", .start = {}, .ready = "/login"};
  found.sign_out = SignOutUnknown{};
  EXPECT_THAT(project_text(found), HasSubstr("\n# sign_out = { page = \"/dashboard\", submit = \"Sign out\" } # the "
                                             "dashboard shows no way out\n"));
  EXPECT_THAT(project_text(found), HasSubstr("\nurl   = \"http://127.0.0.1:8000\"\nready = \"/login\"\n# console = {"));
  EXPECT_THAT(scenarios_text(found), Not(HasSubstr("sign_out")));
  found.sign_in.user_field.clear();
  EXPECT_THAT(project_text(found), HasSubstr("fields = { Password = \"${user.password}\" }"));
  EXPECT_THAT(project_text(found), HasSubstr("[user.ada]\npassword = "));
  EXPECT_THAT(scenarios_text(found), HasSubstr("with = { Password = \"\" }"));
  found.shows.clear();
  EXPECT_THAT(project_text(found), HasSubstr("\n# dashboard = "));
}

TEST(ProjectText, QuotesWhatTomlAndReferencesWouldReadOtherwise) {
  FoundProject found = example();
  found.sign_in.submit = "Say \"${friend}\"";
  found.sign_in.user_field = "E-mail address";
  found.sign_out = SignOutConfirmed{"/logout", "Yes"};
  EXPECT_THAT(project_text(found), HasSubstr(R"(submit = "Say \"$${friend}\"")"));
  EXPECT_THAT(project_text(found), HasSubstr("{ \"E-mail address\" = \"${user.email}\""));
  EXPECT_THAT(project_text(found), HasSubstr("sign_out  = { page = \"/logout\", submit = \"Yes\" }\n"));
  found.sign_out = SignOutByClick{"Log out"};
  EXPECT_THAT(project_text(found), HasSubstr("sign_out  = { page = \"/dashboard\", click = \"Log out\" }\n"));
}

} // namespace
} // namespace murphy::init
