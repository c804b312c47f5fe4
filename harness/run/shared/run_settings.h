// What a run needs from outside.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "record/known_good.h"
#include "record/migrations.h"
#include "record/schema.h"
#include "run/shared/kept.h"
#include "scenario/variables.h"
#include "target/target.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

class Guide;
class SharedLeases;

// Which cases are tried again: those of which a request had no answer, or all that do not pass.
enum class RetryOf { no_answer, all };

// Everything referred to outlives the run; the functions are called from several threads
// when there are several jobs.
struct RunSettings {
  const scenario::Project& project;
  const scenario::Inputs& inputs;
  record::RunStarted started; // its time and plan are filled in here
  std::function<target::RunningTarget::Started(std::stop_token)> start_target;
  // A browser without cookies for the target that was started. Errors: usage, settings it cannot be made from.
  std::function<Result<std::unique_ptr<drive::Driver>>(const target::RunningTarget&)> new_driver;
  // The tables of the app's database; null: of an app that did not come up. None where the project names none; why not,
  // when it could not be looked at.
  std::function<std::optional<Result<record::Schema>>(const target::RunningTarget*)> look_at_database;
  // `of` is the case, or the attempt at it, that has the token.
  std::function<void(std::string_view kind, std::string_view value, std::string_view of)> learn_token;
  // An event as it may be written down: failures are judged by that, so that whoever reads the journal sees as much.
  std::function<record::Event(record::Event)> mask;
  std::vector<record::ProjectSignature> signatures = {}; // error formats of the project's own, all of which compile
  // Where the code of the app writes a name; may be empty.
  std::function<std::vector<record::CodePlace>(const std::string& name)> find_in_code = {};
  // What the tool of the app's migrations has noted in these tables; the app as for the look at them. May be empty.
  std::function<std::optional<record::MigrationsSeen>(const target::RunningTarget*, const record::Schema&)>
      look_at_migrations = {};
  // Which of the migrations told last write a name; may be empty.
  std::function<std::vector<std::string>(const std::string& name)> find_in_migrations = {};
  const record::KnownGood* known_good = nullptr; // what failures are held against
  // Is called when all cases have ended and the app still runs; may be empty.
  std::function<void(target::RunningTarget&)> before_stop = {};
  Kept of_passed_steps = Kept::requests;
  // The target, when it may be asked more after a failed sign-in, see sign_in_probes.h; null: it may not.
  const scenario::Target* probed = nullptr;
  Guide* guide = nullptr;                // a person who goes through the cases step by step, of one job; may be null
  SharedLeases* shared_leases = nullptr; // accounts that other processes work with; null: they are this run's alone
  std::map<std::string, std::map<std::string, int>> members =
      {}; // by case: of pools, those to take where they are free
  std::chrono::milliseconds step_deadline{30000};
  // Asked before a case starts; false: it does not run. May be empty.
  std::function<bool(const std::string& id)> may_run = {};
  int jobs = 1;    // so many features at once; the cases of one feature always run in their order
  int retries = 0; // so often at most the app is started again and a case is tried again
  RetryOf retry_of = RetryOf::no_answer;
  bool restart = false;   // starts the app again where a request has ended it, and goes on with the other cases
  bool fail_fast = false; // starts nothing more after the first case that fails for good
  bool confirm = false;   // of several jobs: runs a case again alone where lines of others may have been judged
  std::chrono::sys_days today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); // in UTC
  std::stop_token stop;
};

} // namespace murphy::run
