// What requests go out as, to servers that look, and the CSRF tokens that they carry.
#include "evidence.h"
#include "leaks.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

std::string api() {
  return fmt::format("url   = \"http://127.0.0.1:${{port}}\"\nstart = \"exec /usr/bin/python3 -u {}/api.py ${{port}}\"",
                     servers);
}

class Requests : public testing::Test {
protected:
  // Runs the scenarios; `csrf` is a line of [app].
  Finished murphy(const std::string& scenarios, const std::string& csrf = {}) {
    const std::string file = (project_.folder() / "murphy.toml").string();
    project_.folder().write("murphy.toml", replaced(read_file(file), "[app]\n", "[app]\n" + csrf + "\n"));
    const Invocation run = project_.invocation();
    project_.folder().write("scenarios/pages.toml", "feature = \"Requests\"\n" + scenarios);
    return end_to_end::run(run);
  }
  Project project_{api()};
};

TEST_F(Requests, GoOutAsWhatTheySay) {
  const Finished finished = murphy(R"(
[[scenario]]
name  = "each to the server that takes it"
steps = [
  { request = { url = "/device", json = { scope = "openid" } }, expect = { status = 200 } },
  { request = { url = "/device", form = { scope = "openid" }, as = "client" }, expect = { status = 200 } },
  { request = { url = "/device", form = { scope = "openid" } }, expect = { status = 400 } },
  { request = { url = "/form", form = { a = "1" } }, expect = { status = 200 } },
  { request = { url = "/form", form = { a = "1" }, as = "client" }, expect = { status = 403 } },
  { request = { url = "/script", json = {}, as = "script" }, expect = { status = 200 } },
  { request = { url = "/script", json = {} }, expect = { status = 403 } },
  { request = { url = "/echo", json = {}, as = "page" }, expect = { json = { "/sec-fetch-mode" = "navigate", "/content-type" = "application/json", "/upgrade-insecure-requests" = "1" } } },
  { request = { url = "/echo", json = {} }, expect = { json = { "/accept" = "*/*", "/origin" = { absent = true }, "/referer" = { absent = true }, "/sec-fetch-site" = { absent = true }, "/cache-control" = { absent = true }, "/upgrade-insecure-requests" = { absent = true } } } },
  { request = { url = "/echo", as = "script", headers = { Accept = "application/json" } }, expect = { json = { "/accept" = "application/json", "/origin" = { absent = true }, "/sec-fetch-mode" = "cors", "/sec-fetch-site" = "same-origin" } } },
]

[[scenario]]
name  = "the page stays open beside a script"
steps = [
  { open = "/page" },
  { request = { url = "/echo", method = "PUT", json = {}, as = "script" }, expect = { json = { "/referer" = { matches = "/page$" } } } },
  { click = "Next", expect = { title = "Two" } },
]
)");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
}

constexpr const char* of_app = R"(csrf = { cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN", open = "/csrf-cookie" })";

TEST_F(Requests, CarryTheTokenOfACookieOrAMetaElement) {
  const Finished finished = murphy(R"(
[[scenario]]
name  = "of the app"
steps = [
  { request = { url = "/double-submit", json = {} }, expect = { status = 200 } },
  { request = { url = "/double-submit", form = { a = "1" } }, expect = { status = 200 } },
  { request = { url = "/double-submit", method = "DELETE", as = "script" }, expect = { status = 200 } },
  { request = { url = "/echo" }, expect = { json = { "/x-xsrf-token" = { absent = true } } } },
  { request = { url = "/echo", json = {}, csrf = false }, expect = { json = { "/x-xsrf-token" = { absent = true } } } },
  { request = { url = "/double-submit", json = {}, headers = { x-xsrf-token = "forged" } }, expect = { status = 419 } },
]

[[scenario]]
name  = "of a meta element"
steps = [
  { open = "/page" },
  { request = { url = "/meta", json = {}, csrf = { meta = "csrf-token", header = "X-CSRF-Token" } }, expect = { status = 200 } },
  { session = "fresh" },
  { request = { url = "/meta", json = {}, csrf = { meta = "csrf-token", header = "X-CSRF-Token", open = "/page" } }, expect = { status = 200 } },
]
)",
                                   of_app);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
}

TEST_F(Requests, WithoutATokenSayWhereItShouldBe) {
  const Finished finished = murphy(R"(
[[scenario]]
name  = "never given out"
steps = [ { request = { url = "/double-submit", json = {}, csrf = { cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN" } } } ]

[[scenario]]
name  = "out of reach"
steps = [
  { open = "/csrf-http-only" },
  { request = { url = "/double-submit", json = {}, as = "script", csrf = { cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN" } } },
]

[[scenario]]
name  = "not on the page"
steps = [ { request = { url = "/meta", json = {}, csrf = { meta = "csrf-token", header = "X-CSRF-Token", open = "/page2" } } } ]
)",
                                   of_app);
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("a CSRF token in the cookie XSRF-TOKEN"));
  EXPECT_THAT(finished.out, HasSubstr("the session has no such cookie"));
  EXPECT_THAT(finished.out, HasSubstr("the cookie is HttpOnly, so that no script can read it"));
  EXPECT_THAT(finished.out, HasSubstr("a CSRF token in the meta element csrf-token"));
  EXPECT_THAT(finished.out, HasSubstr("/page2 answered 200: /page2 has no such element"));
  EXPECT_THAT(finished.out, HasSubstr("write csrf = false"));
}

TEST_F(Requests, ShowNothingOfTheirTokens) {
  const Finished finished = murphy(R"(
[[scenario]]
name  = "the echo"
steps = [ { request = { url = "/echo", json = {} }, expect = { status = 404, text = "nothing" } } ]

[[scenario]]
name  = "the echo of a meta element"
steps = [
  { open = "/page" },
  { request = { url = "/echo", json = {}, csrf = { meta = "csrf-token", header = "X-Own" } }, expect = { status = 404 } },
]
)",
                                   of_app);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const Outputs outputs{{"standard output", finished.out},
                        {"standard error", finished.err},
                        {"the journal", read_file(project_.journal())},
                        {"the JUnit report", project_.junit()}};
  for (const char* token : {"eyJpdiI6Ik+/Wn4dq7==", "meta+Token/55Rd&=="})
    expect_nowhere(outputs, spellings_of(token, token));
  EXPECT_THAT(read_file(project_.journal()), HasSubstr("x-xsrf-token")) << "it proves nothing: the echo is not kept";
}

} // namespace
} // namespace murphy::end_to_end
