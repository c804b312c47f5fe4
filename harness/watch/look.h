// What one round of a watch saw, as values: everything that the judgement rests on.
#pragma once

#include "record/exchange.h"
#include "watch/likely_cause.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::watch {

using record::Instant;

// The check of the app itself: its ready page. Ids of scenarios hold a `#` and are never this.
inline constexpr const char* target_check = "target";
// The check of Murphy itself: that it can judge what it sees.
inline constexpr const char* own_check = "murphy";
// The check that the tables are as the baseline has them.
inline constexpr const char* schema_check = "database";

// The checks of the server behind the tables, as it is scheduled; those that it consists of have their name behind a
// slash: "server/write".
inline constexpr const char* server_check = "server";
inline constexpr const char* server_prefix = "server/";
inline constexpr const char* migrations_check = "server/migrations";

// Until when the certificates of the app and of its database are good. The second is one of the server's checks.
inline constexpr const char* app_certificate_check = "app/certificate";
inline constexpr const char* database_certificate_check = "server/certificate";

// Those of the server that the app is; together they are part of nothing that is scheduled.
inline constexpr const char* app_prefix = "app/";
inline constexpr const char* answers_check = "app/answers";         // Murphy's own requests got no server errors
inline constexpr const char* console_check = "app/console";         // no new or many error lines
inline constexpr const char* process_check = "app/process";         // it runs, and does not start again and again
inline constexpr const char* memory_check = "app/memory";           // with the process
inline constexpr const char* descriptors_check = "app/descriptors"; // with the process

inline bool is_of_app_server(std::string_view check) {
  return check.starts_with(app_prefix) && check != app_certificate_check && !check.contains('#');
}

// One check in one round.
struct CheckLook {
  enum class Outcome { passed, failed };
  std::string check;   // id of the scenario, or target_check
  std::string feature; // empty for the target
  Outcome outcome = Outcome::passed;
  std::optional<LikelyCause> cause; // of one that failed; none: the evidence does not tell
  std::string headline;             // what was expected and what came, in one line
  std::string place;                // "scenarios/sign-in.toml:8:5"
  std::chrono::milliseconds took{}; // of a scenario
  std::string layer{};              // that the cause is in, as record::name_of() has it; empty: it is not told
  int urgency = 0;                  // of a warning: grows as what it warns of comes nearer
  std::string trace{};              // that the requests of a failed scenario carried; empty: none
  std::set<std::string> refused{};  // accounts whose right password the app may not have taken in it
};

// The database's tables against the baseline.
struct SchemaLook {
  std::vector<std::string> differences; // sentences; none: it is as it was
  std::string blind;                    // why it could not be compared; empty: it was
};

// A line of the app's console that reports an error, masked.
struct ErrorLine {
  Instant at{};
  std::string form; // the line without what changes from time to time
  std::string text;
  std::optional<LikelyCause> cause{}; // as far as the line alone tells it
};

// What came on the console since the look before.
struct ConsoleLook {
  std::vector<ErrorLine> lines; // without those that the baseline has as harmless
  std::string blind;            // why nothing is being read; empty: it is
  bool has_baseline = false;
};

// The app's process on this machine.
struct ProcessLook {
  std::string blind{};          // why it could not be looked for; empty: it was
  std::string missing{};        // the file that would name it, which is not there; empty: it is
  std::string gone{};           // why there is none; empty: it runs, and has what follows
  std::int64_t id = 0;          // of the process
  std::int64_t start_ticks = 0; // from the start of the machine to its own: with the id, no other process has these
  Instant started{};
  std::int64_t resident_bytes = 0;          // memory
  std::int64_t most_bytes = 0;              // that it may have
  std::optional<std::int64_t> open_files{}; // none: this user may not see them
  std::int64_t most_files = 0;
  std::int64_t threads = 0;
  bool operator==(const ProcessLook&) const = default;
};

struct RoundLook {
  Instant at{};
  std::vector<CheckLook> checks;                        // those that could be judged
  std::optional<SchemaLook> schema;                     // none: it was not looked at
  std::set<std::string> unjudged = {};                  // ids of scenarios that ran and could not be judged
  std::map<std::string, std::string> blind_server = {}; // why checks of the server saw nothing, by name
  bool is_server_looked_at = false;                     // these were looked at
  std::optional<std::int64_t> migrations_pending = {};  // that have not run, where they were counted
  std::map<std::string, Instant> certificates = {};     // when they end, by the check
  std::optional<ConsoleLook> console = {};              // none: it was not looked at
  std::optional<ProcessLook> process = {};              // the same
  // Scenarios that the app asked for fewer requests, and for this wait, by id; with target_check, its ready page did.
  std::map<std::string, std::chrono::seconds> throttled = {};
  bool is_maintenance = false; // nobody is to be told of what fails
  // Wrong passwords that scenarios sent, as far as the app may count them, by id and account. Each that ran is in it.
  std::map<std::string, std::map<std::string, int>> wrong_passwords = {};
  std::map<std::string, std::string> held_back = {}; // scenarios that did not run: one more failure could lock the
                                                     // account that stands behind their ids
  std::string trouble;                               // why Murphy itself could not judge some; empty: it could
};

} // namespace murphy::watch
