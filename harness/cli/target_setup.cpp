#include "cli/target_setup.h"

#include "base/environment.h"
#include "base/make_error.h"
#include "base/size_text.h"
#include "base/text.h"
#include "drive/exchange_record.h"
#include "drive/http_driver.h"
#include "target/database_look.h"
#include "target/followed_file.h"
#include "web/navigation/authentication.h"
#include "web/url/host.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <map>

namespace murphy::cli {
namespace {

template <class Written> Error usage_at(const Written& written, Error error) {
  error.kind = ErrorKind::usage;
  return at_place_of(written, std::move(error));
}

Result<web::Url> parse(const std::string& text, const scenario::Target& target) {
  auto url = web::Url::parse(text);
  if (url) return url;
  return std::unexpected(usage_at(target.url, url.error()));
}

// The further origins of the app.
Result<std::vector<web::Url>> parse_origins(const std::vector<std::string>& origins, const scenario::Target& target) {
  std::vector<web::Url> urls;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    auto url = web::Url::parse(origins[i]);
    if (!url) return std::unexpected(usage_at(target.origins[i], url.error()));
    if (url->path() != "/" || url->query() || url->fragment() || !url->username().empty()) {
      const Error error{.kind = ErrorKind::usage,
                        .what = fmt::format("\"{}\" is no origin: it has more than a scheme, a host and a port",
                                            url->without_fragment()),
                        .hint = fmt::format("write \"{}\"", url->origin()),
                        .place = {},
                        .source_line = {}};
      return std::unexpected(usage_at(target.origins[i], error));
    }
    urls.push_back(std::move(*url));
  }
  return urls;
}

web::Authentication authentication_of(const scenario::ResolvedTarget& target, const web::Url& base) {
  web::Authentication authentication(base);
  authentication.authorize(target.authorize);
  authentication.set_headers(target.headers);
  return authentication;
}

// Asks once for a page of the app, or of a part of it.
target::ReadyCheck ready_check(web::HttpClient& client, web::Url page, web::Authentication authentication,
                               std::stop_token stop) {
  return [&client, page = std::move(page), authentication = std::move(authentication),
          stop = std::move(stop)](target::Deadline deadline) -> std::expected<record::Exchange, target::NoAnswer> {
    const record::Instant started = std::chrono::system_clock::now();
    web::Request request;
    request.url = page;
    request.headers = {{"User-Agent", "murphy/" MURPHY_VERSION}, {"Accept", "*/*"}};
    // Whatever asks for credentials is asked again with those of the target.
    web::Authentication known = authentication;
    known.add_to(request, {});
    auto response = client.send(request, deadline, stop);
    if (response && response->status == 401 && known.answer(request, *response)) {
      known.add_to(request, {});
      response = client.send(request, deadline, stop);
    }
    if (!response) {
      const web::TransportError& none = response.error();
      return std::unexpected(
          target::NoAnswer{.why = none.error.what, .hint = none.error.hint, .is_lasting = none.is_lasting});
    }
    web::Hop hop;
    hop.reason = record::Reason::ready;
    hop.started = started;
    hop.request = std::move(request);
    hop.response = std::move(*response);
    return drive::record_of(hop, repair_utf8(hop.response->body));
  };
}

} // namespace

Result<std::unique_ptr<web::HttpClient>> make_client(web::HttpSettings settings,
                                                     const std::vector<std::string>& resolve) {
  std::map<std::string, ClearText> variables;
  auto proxies = web::proxy_settings([&variables](const char* name) -> const char* {
    auto value = environment_variable(name);
    return value ? variables.insert_or_assign(name, std::move(*value)).first->second.data() : nullptr;
  });
  if (!proxies) return std::unexpected(proxies.error());
  for (const auto& [name, value] : variables)
    if (value.view().contains('@')) hide_environment_variable(name); // user:password@
  settings.proxies = std::move(*proxies);
  for (const std::string& text : resolve) {
    auto read = web::parse_resolve(text);
    if (!read) return std::unexpected(read.error());
    settings.resolve.push_back(std::move(*read));
  }
  return web::HttpClient::make(std::move(settings));
}

Result<const scenario::Target*> choose_target(const scenario::Project& project, const std::string& name) {
  std::string names;
  for (const scenario::Target& target : project.targets) {
    if (name.empty() || target.name == name) return &target;
    names += (names.empty() ? "" : ", ") + target.name;
  }
  return std::unexpected(
      usage_error(name.empty() ? project.file + " defines no target"
                               : fmt::format("there is no target “{}” in {}", name, project.file),
                  names.empty() ? "add [target.local] with url = \"http://127.0.0.1:8080\"" : "its targets: " + names));
}

Result<TargetSetup> TargetSetup::make(const scenario::Target& target, const scenario::Project& project,
                                      const scenario::Inputs& inputs, const std::vector<std::string>& resolve) {
  web::HttpSettings settings;
  settings.tls = {.ca = target.tls.ca, .certificate = target.tls.certificate, .key = target.tls.key};
  settings.unix_socket = target.unix_socket;
  auto client = make_client(std::move(settings), resolve);
  if (!client) return std::unexpected(client.error());
  TargetSetup setup(target, project, inputs, std::move(*client));
  for (const std::string& text : resolve) setup.resolve_.push_back(web::parse_resolve(text).value());
  // Tried once with any ports, so that what is wrong with the address is said before anything starts.
  const std::vector<std::uint16_t> any(scenario::ports_of(target).size(), 1);
  const auto tried = setup.attempt(any, {});
  if (!tried) return std::unexpected(tried.error());
  const auto address = web::Url::parse(tried->settings.url);
  const bool is_local = !target.unix_socket.empty() || (address && web::is_loopback(address->host()));
  setup.may_be_probed_ = !target.production && target.diagnose.value_or(is_local);
  if (const auto database = setup.database(any); !database) return std::unexpected(database.error());
  // What can never be read is said before anything is sent.
  if (target.console && !target.console->file.empty())
    if (const auto file = target::FollowedFile::open(target.console->file); !file)
      return std::unexpected(usage_at(*target.console, file.error()));
  return setup;
}

Result<scenario::ResolvedTarget> TargetSetup::resolved(const std::vector<std::uint16_t>& ports) const {
  scenario::Ports named;
  const std::vector<std::string> names = scenario::ports_of(*target_);
  for (std::size_t at = 0; at < names.size() && at < ports.size(); ++at) named[names[at]] = ports[at];
  return scenario::resolve(*target_, named, *project_, *inputs_);
}

Result<std::optional<target::DatabaseAddress>> TargetSetup::database(const std::vector<std::uint16_t>& ports) const {
  const auto resolved = this->resolved(ports);
  if (!resolved) return std::unexpected(resolved.error());
  if (!resolved->database) return std::nullopt;
  auto address = target::read_database_address(*resolved->database, project_->directory);
  if (!address) {
    Error error = address.error();
    error.place = target_->database->text.place;
    error.source_line = target_->database->text.source_line;
    return std::unexpected(std::move(error));
  }
  if (address->password && inputs_->learn_secret) inputs_->learn_secret(address->password);
  return std::move(*address);
}

std::optional<Result<record::Schema>> TargetSetup::look_at_database(const target::RunningTarget* app) const {
  return app == nullptr ? schema_of_lost_ : look_at_database(app->settings().ports);
}

std::optional<Result<record::Schema>> TargetSetup::look_at_database(const std::vector<std::uint16_t>& ports) const {
  const auto address = database(ports);
  if (!address) return std::unexpected(address.error());
  if (!*address) return std::nullopt;
  return target::look_at_database(**address);
}

std::vector<target::NotedMigrations> TargetSetup::look_at_migrations(const target::RunningTarget* app,
                                                                     const record::Schema& schema) const {
  return app == nullptr ? migrations_of_lost_ : look_at_migrations(app->settings().ports, schema);
}

std::vector<target::NotedMigrations> TargetSetup::look_at_migrations(const std::vector<std::uint16_t>& ports,
                                                                     const record::Schema& schema) const {
  const auto address = database(ports);
  if (!address || !*address) return {};
  return target::look_at_migrations(**address, schema);
}

std::vector<target::HealthCheck> TargetSetup::check_database_that_runs(const record::Schema* schema,
                                                                       const std::string& migrations) const {
  const auto address = database({});
  if (!address || !*address) return {};
  return target::check_database(**address, schema, migrations);
}

std::optional<web::TlsServer> TargetSetup::tls_of_app_that_runs() const {
  const auto resolved = this->resolved({});
  if (!resolved || !target_->unix_socket.empty()) return std::nullopt;
  const auto address = web::Url::parse(resolved->url);
  if (!address || address->scheme() != "https") return std::nullopt;
  return web::TlsServer{.host = address->host(), .port = address->effective_port()};
}

std::optional<web::TlsServer> TargetSetup::tls_of_database_that_runs() const {
  const auto address = database({});
  if (!address || !*address || (*address)->host.empty()) return std::nullopt;
  const bool is_mysql = (*address)->engine == target::DatabaseAddress::Engine::mysql;
  return web::TlsServer{.host = (*address)->host,
                        .port = (*address)->port,
                        .before = is_mysql ? web::BeforeTls::mysql : web::BeforeTls::postgresql};
}

Result<target::ReadyAttempt> TargetSetup::attempt(const std::vector<std::uint16_t>& ports,
                                                  const std::stop_token& stop) {
  const auto resolved = this->resolved(ports);
  if (!resolved) return std::unexpected(resolved.error());
  const auto base = parse(resolved->url, *target_);
  if (!base) return std::unexpected(base.error());
  if (const auto origins = parse_origins(resolved->origins, *target_); !origins)
    return std::unexpected(origins.error());

  target::ReadyAttempt attempt;
  attempt.before_stop = [this](const target::TargetSettings& settings) {
    schema_of_lost_ = look_at_database(settings.ports);
    migrations_of_lost_.clear();
    if (schema_of_lost_ && *schema_of_lost_)
      migrations_of_lost_ = look_at_migrations(settings.ports, **schema_of_lost_);
  };
  attempt.settings.name = target_->name;
  attempt.settings.url = base->without_credentials().href();
  attempt.settings.commands = resolved->start;
  attempt.settings.directory = target_->directory;
  attempt.settings.trace_url = target_->trace_url;
  attempt.settings.environment = resolved->environment;
  if (!resolved->start.empty() && target_->unix_socket.empty() && web::is_loopback(base->host()))
    attempt.settings.ports = {base->effective_port()};
  attempt.settings.start_timeout = target_->start_timeout;
  for (const auto& [name, origin] : resolved->providers) {
    const auto url = web::Url::parse(origin);
    if (!url) return std::unexpected(url.error());
    attempt.settings.providers.emplace(name, url->origin());
  }
  for (const std::string& page : resolved->ready) {
    const auto url = web::Url::parse(page, &*base);
    if (!url) return std::unexpected(url.error());
    attempt.ready.push_back({url->without_credentials().without_fragment(),
                             ready_check(*client_, *url, authentication_of(*resolved, *base), stop)});
  }
  return attempt;
}

target::RunningTarget::Started TargetSetup::start(std::stop_token stop, const StartHooks& hooks) {
  if (const std::size_t count = scenario::ports_of(*target_).size(); count > 0) {
    // The address was tried in make(): with other ports it is as good.
    return target::start_on_free_ports(
        count, [this, stop](const std::vector<std::uint16_t>& ports) { return attempt(ports, stop).value(); }, stop);
  }
  open_console();
  auto only = attempt({}, stop);
  if (console_) only->settings.console = {console_, &console_->console()};
  only->settings.waits = hooks.waits;
  if (hooks.alive)
    for (target::ReadyPage& page : only->ready)
      page.check = [ask = std::move(page.check), alive = hooks.alive](target::Deadline deadline) {
        alive();
        return ask(deadline);
      };
  return target::RunningTarget::start(std::move(only->settings), only->ready, stop, only->before_stop);
}

// An app whose console cannot be read is no app that is gone.
void TargetSetup::open_console() {
  if (!target_->console || console_) return;
  auto opened = target::OutsideConsole::open(
      {.file = target_->console->file, .command = target_->console->command, .directory = target_->directory});
  if (opened)
    console_ = std::move(*opened);
  else
    no_console_ = opened.error().what;
}

target::Console* TargetSetup::console() {
  open_console();
  return console_ ? &console_->console() : nullptr;
}

std::string TargetSetup::console_trouble() const { return console_ ? console_->trouble() : no_console_; }

std::optional<Error> TargetSetup::close_console() {
  const std::string why = console_trouble();
  const std::uint64_t left_out = console_ ? console_->console().left_out() : 0;
  console_.reset();
  if (why.empty() && left_out > 0)
    return usage_at(
        *target_->console,
        usage_error(fmt::format("warning: Murphy did not read {} of the console of target \"{}\", which came "
                                "faster than it reads",
                                size_text(left_out), target_->name),
                    "failures may lack what the app logged; let the app log less while Murphy runs"));
  if (why.empty()) return std::nullopt;
  return usage_at(
      *target_->console,
      usage_error(fmt::format("warning: the console of target \"{}\" is not being read: {}", target_->name, why),
                  "failures may lack what the app logged; correct \"console\", and try its file or command by hand"));
}

Result<std::unique_ptr<drive::Driver>> TargetSetup::new_driver(const target::RunningTarget& app) {
  auto resolved = this->resolved(app.settings().ports);
  if (!resolved) return std::unexpected(resolved.error());
  auto base = parse(resolved->url, *target_);
  if (!base) return std::unexpected(base.error());
  auto origins = parse_origins(resolved->origins, *target_);
  if (!origins) return std::unexpected(origins.error());
  std::vector<web::Url> providers;
  for (const auto& [name, origin] : resolved->providers)
    if (auto url = web::Url::parse(origin)) providers.push_back(std::move(*url));
  // What the project sets itself stays.
  for (auto& [name, text] : record::trace_headers(record::new_trace(run_))) {
    const auto is_same = [&](const auto& header) { return equal_ignoring_ascii_case(header.first, name); };
    if (std::ranges::none_of(resolved->headers, is_same)) resolved->headers.emplace_back(name, Value(text));
  }
  return drive::make_http_driver({.transport = client_->transport(),
                                  .base = std::move(*base),
                                  .origins = std::move(*origins),
                                  .providers = std::move(providers),
                                  .allowed_hosts = target_->allowed_hosts,
                                  .authorization = std::move(resolved->authorize),
                                  .headers = std::move(resolved->headers)});
}

} // namespace murphy::cli
