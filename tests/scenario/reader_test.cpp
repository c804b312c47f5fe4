#include "scenario/app_flow.h"
#include "scenario/reader.h"

#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr std::string_view project_for_reader = R"(
[app]
sign_in   = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}", Password = "${user.password}" } }
sign_out  = { submit = "Sign out" }
dashboard = { page = "/dashboard", shows = "[data-user]" }

[target.zeta]
url = "http://127.0.0.1:${port}"
start = "bin/server --port ${port}"
ready = "/health"
directory = "app"
env = { RAILS_ENV = "test", SECRET_KEY_BASE = "abc" }
start_timeout = "2min"
timeout = "2s"

[target.alpha]
url = "https://staging.example.com"
socket = "/run/app.sock"
tls = { ca = "ca.pem", certificate = "certs/client.pem", key = "/keys/client.pem" }
production = true

[user.ada]
email    = "ada@example.com"
password = { env = "ADA_PASSWORD" }
totp     = { file = "secrets/ada.totp" }

[user.bob]
email    = "bob@example.com"
password = "clear text"
)";

Project project() {
  ReadProject read = read_project("some/where/murphy.toml", project_for_reader);
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  return std::move(*read.project);
}

Feature feature(std::string_view text) {
  static const Project known = project();
  ReadFeature read = read_feature("scenarios/x.toml", text, known, {});
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  return read.feature ? std::move(*read.feature) : Feature{};
}

Scenario scenario(std::string_view steps) {
  Feature read = feature("feature = \"F\"\n[[scenario]]\nname = \"S\"\n" + std::string(steps));
  return read.scenarios.empty() ? Scenario{} : std::move(read.scenarios.front());
}

std::vector<Expectation> expectations(std::string_view expect) {
  const Scenario read = scenario("[[scenario.steps]]\nopen = \"/\"\n" + std::string(expect));
  return read.steps.empty() ? std::vector<Expectation>{} : read.steps.front().expect;
}

template <class Is> Is only(std::string_view expect) {
  const std::vector<Expectation> read = expectations(expect);
  EXPECT_EQ(read.size(), 1u);
  return std::get<Is>(read.at(0).is);
}

TEST(ReadProject, KeepsTargetsInTheOrderOfTheFile) {
  const Project read = project();
  ASSERT_EQ(read.targets.size(), 2u);
  const Target& zeta = read.targets[0];
  EXPECT_EQ(zeta.name, "zeta");
  EXPECT_EQ(zeta.place.line, 7u);
  EXPECT_EQ(zeta.source_line, "[target.zeta]");
  EXPECT_EQ(zeta.url.source, "http://127.0.0.1:${port}");
  EXPECT_EQ(zeta.start.at(0).source, "bin/server --port ${port}");
  EXPECT_EQ(zeta.ready.at(0).source, "/health");
  EXPECT_EQ(zeta.start_timeout, 120s);
  EXPECT_EQ(zeta.timeout, 2s);
  EXPECT_EQ(zeta.environment.at("RAILS_ENV").source, "test");
  EXPECT_FALSE(zeta.production);
  const Target& alpha = read.targets[1];
  EXPECT_EQ(alpha.name, "alpha");
  EXPECT_EQ(alpha.ready.at(0).source, "/");
  EXPECT_TRUE(alpha.start.empty());
  EXPECT_EQ(alpha.start_timeout, 30s);
  EXPECT_EQ(alpha.timeout, 30s);
  EXPECT_TRUE(alpha.production);
}

TEST(ReadProject, PutsRelativePathsBelowItsFolder) {
  const Project read = project();
  EXPECT_EQ(read.directory, "some/where");
  EXPECT_EQ(read.targets[0].directory, "some/where/app");
  EXPECT_EQ(read.targets[1].directory, "some/where");
  EXPECT_EQ(read.targets[1].unix_socket, "/run/app.sock");
  EXPECT_EQ(read.targets[1].tls.ca, "some/where/ca.pem");
  EXPECT_EQ(read.targets[1].tls.certificate, "some/where/certs/client.pem");
  EXPECT_EQ(read.targets[1].tls.key, "/keys/client.pem");
  EXPECT_EQ(read.users.at("ada").properties.at("totp").text.source, "some/where/secrets/ada.totp");
  EXPECT_EQ(read_project("murphy.toml", project_for_reader).project->directory, ".");
}

TEST(ReadProject, SaysWhereUsersPropertiesComeFrom) {
  const Project read = project();
  const auto& ada = read.users.at("ada").properties;
  EXPECT_EQ(ada.at("email").from, Setting::From::text);
  EXPECT_EQ(ada.at("password").from, Setting::From::environment);
  EXPECT_EQ(ada.at("password").text.source, "ADA_PASSWORD");
  EXPECT_EQ(ada.at("totp").from, Setting::From::file);
}

TEST(ReadProject, ReadsTheFlowsOfTheApp) {
  const App app = project().app;
  ASSERT_EQ(app.sign_in->steps.size(), 2u);
  EXPECT_EQ(first_page(*app.sign_in)->source, "/login");
  const Submit& submit = *password_form(*app.sign_in);
  EXPECT_EQ(submit.form.source, "Sign in");
  ASSERT_EQ(submit.with.size(), 2u);
  EXPECT_EQ(submit.with[0].field.source, "Email");
  EXPECT_EQ(std::get<Text>(submit.with[1].value).parts().at(0).text, "user.password");
  ASSERT_EQ(app.sign_out->steps.size(), 1u);
  EXPECT_EQ(std::get<Submit>(app.sign_out->steps[0].verb).form.source, "Sign out");
  EXPECT_EQ(app.dashboard->shows, "[data-user]");
}

TEST(ReadProject, HidesClearPasswordsInEverySourceLine) {
  const Project read = project();
  const Text& password = read.users.at("bob").properties.at("password").text;
  EXPECT_EQ(password.source, "") << "it is sealed";
  EXPECT_EQ(password.source_line, "password = \"**********\"");
  EXPECT_EQ(read.targets[0].environment.at("SECRET_KEY_BASE").source_line,
            "env = { RAILS_ENV = \"test\", SECRET_KEY_BASE = \"***\" }");
}

TEST(ReadProject, GivesWhatItCouldReadWhenSomethingIsWrong) {
  const ReadProject read =
      read_project("murphy.toml", "[target.a]\nurl = 3\n[user.ada]\nemail = 4\npassword = \"x\"\n");
  EXPECT_EQ(read.errors.size(), 2u);
  ASSERT_TRUE(read.project);
  EXPECT_TRUE(read.project->users.at("ada").properties.contains("email"));
}

TEST(ReadFeature, ReadsItsHead) {
  const Feature read = feature(R"(feature = "Sign in"
tags = ["auth", "smoke"]
requires = ["ASVS-7.2.4"]
[[scenario]]
name = "First"
tags = ["writes", "auth"]
ticket = "SUP-1"
requires = ["ASVS-2.1.1"]
user = "bob"
steps = [ { sign_in = "ada" }, { open = "/${bob.email}" } ]
)");
  EXPECT_EQ(read.name, "Sign in");
  EXPECT_EQ(read.file, "scenarios/x.toml");
  EXPECT_THAT(read.requirements, ElementsAre("ASVS-7.2.4"));
  ASSERT_EQ(read.scenarios.size(), 1u);
  const Scenario& first = read.scenarios[0];
  EXPECT_THAT(first.tags, ElementsAre("auth", "smoke", "writes"));
  EXPECT_EQ(first.ticket, "SUP-1");
  EXPECT_THAT(first.requirements, ElementsAre("ASVS-2.1.1"));
  EXPECT_THAT(first.users, ElementsAre("bob", "ada"));
  EXPECT_EQ(first.place, (Place{"scenarios/x.toml", 5, 1, 14}));
}

TEST(ReadFeature, KnowsEveryVerb) {
  const Scenario read = scenario(R"(steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", "Remember me" = true, Age = 42, Born = 1815-12-10, Likes = ["a", 2] } },
  { click = "Help", redirects = false, name = "ask for help" },
  { request = { method = "PUT", url = "/api", headers = { Accept = "*/*" }, body = "x" } },
  { sign_in = "ada" },
  { sign_out = true },
  { session = "fresh" },
  { expect = { status = 200 } },
])");
  ASSERT_EQ(read.steps.size(), 8u);
  EXPECT_EQ(std::get<Open>(read.steps[0].verb).url.source, "/login");
  const Submit& submit = std::get<Submit>(read.steps[1].verb);
  ASSERT_EQ(submit.with.size(), 5u);
  EXPECT_EQ(std::get<Text>(submit.with[0].value).parts().at(0).text, "ada.email");
  EXPECT_EQ(std::get<bool>(submit.with[1].value), true);
  EXPECT_EQ(std::get<Text>(submit.with[2].value).source, "42");
  EXPECT_EQ(std::get<Text>(submit.with[3].value).source, "1815-12-10");
  EXPECT_EQ(std::get<std::vector<Text>>(submit.with[4].value).at(1).source, "2");
  EXPECT_FALSE(read.steps[2].follow_redirects);
  EXPECT_EQ(read.steps[2].name, "ask for help");
  const Request& request = std::get<Request>(read.steps[3].verb);
  EXPECT_EQ(request.method->source, "PUT");
  EXPECT_EQ(request.headers.at(0).first, "Accept");
  EXPECT_EQ(request.body->source, "x");
  EXPECT_EQ(std::get<SignIn>(read.steps[4].verb).user, "ada");
  EXPECT_TRUE(std::holds_alternative<SignOut>(read.steps[5].verb));
  EXPECT_TRUE(std::get<Session>(read.steps[6].verb).fresh);
  EXPECT_TRUE(std::holds_alternative<ExpectOnly>(read.steps[7].verb));
  EXPECT_TRUE(read.steps[0].follow_redirects);
  EXPECT_EQ(read.steps[0].place, (Place{"scenarios/x.toml", 5, 5, 15}));
  EXPECT_EQ(read.steps[0].source_line, R"(  { open = "/login" },)");
}

TEST(ReadFeature, TakesInlineTablesHeadersAndDottedKeysForTheSame) {
  constexpr std::string_view forms[] = {
      R"(steps = [ { submit = "Sign in", with = { Email = "e" }, expect = { status = 422, cookie = { sid = { unchanged = true } } } } ])",
      "[[scenario.steps]]\nsubmit = \"Sign in\"\nwith.Email = \"e\"\nexpect.status = 422\nexpect.cookie.sid.unchanged "
      "= true\n",
      "[[scenario.steps]]\nsubmit = \"Sign in\"\n[scenario.steps.with]\nEmail = \"e\"\n[scenario.steps.expect]\nstatus "
      "= 422\n"
      "[scenario.steps.expect.cookie.sid]\nunchanged = true\n"};
  for (const std::string_view form : forms) {
    const Scenario read = scenario(form);
    ASSERT_EQ(read.steps.size(), 1u) << form;
    const Step& step = read.steps[0];
    const Submit& submit = std::get<Submit>(step.verb);
    EXPECT_EQ(submit.form.source, "Sign in");
    ASSERT_EQ(submit.with.size(), 1u);
    EXPECT_EQ(submit.with[0].field.source, "Email");
    ASSERT_EQ(step.expect.size(), 2u);
    EXPECT_EQ(step.expect[0].what, "status");
    EXPECT_EQ(step.expect[1].what, "cookie.sid");
    EXPECT_EQ(std::get<ExpectCookie>(step.expect[1].is).cookie.unchanged, true);
  }
}

TEST(ReadFeature, KeepsExpectationsInTheOrderOfTheFile) {
  const std::vector<Expectation> read =
      expectations("expect.title = \"T\"\nexpect.dashboard = \"closed\"\nexpect.header = { B = \"1\", A = \"2\" }\n"
                   "expect.status = 200\n");
  std::vector<std::string> names;
  for (const Expectation& one : read) names.push_back(one.what);
  EXPECT_THAT(names, ElementsAre("title", "dashboard", "header.B", "header.A", "status"));
  EXPECT_EQ(read[2].place.line, 8u);
  EXPECT_EQ(read[2].place.column, 19u);
  EXPECT_EQ(read[2].source_line, R"(expect.header = { B = "1", A = "2" })");
}

TEST(Expectations, Status) {
  EXPECT_THAT(only<ExpectStatus>("expect.status = 422").allowed.ranges, ElementsAre(std::pair(422, 422)));
  const StatusSet set = only<ExpectStatus>("expect.status = [200, \"3xx\", 404]").allowed;
  EXPECT_THAT(set.ranges, ElementsAre(std::pair(200, 200), std::pair(300, 399), std::pair(404, 404)));
  EXPECT_EQ(set.source, "200 or 3xx or 404");
}

TEST(Expectations, PageAndTheWayThere) {
  EXPECT_FALSE(only<ExpectPage>("expect.page = \"/dashboard\"").glob);
  const ExpectPage glob = only<ExpectPage>("expect.page = \"/users/*/edit\"");
  EXPECT_TRUE(glob.glob);
  EXPECT_EQ(glob.path.text.source, "/users/*/edit");
  const ExpectPage regex = only<ExpectPage>("expect.page = { matches = '^/u/\\d+$' }");
  EXPECT_EQ(regex.path.kind, Matcher::Kind::matches);
  EXPECT_EQ(regex.path.regex->source(), "^/u/\\d+$");
  EXPECT_EQ(only<ExpectCameThrough>("expect.came_through = [\"303 /login\", \"302 /\"]").redirects.size(), 2u);
  EXPECT_THAT(only<ExpectCameThrough>("expect.came_through = []").redirects, IsEmpty());
}

TEST(Expectations, WhatThePageShows) {
  EXPECT_EQ(only<ExpectTitle>("expect.title = { contains = \"Dash\" }").title.kind, Matcher::Kind::contains);
  const ExpectText texts = only<ExpectText>("expect.text = [\"a\", { not = \"b\" }]");
  EXPECT_EQ(texts.presence, Presence::there);
  EXPECT_EQ(texts.texts.at(1).kind, Matcher::Kind::not_);
  EXPECT_EQ(texts.texts.at(1).negated->text.source, "b");
  EXPECT_EQ(only<ExpectText>("expect.no_text = \"Error\"").presence, Presence::absent);
  const ExpectElement element = only<ExpectElement>("expect.element = [\"nav\", { css = \"a\", text = \"Help\", count "
                                                    "= { at_least = 2 }, attr = { href = \"/h\" } }]");
  EXPECT_EQ(element.elements.at(0).css, "nav");
  EXPECT_EQ(element.elements.at(1).text->text.source, "Help");
  EXPECT_EQ(element.elements.at(1).count->number, 2);
  EXPECT_EQ(element.elements.at(1).attributes.at("href").text.source, "/h");
  EXPECT_EQ(only<ExpectElement>("expect.element = { css = \"li\", count = 1_000 }").elements.at(0).count->text.source,
            "1000");
  EXPECT_EQ(only<ExpectElement>("expect.no_element = \".error\"").presence, Presence::absent);
  EXPECT_EQ(only<ExpectForm>("expect.form = \"Sign in\"").name.source, "Sign in");
}

TEST(Expectations, Errors) {
  const ExpectFieldError field = only<ExpectFieldError>("expect.field_error.Email = \"is not registered\"");
  EXPECT_EQ(field.label->source, "Email");
  EXPECT_EQ(field.words.text.source, "is not registered");
  EXPECT_EQ(only<ExpectFormError>("expect.form_error = \"wrong\"").words.text.source, "wrong");
  EXPECT_TRUE(only<ExpectNoFieldError>("expect.no_field_error = true").any);
  const ExpectNoFieldError named = only<ExpectNoFieldError>("expect.no_field_error = [\"Email\", \"Name\"]");
  EXPECT_FALSE(named.any);
  EXPECT_EQ(named.labels.size(), 2u);
}

TEST(Expectations, HeadersAndCookies) {
  const ExpectHeader header = only<ExpectHeader>("expect.header.Age = { at_least = 60 }");
  EXPECT_EQ(header.name, "Age");
  EXPECT_EQ(header.value.number, 60);
  const CookieExpectation cookie =
      only<ExpectCookie>("expect.cookie.sid = { secure = true, http_only = true, same_site = \"Lax\", path = \"/\", "
                         "session = false, max_age = { at_least = 3600 }, changed = true }")
          .cookie;
  EXPECT_EQ(cookie.name, "sid");
  EXPECT_EQ(cookie.secure, true);
  EXPECT_EQ(cookie.http_only, true);
  EXPECT_EQ(cookie.same_site->text.source, "Lax");
  EXPECT_EQ(cookie.session, false);
  EXPECT_EQ(cookie.max_age->kind, Matcher::Kind::at_least);
  EXPECT_EQ(cookie.changed, true);
  EXPECT_EQ(cookie.unchanged, std::nullopt);
  EXPECT_FALSE(cookie.value);
}

TEST(Expectations, JsonAndTime) {
  EXPECT_EQ(std::get<bool>(only<ExpectJson>("expect.json = { \"/ok\" = true }").value.is), true);
  const auto number = std::get<Matcher>(only<ExpectJson>("expect.json = { \"/n\" = 1.50 }").value.is);
  EXPECT_TRUE(number.is_number);
  EXPECT_EQ(number.number, 1.5);
  EXPECT_EQ(number.text.source, "1.50");
  EXPECT_EQ(std::get<Matcher>(only<ExpectJson>("expect.json = { \"/n\" = 7 }").value.is).text.source, "7");
  const ExpectJson text = only<ExpectJson>("expect.json = { \"/user/name\" = \"Ada\" }");
  EXPECT_EQ(text.pointer, "/user/name");
  EXPECT_EQ(std::get<Matcher>(text.value.is).text.source, "Ada");
  EXPECT_EQ(std::get<Matcher>(only<ExpectJson>("expect.json = { \"/n\" = { at_least = 2 } }").value.is).number, 2);
  EXPECT_TRUE(std::get<JsonList>(only<ExpectJson>("expect.json = { \"/tags\" = [] }").value.is).items.empty());
  EXPECT_TRUE(std::get<JsonNull>(only<ExpectJson>("expect.json = { \"/a\" = { null = true } }").value.is).wanted);
  EXPECT_FALSE(std::get<JsonAbsent>(only<ExpectJson>("expect.json = { \"/a\" = { absent = false } }").value.is).wanted);
  EXPECT_EQ(
      std::get<JsonLength>(only<ExpectJson>("expect.json = { \"/a\" = { length = 3 } }").value.is).number.text.source,
      "3");
  EXPECT_EQ(only<ExpectWithin>("expect.within = \"800ms\"").limit, 800ms);
  EXPECT_EQ(only<ExpectWithin>("expect.within = \"2 s\"").limit, 2s);
  EXPECT_EQ(only<ExpectDashboard>("expect.dashboard = \"closed\"").state, Dashboard::closed);
}

TEST(Captures, HaveOneSourceEach) {
  const Scenario read = scenario(R"(steps = [
  { open = "/", capture = { a = { css = "a.next", attr = "href" }, b = { header = "Location" }, c = { cookie = "sid" }, d = { json = "/t" }, e = { regex = 'code: (\d+)' }, f = { url_query = "token" } } },
  { open = "${a}", expect = { text = "${e}" } },
])");
  ASSERT_EQ(read.steps.size(), 2u);
  const std::vector<Capture>& captures = read.steps[0].capture;
  ASSERT_EQ(captures.size(), 6u);
  EXPECT_EQ(captures[0].name, "a");
  EXPECT_EQ(std::get<Capture::Css>(captures[0].from.value()).attribute, "href");
  EXPECT_EQ(std::get<Capture::Header>(captures[1].from.value()).name, "Location");
  EXPECT_EQ(std::get<Capture::Cookie>(captures[2].from.value()).name, "sid");
  EXPECT_EQ(std::get<Capture::Json>(captures[3].from.value()).pointer, "/t");
  EXPECT_FALSE(captures[4].from.has_value());
  EXPECT_EQ(captures[4].regex->source(), "code: (\\d+)");
  EXPECT_TRUE(std::holds_alternative<Capture::Address>(captures[5].from.value()));
  EXPECT_EQ(captures[5].parameter.value().name, "token");
}

TEST(Captures, TakeAPartOfTheirSource) {
  const Capture read =
      scenario(
          R"(steps = [ { open = "/", capture = { a = { decode = ["url", "base64"], regex = 'x', url_fragment = "t", header = "Location" } } } ])")
          .steps.at(0)
          .capture.at(0);
  EXPECT_EQ(std::get<Capture::Header>(read.from.value()).name, "Location");
  EXPECT_EQ(read.parameter.value().of, Capture::Parameter::Of::fragment);
  EXPECT_EQ(read.regex->source(), "x");
  EXPECT_EQ(read.decode, (std::vector{Capture::Decoding::url, Capture::Decoding::base64}));
}

TEST(Requests, ChooseTheirMethod) {
  const auto request = [](std::string_view text) {
    return std::get<Request>(scenario("steps = [ { request = " + std::string(text) + " } ]").steps.at(0).verb);
  };
  EXPECT_EQ(request(R"({ url = "/a" })").method->source, "GET");
  EXPECT_EQ(request(R"({ url = "/a", form = { a = "1", b = ["2", 3] } })").method->source, "POST");
  EXPECT_EQ(request(R"({ url = "/a", form = { a = "1", b = ["2", 3] } })").form.size(), 3u);
  EXPECT_EQ(request(R"({ url = "/a", method = "DELETE", body = "" })").method->source, "DELETE");
}

TEST(Requests, GoOutAsAClientWithJsonAndElseAsAPage) {
  const auto as = [](std::string_view text) {
    return std::get<Request>(scenario("steps = [ { request = " + std::string(text) + " } ]").steps.at(0).verb).as;
  };
  EXPECT_EQ(as(R"({ url = "/a" })"), SentAs::page);
  EXPECT_EQ(as(R"({ url = "/a", form = { a = "1" } })"), SentAs::page);
  EXPECT_EQ(as(R"({ url = "/a", json = {} })"), SentAs::client);
  EXPECT_EQ(as(R"({ json = {}, url = "/a", as = "script" })"), SentAs::script);
  EXPECT_EQ(as(R"({ as = "page", url = "/a", json = {} })"), SentAs::page);
}

TEST(Requests, HaveTheCsrfTokenOfTheAppUnlessTheySayOtherwise) {
  const ReadProject app = read_project("murphy.toml", R"(
[app]
csrf = { cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN", open = "/csrf-cookie" }
[target.local]
url = "http://app.test"
)");
  ASSERT_TRUE(app.errors.empty()) << render(app.errors.front());
  const auto csrf = [&](const std::string& more) {
    const std::string text =
        "feature = \"F\"\n[[scenario]]\nname = \"S\"\nsteps = [ { request = { url = \"/a\"" + more + " } } ]\n";
    const ReadFeature read = read_feature("x.toml", text, *app.project, {});
    for (const Error& error : read.errors) ADD_FAILURE() << render(error);
    const auto token = std::get<Request>(read.feature.value().scenarios.at(0).steps.at(0).verb).csrf;
    return token ? token->name + " " + token->header : "none";
  };
  EXPECT_EQ(csrf(""), "XSRF-TOKEN X-XSRF-TOKEN");
  EXPECT_EQ(csrf(", csrf = true"), "XSRF-TOKEN X-XSRF-TOKEN");
  EXPECT_EQ(csrf(", csrf = false"), "none");
  EXPECT_EQ(csrf(R"(, csrf = { meta = "csrf-token", header = "X-CSRF-Token" })"), "csrf-token X-CSRF-Token");
}

TEST(Requests, WriteJsonWithReferencesLeftInIt) {
  const Scenario read = scenario(
      R"(steps = [ { request = { url = "/a", json = { user = { email = "${ada.email}", tags = ["a\"b", 1, 2.5, true] } } } } ])");
  const Text json = *std::get<Request>(read.steps.at(0).verb).json;
  EXPECT_EQ(json.source, R"({"user":{"email":"${ada.email}","tags":["a\"b",1,2.5,true]}})");
  ASSERT_EQ(json.parts().size(), 3u);
  EXPECT_EQ(json.parts()[0].text, R"({"user":{"email":")");
  EXPECT_TRUE(json.parts()[1].reference);
  EXPECT_THAT(read.users, ElementsAre("ada"));
}

TEST(References, AreFoundAndEscaped) {
  const Scenario read =
      scenario(R"(steps = [ { open = "/${ada.email}/$${x}/${env:HOME}/${unique}?a=${unique:email}" } ])");
  const Text url = std::get<Open>(read.steps.at(0).verb).url;
  std::vector<std::string> parts;
  for (const Text::Part& part : url.parts()) parts.push_back((part.reference ? "→" : "") + part.text);
  EXPECT_THAT(parts, ElementsAre("/", "→ada.email", "/${x}/", "→env:HOME", "/", "→unique", "?a=", "→unique:email"));
  EXPECT_FALSE(url.is_literal());
  ASSERT_EQ(read.environment.size(), 1u);
  EXPECT_EQ(read.environment[0].variable, "HOME");
  EXPECT_EQ(read.environment[0].place.column, 41u);
}

TEST(References, MayBeGivenFromOutside) {
  Checks checks;
  checks.is_given = [](std::string_view name) { return name == "code"; };
  const std::string text = "feature = \"F\"\n[[scenario]]\nname = \"S\"\nsteps = [ { open = \"/${code}\" } ]\n";
  EXPECT_THAT(read_feature("x.toml", text, project(), checks).errors, IsEmpty());
  EXPECT_EQ(read_feature("x.toml", text, project(), {}).errors.size(), 1u);
}

TEST(References, AreTakenForGrantedWhenTheProjectCouldNotBeRead) {
  Checks checks;
  checks.project_is_whole = false;
  const std::string text =
      "feature = \"F\"\n[[scenario]]\nname = \"S\"\nuser = \"eve\"\nsteps = [ { sign_in = \"ada\" }, "
      "{ open = \"/${ada.email}\", expect = { dashboard = \"open\" } }, { sign_out = true } ]\n";
  EXPECT_THAT(read_feature("x.toml", text, {}, checks).errors, IsEmpty());
}

TEST(ReadFeature, SurvivesLinesBeyondAnyEditor) {
  std::string text = "feature = \"F\"\n[[scenario]]\nname = \"S\"\nsteps = [";
  for (int i = 0; i < 5000; ++i) text += "{ open = \"/${ada.email}\", expect = { status = 200 } }, ";
  text += "{ opne = \"/\" } ]\n";
  const ReadFeature read = read_feature("x.toml", text, project(), {});
  ASSERT_EQ(read.errors.size(), 1u);
  EXPECT_EQ(read.errors[0].place.line, 4u);
  EXPECT_EQ(read.errors[0].source_line, "");
}

} // namespace
} // namespace murphy::scenario
