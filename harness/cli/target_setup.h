// A target of the project file as the thing to start, ask and drive.
#pragma once

#include "drive/driver.h"
#include "record/schema.h"
#include "record/trace.h"
#include "scenario/variables.h"
#include "target/database_address.h"
#include "target/target.h"
#include "web/http/http_client.h"

#include <cstdint>
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

class TargetSetup {
public:
  // The target, the project and what is given must outlive it. Errors: usage, when the TLS files, the proxy variables,
  // the --resolve options or the target's address cannot be used.
  static Result<TargetSetup> make(const scenario::Target& target, const scenario::Project& project,
                                  const scenario::Inputs& inputs, const std::vector<std::string>& resolve);

  // Starts the app (on a port of its own where the project leaves the choice) and waits until it is ready.
  target::RunningTarget::Started start(std::stop_token stop);
  // What its database holds; null: of an app that did not come up, as it was then. None when the target names no
  // database. Errors: target, as target::look_at_database.
  std::optional<Result<record::Schema>> look_at_database(const target::RunningTarget* app) const;
  // Whether it may be asked more after a failed sign-in: as the target says; not said, when it is on this machine.
  bool may_be_probed() const { return may_be_probed_; }
  // A browser for it, without cookies.
  Result<std::unique_ptr<drive::Driver>> new_driver(const target::RunningTarget& app);

private:
  TargetSetup(const scenario::Target& target, const scenario::Project& project, const scenario::Inputs& inputs,
              std::unique_ptr<web::HttpClient> client)
      : target_(&target), project_(&project), inputs_(&inputs), client_(std::move(client)) {}
  std::optional<Result<record::Schema>> look_at_database(const std::vector<std::uint16_t>& ports) const;
  // The ports in the order of scenario::ports_of().
  Result<std::optional<target::DatabaseAddress>> database(const std::vector<std::uint16_t>& ports) const;
  Result<target::ReadyAttempt> attempt(const std::vector<std::uint16_t>& ports, const std::stop_token& stop);
  Result<scenario::ResolvedTarget> resolved(const std::vector<std::uint16_t>& ports) const;

  const scenario::Target* target_;
  const scenario::Project* project_;
  const scenario::Inputs* inputs_;
  std::unique_ptr<web::HttpClient> client_;
  bool may_be_probed_ = false;
  std::string run_ = record::new_trace({});              // all traces of a run begin as this does
  std::optional<Result<record::Schema>> schema_of_lost_; // of an app that did not come up
};

} // namespace murphy::cli
