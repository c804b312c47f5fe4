// What is wrong with a target by one cause, from its beginning to its end, and what a watch remembers between rounds.
#pragma once

#include "watch/check_state.h"
#include "watch/console_memory.h"
#include "watch/lockout.h"
#include "watch/process_memory.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::watch {

// Nobody is hindered yet, or people cannot sign in.
enum class Severity { warning, critical };

// What changed in the database, and between which looks.
struct SchemaChange {
  std::vector<std::string> differences; // sentences, not empty
  Instant after{};                      // the last look that saw none; the epoch: there was none
  Instant before{};                     // the first look that saw them
  bool operator==(const SchemaChange&) const = default;
};

struct Incident {
  std::string id;  // eight digits, to be named by
  std::string key; // the same whenever the same cause comes up on the same target
  Severity severity = Severity::warning;
  Instant opened{};
  Instant failed_from{}; // the first failure, or the first look that saw the change
  Instant last_good{};   // of the check that opened it; the epoch: it never passed
  std::optional<LikelyCause> cause;
  std::set<std::string> red;      // checks that are red by it now
  std::set<std::string> affected; // those that were at some time
  std::set<std::string> features; // of these
  int failed_in_row = 0;          // runs of the check that opened it
  std::string headline;           // of that check
  std::string place;
  std::optional<SchemaChange> schema; // that it is about, or that came shortly before
  int reminders = 0;                  // that were sent
  int urgency = 0;                    // that was told of
  bool is_unwatched = false;          // nothing that it is open for is watched any longer
  bool operator==(const Incident&) const = default;
};

// What a watch knows from one round to the next.
struct WatchState {
  std::string target;                              // its name
  std::map<std::string, CheckState> checks;        // by id
  std::set<std::string> unjudged;                  // ids of scenarios whose last run could not be judged
  std::map<std::string, std::string> held_back;    // as of RoundLook, since their last run
  SpentByAccount wrong_passwords;                  // that the app may count
  std::vector<Incident> open;                      // in the order they opened
  Instant schema_clean{};                          // the last look that saw no change
  std::vector<std::string> settled_changes;        // changes that stayed when their incident ended: they are known now
  bool schema_looked = false;                      // the tables were to be looked at at least once
  std::optional<SchemaChange> fresh_change;        // one that is not told of yet: the grace of a deploy
  bool is_maintenance = false;                     // in the last round
  Instant quiet_until{};                           // the next look, which the app has put off; the epoch: it has not
  std::map<std::string, std::string> blind_server; // why checks of the server saw nothing, by name
  Instant server_looked{};                         // when it was looked at last
  std::optional<std::int64_t> migrations_pending;  // as it was then
  std::map<std::string, Instant> certificates;     // when they end, by the check
  std::map<std::string, std::string> blind_app;    // the same of those of the app server
  ConsoleMemory console;                           // of the app
  ProcessMemory process;                           // of the app
  std::string blind;                               // why the last look could not compare them; empty: it could
  bool operator==(const WatchState&) const = default;
};

} // namespace murphy::watch
