#include "cli/watch_round.h"

#include "base/text.h"
#include "cli/certificate_check.h"
#include "cli/history_leases.h"
#include "cli/migration_command.h"
#include "cli/round_look.h"
#include "cli/terminal.h"
#include "record/redact.h"
#include "snapshot/fold.h"
#include "target/replica_check.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fmt/format.h>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <variant>

namespace murphy::cli {
namespace {

using watch::CheckLook;

constexpr std::chrono::seconds handshake(5);
constexpr std::chrono::minutes between_mysql_certificates(10);
constexpr std::chrono::seconds longest_command(30); // that says whether migrations wait
constexpr const char* migrations_name = "migrations";
constexpr const char* write_name = "write";

// Whether a server let Murphy in: it is asked for more than its connections only then.
bool has_let_in(const std::vector<target::HealthCheck>& checks) {
  return std::ranges::any_of(checks, [](const target::HealthCheck& each) { return each.name == write_name; });
}

} // namespace

WatchRounds::WatchRounds(PreparedRun& ready, RunOptions options, WatchedDatabase database, std::function<void()> alive)
    : ready_(ready), options_(std::move(options)), database_(std::move(database)), alive_(std::move(alive)),
      app_server_(ready) {
  if (ready_.history) shared_leases_ = leases_in_history(*ready_.history, ready_.target->name);
}

// Several checks of a round need them: they are read once, by the first.
const std::optional<Result<record::Schema>>& WatchRounds::tables() {
  if (!tables_) tables_ = ready_.setup->look_at_database_that_runs();
  return *tables_;
}

watch::SchemaLook WatchRounds::look_at_schema() {
  const auto& looked = tables();
  if (!looked) return {.differences = {}, .blind = "the target names no database"};
  if (!*looked) return {.differences = {}, .blind = ready_.redactor.redact(looked->error().what)};
  if (!ready_.known_good || ready_.known_good->engine.empty())
    return {.differences = {}, .blind = "there is no baseline with tables: murphy snapshot makes it"};
  const snapshot::Healthy seen{.run = {}, .console = {}, .schema = **looked, .personal = {}};
  watch::SchemaLook look = compared(*ready_.known_good, snapshot::known_good_of(seen));
  for (std::string& each : look.differences) each = ready_.redactor.redact(each);
  return look;
}

const record::Schema* WatchRounds::schema() {
  const auto& looked = tables();
  return looked && *looked ? &**looked : nullptr;
}

std::vector<target::HealthCheck> WatchRounds::checks_of_server() {
  const auto& migrations = database_.migrations;
  std::vector<target::HealthCheck> checks =
      ready_.setup->check_database_that_runs(schema(), migrations ? migrations->folder : std::string());
  if (database_.replica) checks.push_back(target::check_replica(*database_.replica));
  if (!migrations || migrations->command.empty()) return checks;
  // What the tool has noted as failed says more than its command.
  const bool is_broken = std::ranges::any_of(checks, [](const target::HealthCheck& each) {
    return each.name == migrations_name && each.state == target::HealthCheck::State::bad;
  });
  if (is_broken) return checks;
  std::erase_if(checks, [](const target::HealthCheck& each) { return each.name == migrations_name; });
  checks.push_back(
      check_migrations_by(*migrations, ready_.loaded.project->directory, longest_command, ready_.redactor));
  return checks;
}

void WatchRounds::look_at_server(watch::RoundLook& round) {
  round.is_server_looked_at = true;
  const std::vector<target::HealthCheck> checks = checks_of_server();
  for (const target::HealthCheck& each : checks) {
    if (each.pending) round.migrations_pending = static_cast<std::int64_t>(*each.pending);
    std::string words = ready_.redactor.redact(each.words);
    if (each.state == target::HealthCheck::State::blind) {
      round.blind_server[each.name] = std::move(words);
      continue;
    }
    CheckLook look;
    look.check = watch::server_prefix + each.name;
    if (each.state == target::HealthCheck::State::bad) look.outcome = CheckLook::Outcome::failed;
    look.headline = std::move(words);
    round.checks.push_back(std::move(look));
  }
  const auto server = ready_.setup->tls_of_database_that_runs();
  if (!server) return;
  if (server->before != web::BeforeTls::mysql)
    return look_at_certificate(round, *server, watch::database_certificate_check);
  // MariaDB notes each look in its log as a connection that broke, and shuts out a machine that has too many of those
  // and never signs in between.
  if (!has_let_in(checks)) return;
  const auto now = std::chrono::steady_clock::now();
  if (!mysql_certificate_ || now - mysql_certificate_->seen > between_mysql_certificates)
    mysql_certificate_ = {.end = certificate_of(*server), .seen = now};
  add_certificate(round, mysql_certificate_->end, watch::database_certificate_check);
}

std::optional<web::CertificateEnd> WatchRounds::certificate_of(const web::TlsServer& server) const {
  return web::certificate_end(server, ready_.setup->resolve(), std::chrono::steady_clock::now() + handshake)
      .value_or(std::nullopt);
}

void WatchRounds::look_at_certificate(watch::RoundLook& round, const web::TlsServer& server, const char* check) const {
  add_certificate(round, certificate_of(server), check);
}

// Of one that cannot be seen, nothing is said: who cannot connect either says so.
void WatchRounds::add_certificate(watch::RoundLook& round, std::optional<web::CertificateEnd> end, const char* check) {
  if (!end) return;
  const auto now = std::chrono::floor<record::Duration>(std::chrono::system_clock::now());
  round.certificates[check] = watch::Instant(end->time_since_epoch());
  round.checks.push_back(look_of_certificate(check, *end, now));
}

// Of a case that has ended.
SentPasswords WatchRounds::sent_by(const run::Plan& plan, const record::Run& run, const std::string& id) const {
  const auto planned = std::ranges::find(plan.cases, std::string_view(id),
                                         [](const run::Case& each) { return each.planned->id.view(); });
  if (planned == plan.cases.end()) return {};
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases)
      if (result.plan->id == id) return sent_passwords(*planned, result, ready_.loaded.project->app);
  return {};
}

std::optional<watch::RoundLook> WatchRounds::look(const std::vector<std::string>& checks, Known known,
                                                  const std::function<bool()>& has_network, const std::stop_token& stop,
                                                  const RunsOfRound& runs) {
  run::Plan plan;
  for (const run::Case& each : ready_.plan.cases)
    if (contains(checks, each.planned->id)) plan.cases.push_back(each);
  watch::RoundLook round;
  tables_.reset();
  if (!plan.cases.empty() || contains(checks, watch::target_check)) {
    std::random_device random; // so that ${unique} is new in each round
    ready_.inputs.seed = (static_cast<std::uint64_t>(random()) << 32) | random();
    run::RunSettings settings = ready_.settings(options_, stop);
    settings.shared_leases = shared_leases_.get();
    settings.of_passed_steps = ready_.target->lockout ? run::Kept::requests : run::Kept::outcome;
    settings.may_run = runs.may_run;
    settings.start_target = [this](std::stop_token until) {
      StartHooks hooks{.alive = alive_};
      // Of an app that goes away later, its incident says so.
      if (std::exchange(is_first_start_, false))
        hooks.waits = [this](const std::string& words) { remark(words, ready_.redactor); };
      return ready_.setup->start(std::move(until), hooks);
    };
    settings.jobs = 1;
    // Probes send wrong passwords, and do not know of those of earlier rounds.
    if (known == Known::open_incident || ready_.target->lockout) settings.probed = nullptr;
    record::Run run;
    Errors broken;
    std::map<std::string, SentPasswords> sent; // by id
    run::run(plan, std::move(settings), [&](const record::Event& event) {
      alive_();
      record::Event masked = record::redact(event, ready_.redactor);
      if (const auto applied = record::apply(run, std::move(masked)); !applied) broken.push_back(applied.error());
      const auto* finished = std::get_if<record::CaseFinished>(&event);
      if (finished == nullptr || !ready_.target->lockout) return;
      const SentPasswords& of_case = sent[finished->id] = sent_by(plan, run, finished->id);
      if (runs.has_run) runs.has_run(finished->id, of_case.wrong, of_case.refused);
    });
    ready_.redactor.release_lasting_tokens();
    const ExitCode code = broken.empty() ? exit_code(run) : ExitCode::internal;
    if (code == ExitCode::interrupted) return std::nullopt;
    std::set<std::string> refused;
    for (const auto& [id, of_case] : sent)
      if (!of_case.refused.empty()) refused.insert(id);
    round = look_of(run, refused);
    for (auto& [id, of_case] : sent) {
      round.wrong_passwords[id] = std::move(of_case.wrong);
      const auto look = std::ranges::find(round.checks, id, &CheckLook::check);
      if (look != round.checks.end()) look->refused = std::move(of_case.refused);
    }
    if (!broken.empty()) {
      round.trouble = broken.front().what;
      for (const run::Case& each : plan.cases) round.unjudged.insert(each.planned->id);
    }
    if (seems_gone(round) && !has_network()) blind(round, checks);
    const bool is_throttled = !round.throttled.empty();
    put_off_by_ready_page(round, checks);
    if (is_throttled)
      code_of_unjudged_ = ExitCode::target;
    else if (!round.unjudged.empty() && code != ExitCode::failed)
      code_of_unjudged_ = code;
  }
  // When something has failed, a change may be why, and nobody is to be told without it.
  const bool has_failed = std::ranges::any_of(
      round.checks, [](const CheckLook& each) { return each.outcome == CheckLook::Outcome::failed; });
  if (ready_.target->database && (has_failed || known == Known::open_incident || contains(checks, watch::schema_check)))
    round.schema = look_at_schema();
  if (contains(checks, watch::server_check)) look_at_server(round);
  if (contains(checks, watch::app_certificate_check))
    if (const auto server = ready_.setup->tls_of_app_that_runs())
      look_at_certificate(round, *server, watch::app_certificate_check);
  if (contains(checks, watch::console_check))
    round.console = app_server_.console([this] {
      const record::Schema* tables_now = schema();
      return tables_now == nullptr ? std::nullopt : std::optional(*tables_now);
    });
  if (contains(checks, watch::process_check)) round.process = app_server_.process();
  if (stop.stop_requested()) return std::nullopt;
  round.at = std::chrono::floor<record::Duration>(std::chrono::system_clock::now());
  return round;
}

} // namespace murphy::cli
