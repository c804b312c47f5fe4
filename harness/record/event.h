// What happens in a run, in order. The journal keeps these and every report is a fold over them.
#pragma once

#include "base/boxed.h"
#include "base/compiled_variant.h"
#include "base/shared.h"
#include "record/conditions.h"
#include "record/known_good.h"
#include "record/migrations.h"
#include "record/origin.h"
#include "record/project_signature.h"
#include "record/result.h"
#include "record/schema.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace murphy::record {

// A test case of the plan. Whoever has to do with it shares it. `id` is unique in the run and stable over runs:
// "scenarios/sign-in.toml#A wrong password …".
struct PlannedCase {
  SharedText id;
  SharedText feature;
  SharedText name;
  Place place;
  Shared<std::vector<std::string>> tags;
  SharedText ticket;
  Shared<std::vector<std::string>> requirements;
  Shared<std::vector<std::string>> accounts{}; // the users it signs in as
  bool operator==(const PlannedCase&) const = default;
};

// An account of a pool that a case works with.
struct PoolMember {
  std::string user;
  int number = 0; // from 1
  bool operator==(const PoolMember&) const = default;
};

struct RunStarted {
  std::string murphy_version;
  Instant at{};
  std::string project;                   // the project file, relative to the working directory
  std::string target;                    // its name in the project file
  std::string hostname;                  // of the machine Murphy runs on
  std::vector<Shared<PlannedCase>> plan; // in file order
  RunOrigin origin{};
  std::vector<std::string> selection{}; // the options that selected the plan, each with its value; empty: all there is
  std::optional<std::uint64_t> seed{};  // the order was shuffled by it
  std::optional<Shard> shard{};         // the plan is a part of a larger one
  Boxed<RunConditions> conditions{};    // none: an older version wrote the journal
  bool operator==(const RunStarted&) const = default;
};

// The app answers. `started_by_us` distinguishes an app Murphy started from one that was there.
struct TargetReady {
  Instant at{};
  std::string url; // where it answers, with the port it was given
  bool started_by_us = false;
  Duration waited{};
  std::vector<ConsoleLine> console; // what it wrote until then; of much, the last lines
  std::string trace_url{};          // where people see a trace, with ${trace} in place of its id; may be empty
  int attempts = 1;                 // at starting it
  bool operator==(const TargetReady&) const = default;
};

// What an app that is not there shows of itself.
enum class AppLoss {
  unreachable, // nothing answers: what stands around the app may be at fault
  broken,      // it does not come up: it ends by itself, or answers with server errors
  died,        // in the middle of the run
};

// The app could not be started or reached, or died during the run; `console` holds its last lines.
struct TargetLost {
  Instant at{};
  Error error;
  std::vector<ConsoleLine> console;
  AppLoss loss = AppLoss::unreachable;
  std::vector<Exchange> exchanges; // the last answer of its ready page, if that was an error
  std::vector<Suspect> suspects;   // why, the likeliest first; empty when the evidence does not tell
  bool operator==(const TargetLost&) const = default;
};

struct CaseStarted {
  std::string id;
  Instant at{};
  Boxed<std::vector<PoolMember>> members{}; // of the pools it uses; none: it uses none
  bool operator==(const CaseStarted&) const = default;
};

// What failures are judged by beside what their steps saw. Once, before the first step that is judged.
struct EvidenceGathered {
  Instant at{};
  std::optional<Schema> schema;        // the tables of the app's database
  std::string database_note;           // why it could not be looked at; empty: it was, or none is known
  std::optional<KnownGood> known_good; // what the app looked like when all was well
  std::vector<ProjectSignature> signatures;
  std::optional<MigrationsSeen> migrations; // of that database, where a tool has noted some
  bool operator==(const EvidenceGathered&) const = default;
};

struct StepFinished {
  std::string id;
  StepResult step;
  bool operator==(const StepFinished&) const = default;
};

// What speaks for trying once more.
enum class RetryReason {
  did_not_pass, // and every case that does not pass is tried again
  no_answer,    // a request had none: that may be chance
  app_ended,    // while others ran, any of which may have ended it
};

// A case that did not pass and is tried again: its steps until here belong to the attempt that ends.
struct CaseRetried {
  std::string id;
  Instant at{}; // when the next attempt starts
  Outcome outcome = Outcome::failed;
  Duration duration{};
  RetryReason reason = RetryReason::did_not_pass;
  bool operator==(const CaseRetried&) const = default;
};

struct CaseFinished {
  std::string id;
  Outcome outcome = Outcome::passed;
  Duration duration{};
  Note note;        // why it was skipped
  int attempts = 1; // the one that decided included
  bool operator==(const CaseFinished&) const = default;
};

// The negative control of `dashboard = "open"`: the same request without the session. Once for each target.
struct ControlFinished {
  bool holds = false;
  std::optional<Failure> failure; // how the dashboard was open to the visitor; none when it holds
  std::vector<Exchange> exchanges;
  bool operator==(const ControlFinished&) const = default;
};

struct RunFinished {
  Instant at{};
  Duration duration{};
  bool interrupted = false;
  bool operator==(const RunFinished&) const = default;
};

using Event = CompiledVariant<std::variant<RunStarted, TargetReady, TargetLost, CaseStarted, EvidenceGathered,
                                           StepFinished, CaseRetried, CaseFinished, ControlFinished, RunFinished>>;

// Whoever wants to hear of events. Called one event at a time, in order.
using EventSink = std::function<void(const Event&)>;

} // namespace murphy::record
