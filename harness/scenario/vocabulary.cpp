#include "scenario/vocabulary.h"

#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

constexpr auto in_feature = std::to_array<Key>({
    {"feature", R"(feature = "Sign in")"},
    {"tags", R"(tags = ["smoke"])"},
    {"requires", R"(requires = ["ASVS-7.2.4"])"},
    {"scenario", "[[scenario]]"},
    {"import", R"(import = ["shared.toml"])"},
    {"flow", "[flow.sign-up]"},
});

constexpr auto in_flow = std::to_array<Key>({
    {"params", R"(params = ["email"])"},
    {"steps", R"(steps = [ { open = "/login" } ])"},
    {"gives", R"(gives = ["code"])"},
});

constexpr auto in_scenario = std::to_array<Key>({
    {"name", R"(name = "A registered user reaches the dashboard")"},
    {"tags", R"(tags = ["smoke"])"},
    {"ticket", R"(ticket = "SUP-1423")"},
    {"requires", R"(requires = ["ASVS-7.2.4"])"},
    {"user", R"(user = "ada")"},
    {"users", R"(users = ["ada", "grace"])"},
    {"steps", R"(steps = [ { open = "/login" } ])"},
    {"examples", R"(examples = [ { password = "short" }, { password = "" } ])"},
    {"cleanup", "cleanup = [ { sign_out = true } ]"},
    {"timeout", R"(timeout = "1min")"},
    {"known_failure", R"(known_failure = { ticket = "SUP-9", until = 2026-12-31 })"},
});

constexpr auto in_known_failure = std::to_array<Key>({
    {"ticket", R"(ticket = "SUP-9")"},
    {"until", "until = 2026-12-31"},
});

constexpr auto in_step = std::to_array<Key>({
    {"open", R"(open = "/login")"},
    {"submit", R"(submit = "Sign in")"},
    {"click", R"(click = "Forgot password?")"},
    {"request", R"(request = { method = "GET", url = "/api/me" })"},
    {"sign_in", R"(sign_in = "ada")"},
    {"sign_out", "sign_out = true"},
    {"session", R"(session = "fresh")"},
    {"use", R"(use = "sign-up")"},
    {"validate", R"(validate = "Create account")"},
    {"expect", "expect.status = 200"},
    {"with", R"(with = { Email = "${ada.email}" })"},
    {"capture", R"(capture = { code = { css = "#code" } })"},
    {"name", R"(name = "sign in with the wrong password")"},
    {"redirects", "redirects = false"},
    {"send", R"(send = { role = "admin" })"},
    {"eventually", R"(eventually = "10s")"},
    {"when", R"(when = { text = "Accept cookies" })"},
    {"timeout", R"(timeout = "5s")"},
    {"fields", R"(fields.Email = { required = true, type = "email", max_length = 254 })"},
    {"valid", R"(valid = { Email = "${unique:email}" })"},
    {"error", R"(error = ".field-error")"},
    {"mail", "", true},
});

constexpr auto in_field_rules = std::to_array<Key>({
    {"required", "required = true"},
    {"type", R"(type = "email")"},
    {"min_length", "min_length = 12"},
    {"max_length", "max_length = 254"},
    {"min", "min = 18"},
    {"max", "max = 120"},
    {"step", "step = 0.5"},
    {"pattern", "pattern = '[A-Z]{2}[0-9]{4}'"},
    {"accepts", R"(accepts = ["ada@example.com"])"},
    {"rejects", R"(rejects = ["ada", "ada@"])"},
    {"same_as", R"(same_as = "New password")"},
    {"page", "page = false"},
});

constexpr auto in_request = std::to_array<Key>({
    {"method", R"(request.method = "POST")"},
    {"url", R"(request.url = "/api/session")"},
    {"headers", R"(request.headers = { Accept = "application/json" })"},
    {"body", R"(request.body = "plain text")"},
    {"json", R"(request.json = { email = "${ada.email}" })"},
    {"form", R"(request.form = { email = "${ada.email}" })"},
});

constexpr auto in_expect = std::to_array<Key>({
    {"status", "expect.status = 200"},
    {"page", R"(expect.page = "/dashboard")"},
    {"came_through", R"(expect.came_through = ["303 /login"])"},
    {"title", R"(expect.title = "Dashboard")"},
    {"text", R"(expect.text = "Welcome, Ada")"},
    {"no_text", R"(expect.no_text = "Error")"},
    {"element", R"(expect.element = "nav .user")"},
    {"no_element", R"(expect.no_element = ".error")"},
    {"field_error", R"(expect.field_error = { Email = "is not registered" })"},
    {"no_field_error", "expect.no_field_error = true"},
    {"form_error", R"(expect.form_error = "wrong")"},
    {"header", R"(expect.header = { Cache-Control = "no-store" })"},
    {"cookie", "expect.cookie = { sid = { secure = true } }"},
    {"json", R"(expect.json = { "/user/name" = "Ada" })"},
    {"dashboard", R"(expect.dashboard = "open")"},
    {"form", R"(expect.form = "Sign in")"},
    {"within", R"(expect.within = "800ms")"},
});

constexpr auto in_matcher = std::to_array<Key>({
    {"contains", R"({ contains = "Ada" })"},
    {"matches", R"({ matches = "^Welcome" })"},
    {"not", R"({ not = "Guest" })"},
    {"at_least", "{ at_least = 2 }"},
});

constexpr auto in_element = std::to_array<Key>({
    {"css", R"({ css = "nav .user" })"},
    {"text", R"({ css = "nav .user", text = "Ada" })"},
    {"count", R"({ css = "li", count = 3 })"},
    {"attr", R"({ css = "a.help", attr = { href = "/help" } })"},
});

constexpr auto in_cookie = std::to_array<Key>({
    {"secure", "secure = true"},
    {"http_only", "http_only = true"},
    {"same_site", R"(same_site = "Lax")"},
    {"path", R"(path = "/")"},
    {"domain", R"(domain = "example.com")"},
    {"session", "session = true"},
    {"max_age", "max_age = { at_least = 3600 }"},
    {"value", R"(value = "en")"},
    {"changed", "changed = true"},
    {"unchanged", "unchanged = true"},
    {"absent", "absent = true"},
});

constexpr auto in_capture = std::to_array<Key>({
    {"css", R"({ css = "#code" })"},
    {"attr", R"({ css = "a.next", attr = "href" })"},
    {"header", R"({ header = "Location" })"},
    {"cookie", R"({ cookie = "sid" })"},
    {"json", R"({ json = "/token" })"},
    {"regex", R"({ regex = 'code: (\d+)' })"},
    {"url_query", R"({ url_query = "token" })"},
});

constexpr auto in_project = std::to_array<Key>({
    {"app", "[app]"},
    {"target", "[target.local]"},
    {"user", "[user.ada]"},
    {"signature", "[[signature]]"},
    {"gate", "", true},
});

constexpr auto in_app = std::to_array<Key>({
    {"sign_in", R"(sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } })"},
    {"sign_out", R"(sign_out = { submit = "Sign out" })"},
    {"dashboard", R"(dashboard = { page = "/dashboard", shows = "[data-user]" })"},
});

constexpr auto in_sign_in = std::to_array<Key>({
    {"page", R"(page = "/login")"},
    {"submit", R"(submit = "Sign in")"},
    {"fields", R"(fields = { Email = "${user.email}", Password = "${user.password}" })"},
});

constexpr auto in_sign_out = std::to_array<Key>({
    {"page", R"(page = "/account")"},
    {"submit", R"(submit = "Sign out")"},
    {"click", R"(click = "Sign out")"},
    {"open", R"(open = "/logout")"},
});

constexpr auto in_dashboard = std::to_array<Key>({
    {"page", R"(page = "/dashboard")"},
    {"shows", R"(shows = "[data-user]")"},
});

constexpr auto in_target = std::to_array<Key>({
    {"url", R"(url = "http://127.0.0.1:${port}")"},
    {"start", R"(start = "bin/server --port ${port}")"},
    {"ready", R"(ready = "/health")"},
    {"directory", R"(directory = "app")"},
    {"env", R"(env = { RAILS_ENV = "test" })"},
    {"start_timeout", R"(start_timeout = "30s")"},
    {"timeout", R"(timeout = "30s")"},
    {"socket", R"(socket = "tmp/app.sock")"},
    {"tls", R"(tls = { ca = "staging-ca.pem" })"},
    {"production", "production = false"},
    {"diagnose", "diagnose = false"},
    {"lockout", "lockout = 5"},
    {"database", R"(database = "sqlite:storage/app.db" or { env = "DATABASE_URL" })"},
    {"mail", "", true},
    {"console", "", true},
});

constexpr auto in_tls = std::to_array<Key>({
    {"ca", R"(tls.ca = "staging-ca.pem")"},
    {"certificate", R"(tls.certificate = "client.pem")"},
    {"key", R"(tls.key = "client-key.pem")"},
});

constexpr auto in_user = std::to_array<Key>({
    {"shared", "shared = true"},
    {"pool", "pool = 8"},
});

constexpr auto in_setting = std::to_array<Key>({
    {"env", R"({ env = "ADA_PASSWORD" })"},
    {"file", R"({ file = "secrets/ada" })"},
});

// What `expect` can say of the page at hand, written with `when`, and the target.
struct WhenKeys {
  WhenKeys() {
    for (const Key& key : in_expect) {
      if (key.name == "within") continue; // there is no step whose time could be taken
      written.push_back("when" + std::string(key.example.substr(std::string_view("expect").size())));
    }
    auto example = written.begin();
    for (const Key& key : in_expect) {
      if (key.name != "within") keys.push_back({key.name, *example++});
    }
    keys.push_back({"target", R"(when.target = "local")"});
  }
  std::vector<std::string> written;
  std::vector<Key> keys;
};

const WhenKeys in_when;

} // namespace

const Vocabulary feature_keys{"a feature file", in_feature};
const Vocabulary flow_keys{"a flow", in_flow};
const Vocabulary known_failure_keys{"known_failure", in_known_failure};
const Vocabulary when_keys{"when", in_when.keys};
const Vocabulary user_keys{"a user", in_user};
const Vocabulary scenario_keys{"a scenario", in_scenario};
const Vocabulary step_keys{"a step", in_step};
const Vocabulary request_keys{"request", in_request};
const Vocabulary field_rule_keys{"a field of validate", in_field_rules};
const Vocabulary expect_keys{"expect", in_expect};
const Vocabulary matcher_keys{"a comparison", in_matcher};
const Vocabulary element_keys{"an element", in_element};
const Vocabulary cookie_keys{"an expected cookie", in_cookie};
const Vocabulary capture_keys{"a capture", in_capture};
const Vocabulary project_keys{"murphy.toml", in_project};
const Vocabulary app_keys{"[app]", in_app};
const Vocabulary sign_in_keys{"[app] sign_in", in_sign_in};
const Vocabulary sign_out_keys{"[app] sign_out", in_sign_out};
const Vocabulary dashboard_keys{"[app] dashboard", in_dashboard};
const Vocabulary target_keys{"a target", in_target};
const Vocabulary tls_keys{"tls", in_tls};
const Vocabulary setting_keys{"a user's property", in_setting};

const Key* Vocabulary::find(std::string_view name) const {
  const auto found = std::ranges::find(keys, name, &Key::name);
  return found == keys.end() ? nullptr : &*found;
}

std::vector<std::string> Vocabulary::names() const {
  std::vector<std::string> result;
  for (const Key& key : keys) {
    if (!key.later) result.emplace_back(key.name);
  }
  return result;
}

std::vector<std::string> verbs() {
  return {"open", "submit", "click", "request", "sign_in", "sign_out", "session", "use", "validate", "expect"};
}

std::string advice(std::string_view unknown, const Vocabulary& vocabulary) {
  std::vector<std::string> names;
  for (const Key& key : vocabulary.keys) names.emplace_back(key.name);
  if (std::string nearest = did_you_mean(unknown, names); !nearest.empty()) return nearest;
  // A key with a home of its own: those of a feature file come first because they may well stand around this place.
  for (const Vocabulary* other : {&feature_keys, &scenario_keys, &step_keys, &expect_keys, &project_keys, &app_keys,
                                  &target_keys, &request_keys, &flow_keys}) {
    const Key* key = other == &vocabulary ? nullptr : other->find(unknown);
    if (key && !key->later) {
      return "\"" + std::string(unknown) + "\" belongs to " + std::string(other->of) + ": " + std::string(key->example);
    }
  }
  return std::string(vocabulary.of) + " has " + join(vocabulary.names(), ", ");
}

} // namespace murphy::scenario
