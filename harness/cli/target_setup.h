// A target of the project file as the thing to start, ask and drive.
#pragma once

#include "drive/driver.h"
#include "record/schema.h"
#include "record/trace.h"
#include "scenario/variables.h"
#include "target/database_address.h"
#include "target/database_health.h"
#include "target/migration_look.h"
#include "target/outside_console.h"
#include "target/target.h"
#include "web/http/certificate.h"
#include "web/http/http_client.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::cli {

// A client with the proxies that the environment names and the --resolve options. Errors: usage.
Result<std::unique_ptr<web::HttpClient>> make_client(web::HttpSettings settings,
                                                     const std::vector<std::string>& resolve);

// The target of that name; the project's first when the name is empty. Errors: usage, with the names there are.
Result<const scenario::Target*> choose_target(const scenario::Project& project, const std::string& name);

// What hears of a start; each may be empty.
struct StartHooks {
  std::function<void()> alive{};                         // before each time the app is asked whether it is ready
  std::function<void(const std::string& words)> waits{}; // as target::TargetSettings has it
};

class TargetSetup {
public:
  // The target, the project and what is given must outlive it. Errors: usage, when the TLS files, the proxy variables,
  // the --resolve options or the target's address cannot be used.
  static Result<TargetSetup> make(const scenario::Target& target, const scenario::Project& project,
                                  const scenario::Inputs& inputs, const std::vector<std::string>& resolve);

  // Starts the app (on a port of its own where the project leaves the choice) and waits until it is ready.
  target::RunningTarget::Started start(std::stop_token stop, const StartHooks& hooks = {});
  // What its database holds; null: of an app that did not come up, as it was then. None when the target names no
  // database. Errors: target, as target::look_at_database.
  std::optional<Result<record::Schema>> look_at_database(const target::RunningTarget* app) const;
  // The same of an app that Murphy has not started.
  std::optional<Result<record::Schema>> look_at_database_that_runs() const {
    return look_at_database(std::vector<std::uint16_t>());
  }
  // What the tools of its migrations have noted in these tables, of the same app.
  std::vector<target::NotedMigrations> look_at_migrations(const target::RunningTarget* app,
                                                          const record::Schema& schema) const;
  // The checks of its server. None where the target names no database. `schema`: its tables, where they were seen.
  // `migrations`: the folder with those of the app; may be empty.
  std::vector<target::HealthCheck> check_database_that_runs(const record::Schema* schema,
                                                            const std::string& migrations) const;
  // Where the app that runs, and its database, show a certificate; none where they do not, or not over a network.
  std::optional<web::TlsServer> tls_of_app_that_runs() const;
  std::optional<web::TlsServer> tls_of_database_that_runs() const;
  const std::vector<web::ResolveOverride>& resolve() const { return resolve_; }
  // The console of an app that Murphy did not start, read from the first call or start on; null: there is none.
  target::Console* console();
  // Why nothing is read any longer from the console of an app that Murphy did not start, as half a sentence; empty: it
  // is being read, or the project names none.
  std::string console_trouble() const;
  // Ends what reads that console, and gives back a warning if it could not be read to the end.
  std::optional<Error> close_console();
  // Whether it may be asked more after a failed sign-in: as the target says; not said, when it is on this machine.
  bool may_be_probed() const { return may_be_probed_; }
  // A browser for it, without cookies.
  Result<std::unique_ptr<drive::Driver>> new_driver(const target::RunningTarget& app);

private:
  TargetSetup(const scenario::Target& target, const scenario::Project& project, const scenario::Inputs& inputs,
              std::unique_ptr<web::HttpClient> client)
      : target_(&target), project_(&project), inputs_(&inputs), client_(std::move(client)) {}
  std::optional<Result<record::Schema>> look_at_database(const std::vector<std::uint16_t>& ports) const;
  std::vector<target::NotedMigrations> look_at_migrations(const std::vector<std::uint16_t>& ports,
                                                          const record::Schema& schema) const;
  // The ports in the order of scenario::ports_of().
  Result<std::optional<target::DatabaseAddress>> database(const std::vector<std::uint16_t>& ports) const;
  void open_console();
  Result<target::ReadyAttempt> attempt(const std::vector<std::uint16_t>& ports, const std::stop_token& stop);
  Result<scenario::ResolvedTarget> resolved(const std::vector<std::uint16_t>& ports) const;

  const scenario::Target* target_;
  const scenario::Project* project_;
  const scenario::Inputs* inputs_;
  std::unique_ptr<web::HttpClient> client_;
  std::vector<web::ResolveOverride> resolve_; // of the --resolve options
  bool may_be_probed_ = false;
  std::string run_ = record::new_trace({});              // all traces of a run begin as this does
  std::optional<Result<record::Schema>> schema_of_lost_; // of an app that did not come up
  std::vector<target::NotedMigrations> migrations_of_lost_;
  std::shared_ptr<target::OutsideConsole> console_; // from the first start on; null: there is none to be read
  std::string no_console_;                          // why it could not be opened; empty: it was, or there is none
};

} // namespace murphy::cli
