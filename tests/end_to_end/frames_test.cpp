// Signing in through a frame of a page, by a browser's rules.
#include "own_project.h"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::FailureCode;
using testing::HasSubstr;

class FramesOfPages : public OwnProject {
protected:
  static std::string project() {
    return fmt::format(R"([app]
sign_in   = {{ page = "/portal", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/portal", shows = "[data-user]" }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec python3 '{}/frames.py' ${{port}}"

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"
)",
                       servers);
  }
};

TEST_F(FramesOfPages, LetInAsTheyDoInABrowser) {
  run_murphy(project(), R"(
[[scenario]]
name  = "in a frame"
steps = [
  { open = "/portal", expect = { dashboard = "closed", form = "Sign in" } },
  { sign_in = "ada", expect = { dashboard = "open", page = "/portal", title = "Portal", text = "Ada", came_through = ["303 /inner"] } },
]

[[scenario]]
name  = "with the wrong password"
steps = [
  { open = "/portal" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "wrong" }, expect = { status = 422, form_error = "Wrong password" } },
]

[[scenario]]
name  = "in a page of frames"
steps = [
  { open = "/set" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { element = "[data-user]" } },
]

[[scenario]]
name  = "in a frame of another site"
steps = [
  { open = "/apart" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { element = "[data-user]" } },
]

[[scenario]]
name  = "in a frame that stays empty"
steps = [{ open = "/closed" }, { submit = "Sign in" }]
)");
  for (const char* name : {"in a frame", "with the wrong password", "in a page of frames"}) expect_passed(name);
  failure("in a frame of another site", FailureCode::missing_element);
  EXPECT_THAT(finished_.out, HasSubstr("frame: GET "));
  EXPECT_THAT(finished_.out, HasSubstr("in the frame http://localhost:"));
  const record::CaseResult apart = result("in a frame of another site");
  EXPECT_TRUE(std::ranges::any_of(apart.steps.back().evidence.exchanges, [](const record::Exchange& each) {
    return !each.dropped_cookies.empty();
  })) << "browsers keep no Lax cookie of a frame of another site";
  const record::Failure empty = failure("in a frame that stays empty", FailureCode::missing_form);
  EXPECT_EQ(empty.reason.hint, "the page has no forms\nthe frame /kept is empty: X-Frame-Options: DENY");
}

} // namespace
} // namespace murphy::end_to_end
