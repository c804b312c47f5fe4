// One round of a watch: runs scenarios against the app, looks at its database, and says what was seen.
#pragma once

#include "cli/app_server_look.h"
#include "cli/prepared_run.h"
#include "cli/sent_passwords.h"
#include "run/plan/shared_leases.h"
#include "scenario/watch_reader.h"
#include "watch/look.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::cli {

// What is known before a round. While a critical incident is open, the app is asked nothing more after a failure, and
// every round looks at the tables: whether a change is gone has to be known as soon as the scenarios pass.
enum class Known { nothing, open_incident };

// What is looked at beside the database that the target names.
struct WatchedDatabase {
  std::optional<scenario::WatchMigrations> migrations; // how to know which have not run
  std::optional<target::DatabaseAddress> replica;      // that the app reads
};

// How near scenarios come to locking an account is watched while they run; both may be empty.
struct RunsOfRound {
  std::function<bool(const std::string& id)> may_run = {};
  std::function<void(const std::string& id, const watch::NumberByAccount& wrong, const std::set<std::string>& refused)>
      has_run = {};
};

class WatchRounds {
public:
  // What is prepared must outlive it; the options are those it was prepared with. `alive` is called with each event of
  // a run and each look whether the app is ready, however long the run takes.
  WatchRounds(PreparedRun& ready, RunOptions options, WatchedDatabase database, std::function<void()> alive);

  // Ids of scenarios, watch::schema_check, and watch::target_check where no scenario is among them. None: the run was
  // interrupted. `has_network` is asked when the app seems not to be there.
  std::optional<watch::RoundLook> look(const std::vector<std::string>& checks, Known known,
                                       const std::function<bool()>& has_network, const std::stop_token& stop,
                                       const RunsOfRound& runs = {});
  // How murphy run would have ended, of the last round with scenarios that could not be judged.
  ExitCode code_of_unjudged() const { return code_of_unjudged_; }

private:
  watch::SchemaLook look_at_schema();
  const std::optional<Result<record::Schema>>& tables();
  const record::Schema* schema(); // null: it cannot be seen
  void look_at_server(watch::RoundLook& round);
  SentPasswords sent_by(const run::Plan& plan, const record::Run& run, const std::string& id) const;
  std::optional<web::CertificateEnd> certificate_of(const web::TlsServer& server) const;
  void look_at_certificate(watch::RoundLook& round, const web::TlsServer& server, const char* check) const;
  static void add_certificate(watch::RoundLook& round, std::optional<web::CertificateEnd> end, const char* check);
  std::vector<target::HealthCheck> checks_of_server();

  PreparedRun& ready_;
  RunOptions options_;
  WatchedDatabase database_;
  std::function<void()> alive_;
  bool is_first_start_ = true;
  std::optional<std::optional<Result<record::Schema>>> tables_; // in this round; none: nothing needed them yet
  struct SeenCertificate {
    std::optional<web::CertificateEnd> end; // none: it was not seen
    std::chrono::steady_clock::time_point seen;
  };
  std::optional<SeenCertificate> mysql_certificate_; // of MariaDB or MySQL
  AppServerLook app_server_;
  std::unique_ptr<run::SharedLeases> shared_leases_; // null: the accounts are this watch's alone
  ExitCode code_of_unjudged_ = ExitCode::internal;
};

} // namespace murphy::cli
