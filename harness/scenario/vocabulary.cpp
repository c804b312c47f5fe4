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

constexpr auto in_project = std::to_array<Key>({
    {"app", "[app]"},
    {"target", "[target.local]"},
    {"user", "[user.ada]"},
    {"idp", "[idp.company]"},
    {"signature", "[[signature]]"},
    {"gate", "[gate]"},
    {"history", "[history]"},
    {"watch", "[watch]"},
});

constexpr auto in_app = std::to_array<Key>({
    {"sign_in", R"(sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } })"},
    {"sign_in_by",
     R"(sign_in_by.api = [ { request = { url = "/api/session", json = { email = "${user.email}" } } } ])"},
    {"sign_out", R"(sign_out = { submit = "Sign out" })"},
    {"dashboard", R"(dashboard = { page = "/dashboard", shows = "[data-user]" })"},
    {"errors", R"(errors = ".flash.bad")"},
    {"csrf", R"(csrf = { cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN" })"},
    {"source", R"(source = ".")"},
});

constexpr auto in_sign_in = std::to_array<Key>({
    {"page", R"(page = "/login")"},
    {"submit", R"(submit = "Sign in")"},
    {"fields", R"(fields = { Email = "${user.email}", Password = "${user.password}" })"},
    {"steps", R"(steps = [ { open = "/login" }, { submit = "Sign in", with = { Email = "${user.email}" } } ])"},
});

constexpr auto in_sign_out = std::to_array<Key>({
    {"page", R"(page = "/account")"},
    {"submit", R"(submit = "Sign out")"},
    {"click", R"(click = "Sign out")"},
    {"open", R"(open = "/logout")"},
    {"steps", R"(steps = [ { open = "/account" }, { submit = "Sign out" } ])"},
});

constexpr auto in_dashboard = std::to_array<Key>({
    {"page", R"(page = "/dashboard")"},
    {"shows", R"(shows = "[data-user]")"},
});

constexpr auto in_target = std::to_array<Key>({
    {"url", R"(url = "http://127.0.0.1:${port}")"},
    {"origins", R"(origins = ["https://www.example.com"])"},
    {"allowed_hosts", R"(allowed_hosts = ["login.example.com", "*.example.net"])"},
    {"start", R"(start = "bin/server --port ${port}")"},
    {"ready", R"(ready = "/health")"},
    {"directory", R"(directory = "app")"},
    {"env", R"(env = { RAILS_ENV = "test" })"},
    {"start_timeout", R"(start_timeout = "30s")"},
    {"timeout", R"(timeout = "30s")"},
    {"socket", R"(socket = "tmp/app.sock")"},
    {"tls", R"(tls = { ca = "staging-ca.pem" })"},
    {"authorize", R"(authorize = { basic = ["${env:GATE_USER}", "${env:GATE_PASSWORD}"] })"},
    {"headers", R"(headers = { X-Preview = "${env:PREVIEW_KEY}" })"},
    {"restart", "restart = true"},
    {"production", "production = false"},
    {"diagnose", "diagnose = false"},
    {"lockout", "lockout = 5"},
    {"trace_url", R"(trace_url = "https://traces.example.com/trace/${trace}")"},
    {"database", R"(database = "sqlite:storage/app.db" or { env = "DATABASE_URL" })"},
    {"console", R"(console = { file = "log/production.log" })"},
    {"process", R"(process = { pid_file = "/run/app.pid" })"},
    {"mail", "", true},
});

constexpr auto in_console = std::to_array<Key>({
    {"file", R"(console = { file = "log/production.log" })"},
    {"command", R"(console = { command = "journalctl -fn0 -u app" })"},
});

constexpr auto in_process = std::to_array<Key>({
    {"pid_file", R"(process = { pid_file = "/run/app.pid" })"},
});

constexpr auto in_tls = std::to_array<Key>({
    {"ca", R"(tls.ca = "staging-ca.pem")"},
    {"certificate", R"(tls.certificate = "client.pem")"},
    {"key", R"(tls.key = "client-key.pem")"},
});

constexpr auto in_provider = std::to_array<Key>({
    {"origin", R"(origin = "https://login.example.com")"},
});

constexpr auto in_authorization = std::to_array<Key>({
    {"basic", R"(authorize = { basic = ["ada", "${env:ADA_PASSWORD}"] })"},
    {"digest", R"(authorize = { digest = ["ada", "${env:ADA_PASSWORD}"] })"},
});

constexpr auto in_user = std::to_array<Key>({
    {"shared", "shared = true"},
    {"pool", "pool = 8"},
});

constexpr auto in_gate = std::to_array<Key>({
    {"features", R"(features = ["Sign in", "Password reset"])"},
    {"base", R"(base = "main")"},
    {"rules", R"(rules = [{ paths = ["db/migrate/**"], features = ["Sign in"] }])"},
    {"ignore", R"(ignore = ["docs/**", "**/*.md"])"},
    {"red_base", R"(red_base = "allow")"},
});

constexpr auto in_gate_rule = std::to_array<Key>({
    {"paths", R"(paths = ["db/migrate/**"])"},
    {"features", R"(features = ["Sign in"])"},
});

constexpr auto in_history = std::to_array<Key>({
    {"store", R"(store = "sqlite:.murphy/history.db" or { env = "MURPHY_HISTORY" })"},
    {"keep_days", "keep_days = 180"},
});

constexpr auto in_watch = std::to_array<Key>({
    {"target", R"(target = "staging")"},
    {"tag", R"(tag = "smoke and not slow")"},
    {"every", R"(every = "60s")"},
    {"only", R"(only = [{ tag = "slow", every = "15min" }])"},
    {"confirm", R"(confirm = ["10s", "30s"])"},
    {"fail_after", "fail_after = 3"},
    {"fail_if", R"(fail_if = "3 of 10")"},
    {"pass_after", "pass_after = 2"},
    {"slow", R"(slow = "2s")"},
    {"remind", R"(remind = ["30min", "2h", "8h"])"},
    {"store", R"(store = "sqlite:.murphy/watch.db")"},
    {"maintenance", R"(maintenance = [{ days = ["sun"], from = "02:00", until = "04:00", zone = "Europe/Berlin" }])"},
    {"deploy_grace", R"(deploy_grace = "10min")"},
    {"lockout_window", R"(lockout_window = "1h")"},
    {"database_checks", "database_checks = true"},
    {"read_replica", R"(read_replica = { env = "REPLICA_URL" })"},
    {"migrations", R"(migrations = "db/migrate" or { command = "bin/rails db:abort_if_pending_migrations" })"},
    {"control", R"(control = "https://www.example.com")"},
    {"listen", R"(listen = "127.0.0.1:9469")"},
    {"status_directory", R"(status_directory = "public/status")"},
    {"metrics", R"(metrics = "/var/lib/prometheus/node-exporter/murphy.prom")"},
    {"heartbeat", R"(heartbeat = { env = "HEARTBEAT_URL" })"},
    {"notify", R"(notify = [{ kind = "webhook", url = { env = "ALERT_URL" } }])"},
});

constexpr auto in_watch_migrations = std::to_array<Key>({
    {"command", R"(command = "bin/rails db:abort_if_pending_migrations")"},
    {"ok", "ok = 0"},
});

constexpr auto in_watch_only = std::to_array<Key>({
    {"tag", R"(tag = "slow")"},
    {"every", R"(every = "15min")"},
});

constexpr auto in_watch_maintenance = std::to_array<Key>({
    {"days", R"(days = ["sat", "sun"])"},
    {"from", R"(from = "02:00")"},
    {"until", R"(until = "04:00")"},
    {"zone", R"(zone = "Europe/Berlin")"},
});

constexpr auto in_watch_notify = std::to_array<Key>({
    {"kind", R"(kind = "webhook")"},
    {"name", R"(name = "on call")"},
    {"url", R"(url = { env = "ALERT_URL" })"},
    {"secret", R"(secret = { env = "ALERT_SECRET" })"},
    {"command", R"(command = "bin/tell-on-call")"},
    {"key", R"(key = { env = "PAGERDUTY_KEY" })"},
    {"from", R"(from = "murphy@example.com")"},
    {"to", R"(to = ["on-call@example.com"])"},
    {"severity", R"(severity = "warning")"},
});

constexpr auto in_upload = std::to_array<Key>({
    {"file", R"({ file = "ada.png" })"},
});

constexpr auto in_setting = std::to_array<Key>({
    {"env", R"({ env = "ADA_PASSWORD" })"},
    {"file", R"({ file = "secrets/ada" })"},
});

} // namespace

const Vocabulary feature_keys{"a feature file", in_feature};
const Vocabulary flow_keys{"a flow", in_flow};
const Vocabulary known_failure_keys{"known_failure", in_known_failure};
const Vocabulary user_keys{"a user", in_user};
const Vocabulary scenario_keys{"a scenario", in_scenario};
const Vocabulary field_rule_keys{"a field of validate", in_field_rules};
const Vocabulary project_keys{"murphy.toml", in_project};
const Vocabulary app_keys{"[app]", in_app};
const Vocabulary sign_in_keys{"[app] sign_in", in_sign_in};
const Vocabulary sign_out_keys{"[app] sign_out", in_sign_out};
const Vocabulary dashboard_keys{"[app] dashboard", in_dashboard};
const Vocabulary target_keys{"a target", in_target};
const Vocabulary console_keys{"a console", in_console};
const Vocabulary process_keys{"a process", in_process};
const Vocabulary tls_keys{"tls", in_tls};
const Vocabulary authorization_keys{"authorize", in_authorization};
const Vocabulary provider_keys{"an identity provider", in_provider};
const Vocabulary gate_keys{"[gate]", in_gate};
const Vocabulary gate_rule_keys{"a rule of [gate]", in_gate_rule};
const Vocabulary history_keys{"[history]", in_history};
const Vocabulary watch_keys{"[watch]", in_watch};
const Vocabulary watch_migrations_keys{"migrations", in_watch_migrations};
const Vocabulary watch_only_keys{"a table of only", in_watch_only};
const Vocabulary watch_maintenance_keys{"a maintenance window", in_watch_maintenance};
const Vocabulary watch_notify_keys{"a channel of [watch]", in_watch_notify};
const Vocabulary upload_keys{"a file to upload", in_upload};
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

std::string listed(const std::vector<std::string>& names) {
  if (names.size() < 2) return join(names, "");
  return join({names.begin(), names.end() - 1}, ", ") + " and " + names.back();
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
