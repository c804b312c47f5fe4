// What requests carry beside forms: Basic and Digest, bearer tokens, headers and cookies; for a target, for a session,
// in an address. They go to the app's own origin, and into no output.
#include "own_project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* app = R"([app]
dashboard = { page = "/home", shows = "[data-user]" }
sign_in   = [
  { request = { url = "/api/session", json = { email = "${user.email}", password = "${user.password}" } }, expect = { status = 201 }, capture = { token = { json = "/access_token" } } },
  { authorize = "Bearer ${token}" },
]
sign_out  = [ { authorize = false } ]

[app.sign_in_by]
basic  = [ { authorize = { basic = ["${user.email}", "${user.password}"] } } ]
header = [ { headers = { X-Remote-User = "${user.email}" } } ]
cookie = [
  { request = { url = "/api/session", json = { email = "${user.email}", password = "${user.password}" } }, capture = { token = { json = "/access_token" } } },
  { cookie = { token = "${token}" } },
]
)";

class Credentials : public OwnProject {
protected:
  Credentials() { environment_ = {{"ADA_PASSWORD", "sword-fish-4711"}}; }

  // Whose app is servers/credentials.py; `target` are more lines of its table, `options` more arguments.
  static std::string project(const std::string& address, const std::string& target = {},
                             const std::string& options = {}) {
    return app + fmt::format(R"(
[target.local]
url   = "{}"
start = "exec python3 -u '{}/credentials.py' ${{port}} {}"
{}
[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}

[user.bob]
email    = "bob@example.com"
password = "wrong-horse-5"
)",
                             address, servers, options, target);
  }

  // The password as it is, and as Basic sends it; nor may a token, which the app draws for each run.
  void expect_nothing_told() const {
    const std::string all = outputs();
    EXPECT_THAT(all, Not(HasSubstr("sword-fish-4711")));
    EXPECT_THAT(all, Not(HasSubstr("c3dvcmQtZmlzaC00NzEx")));
    EXPECT_THAT(all, Not(HasSubstr("b206c3dvcmQtZmlzaC00NzEx")));
    EXPECT_THAT(all, Not(HasSubstr("tok-")));
    EXPECT_THAT(all, Not(HasSubstr("wrong-horse-5")));
  }
};

TEST_F(Credentials, OfASessionLetInAndGoToTheOwnOriginOnly) {
  run_murphy(project("http://127.0.0.1:${port}"), R"(
[[scenario]]
name  = "bearer"
steps = [
  { open = "/home", expect = { status = 401, dashboard = "closed" } },
  { sign_in = "ada" },
  { open = "/home", expect = { dashboard = "open" } },
  { open = "/away", expect = { json = { "/Authorization" = "" } } },
  { sign_out = true },
  { open = "/home", expect = { status = 401, dashboard = "closed" } },
]

[[scenario]]
name  = "bearer, another session"
steps = [{ sign_in = "ada" }, { session = "phone" }, { open = "/home", expect = { status = 401, dashboard = "closed" } }]

[[scenario]]
name  = "basic"
steps = [
  { sign_in = "ada", by = "basic" },
  { open = "/home", expect = { dashboard = "open" } },
  { open = "/basic/home" },
  { click = "More", expect = { title = "Home" } },
]

[[scenario]]
name  = "basic, wrong"
steps = [{ sign_in = "bob", by = "basic" }]

[[scenario]]
name  = "header"
steps = [
  { sign_in = "ada", by = "header" },
  { open = "/home", expect = { dashboard = "open" } },
  { headers = { X-Key = "a key of ada" } },
  { open = "/seen", expect = { json = { "/X-Key" = "a key of ada" } } },
  { open = "/away", expect = { json = { "/X-Key" = "" } } },
]

[[scenario]]
name  = "cookie"
steps = [
  { sign_in = "ada", by = "cookie" },
  { open = "/home", expect = { dashboard = "open", cookie = { token = { session = true } } } },
  { cookie = { token = false } },
  { open = "/home", expect = { status = 401, cookie = { token = { absent = true } } } },
]
)");
  for (const char* name : {"bearer", "bearer, another session", "basic", "header", "cookie"}) expect_passed(name);
  const record::Failure stopped = failure("basic, wrong", record::FailureCode::sign_in_stopped);
  EXPECT_EQ(line_of(stopped.got.answer), "401 /home “Who are you?”");
  EXPECT_THAT(finished_.out, HasSubstr("/home does not open for this session"));
  expect_nothing_told();
}

TEST_F(Credentials, OfDigestAnswerTheChallengeAndOutliveItsNonce) {
  std::string scenarios;
  for (const char* algorithm : {"MD5", "SHA-256"}) {
    scenarios += fmt::format(R"(
[[scenario]]
name  = "{0}"
steps = [
  {{ authorize = {{ digest = ["${{ada.email}}", "${{ada.password}}"] }} }},
  {{ open = "/digest/{0}/home", expect = {{ status = 200, title = "Home", came_through = [] }} }},
  {{ open = "/digest/{0}/home?again=1", expect = {{ title = "Home" }} }},
  {{ open = "/digest/{0}/home?stale=1", expect = {{ title = "Home" }} }},
  {{ click = "More", expect = {{ title = "Home" }} }},
]

[[scenario]]
name  = "{0}, wrong"
steps = [
  {{ authorize = {{ digest = ["${{bob.email}}", "${{bob.password}}"] }} }},
  {{ open = "/digest/{0}/home", expect = {{ status = 401 }} }},
]

[[scenario]]
name  = "{0}, nothing but Basic"
steps = [
  {{ authorize = {{ digest = ["${{ada.email}}", "${{ada.password}}"] }} }},
  {{ open = "/basic/home", expect = {{ status = 401 }} }},
]
)",
                             algorithm);
  }
  run_murphy(project("http://127.0.0.1:${port}"), scenarios);
  for (const char* algorithm : {"MD5", "SHA-256"})
    for (const char* more : {"", ", wrong", ", nothing but Basic"}) expect_passed(std::string(algorithm) + more);
  expect_nothing_told();
}

// As staging servers are: everything stands behind Basic, and signing in comes after it.
TEST_F(Credentials, OfATargetGoWithEveryRequest) {
  const std::string gate = "authorize = { basic = [\"ada@example.com\", \"${env:ADA_PASSWORD}\"] }\n";
  run_murphy(project("http://127.0.0.1:${port}", gate + "headers = { X-Key = \"preview\" }\n", "--gate"), R"(
[[scenario]]
name  = "behind the gate"
steps = [
  { open = "/seen", expect = { json = { "/X-Key" = "preview" } } },
  { open = "/away", expect = { status = 401 } },
  { session = "fresh" },
  { open = "/", expect = { status = 200 } },
  { authorize = false },
  { open = "/", expect = { status = 401 } },
]
)");
  expect_passed("behind the gate");
  expect_nothing_told();
}

TEST_F(Credentials, OfAnAddressAreSentAsBrowsersDoAndNeverShown) {
  const std::string address = "http://ada%40example.com:sword-fish-4711@127.0.0.1:${port}";
  run_murphy(project(address, {}, "--gate"), R"(
[[scenario]]
name  = "in the address of the target"
steps = [
  { open = "/seen", expect = { json = { "/Cookie" = "" } } },
  { open = "/basic/home", expect = { title = "Home" } },
  { click = "More", expect = { title = "Home", page = "/basic/more" } },
  { open = "/nowhere", expect = { status = 200 } },
]
)");
  EXPECT_EQ(result("in the address of the target").steps.size(), 4U) << finished_.out;
  EXPECT_EQ(failure("in the address of the target", record::FailureCode::wrong_status).got.answer.status, 404);
  EXPECT_THAT(finished_.out, HasSubstr("→ 404"));
  expect_nothing_told();
}

// A browser that has sent them with a page sends them with the next; those of a client are its own.
TEST_F(Credentials, OfARequestForAPageStayWithTheSession) {
  run_murphy(project("http://127.0.0.1:${port}"), R"(
[[scenario]]
name  = "as a page"
steps = [
  { request = { url = "/basic/home", headers = { Authorization = "Basic ${base64:${ada.email}:${ada.password}}" } }, expect = { title = "Home" } },
  { click = "More", expect = { title = "Home" } },
  { session = "other" },
  { open = "/basic/home", expect = { status = 401 } },
]

[[scenario]]
name  = "as a client"
steps = [
  { request = { as = "client", url = "/basic/home", headers = { Authorization = "Basic ${base64:${ada.email}:${ada.password}}" } }, expect = { status = 200 } },
  { open = "/basic/home", expect = { status = 401 } },
]

[[scenario]]
name  = "refused"
steps = [
  { request = { url = "/basic/home", headers = { Authorization = "Basic ${base64:${bob.email}:${bob.password}}" } }, expect = { status = 401 } },
  { open = "/basic/home", expect = { status = 401 } },
]
)");
  for (const char* name : {"as a page", "as a client", "refused"}) expect_passed(name);
  expect_nothing_told();
}

TEST_F(Credentials, OfAnAddressInAScenarioAreNeverShown) {
  environment_["GATE_PORT"] = "1";
  run_murphy(project("http://127.0.0.1:${port}"), R"(
[[scenario]]
name  = "in an address"
steps = [{ open = "http://ada%40example.com:sword-fish-4711@127.0.0.1:1/home", expect = { status = 200 } }]

[[scenario]]
name  = "of a request"
steps = [{ request = { url = "http://ada%40example.com:sword-fish-4711@127.0.0.1:1/home" }, expect = { status = 200 } }]
)");
  EXPECT_EQ(finished_.code, 3) << "nobody listens there";
  expect_nothing_told();
}

} // namespace
} // namespace murphy::end_to_end
