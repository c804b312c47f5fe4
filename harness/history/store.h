// Where runs are kept: one database, of SQLite or PostgreSQL.
#pragma once

#include "base/error.h"
#include "history/renaming.h"
#include "history/summary.h"
#include "target/database_address.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::history {

// A run without its cases, and how many of them there are.
struct PastRun {
  RunSummary run;
  int cases = 0;
  int passed = 0;
  int failed = 0;
};

// One case in one run.
struct PastCase {
  CaseOutcome is;
  std::string run; // its id
  std::string target;
  std::string branch;
  std::string commit;
  bool is_dirty = false;
  std::int64_t started = 0; // of the run, in microseconds since 1970
};

// A cause, over all runs.
struct PastCause {
  NamedCause cause;
  std::int64_t first = 0; // when the first and the last run with it began; the first is kept for ever
  std::int64_t last = 0;
  int runs = 0;
  int cases = 0; // in the last of them
};

// The run that a cause was in first.
struct FirstRun {
  std::int64_t started = 0; // microseconds since 1970
  std::string branch;
  std::string commit;
};

// The newest green run of a target, and of a branch or of all.
struct LastGreen {
  FirstRun run;
  bool is_dirty = false;
  std::vector<std::string> known_good; // what the app was like, as Store::add was given; at most two, the newest first
};

// Errors of all: target, where the database cannot be reached, read or written, with what its engine says and what to
// do; usage, where a newer Murphy wrote it. Every write is one transaction: a process that is killed leaves nothing of
// it behind.
class Store {
public:
  enum class Access { read, write };
  // Makes the tables of a new database, or brings those of an older Murphy up to date; with `read`, refuses both.
  // Waits no longer than `longest_wait` for another writer.
  static Result<Store> open(const target::DatabaseAddress& address, Access access,
                            std::chrono::milliseconds longest_wait = std::chrono::seconds(10));
  ~Store();
  Store(Store&& other) noexcept;
  Store& operator=(Store&&) = delete;

  enum class Added { now, before };
  // Adds a run, and what a healthy app was like in it, if that is not empty; one that was added before stays as it is.
  // Then drops runs that began more than `keep_days` before this one, but for the last green one of each target and
  // branch and the first one of each cause. 0 keeps all.
  Result<Added> add(const RunSummary& run, int keep_days, const std::string& known_good = {});

  // The newest first.
  Result<std::vector<PastRun>> runs(int most);
  // Of each case whose name or id has these words, whatever the case, its runs, the newest first; by id of the case.
  Result<std::vector<PastCase>> cases(const std::string& words);
  // Those with the newest run first.
  Result<std::vector<PastCause>> causes();
  // Runs of these commits as they are, without uncommitted changes, in the order of the commits; of each the newest
  // first. Their causes have no words.
  Result<std::vector<RunSummary>> runs_at(const std::string& target, const std::vector<std::string>& commits,
                                          std::size_t most);
  // By id; those that no run had are left out.
  Result<std::map<std::string, FirstRun>> first_runs(const std::vector<std::string>& causes);
  Result<std::optional<LastGreen>> last_green(const std::string& target, const std::optional<std::string>& branch = {});
  // Every scenario, by each name that it has had.
  Result<std::vector<NamedCase>> case_names();
  // Accounts of a target that one holder has at a time, until 60 seconds after it took or renewed them by the clock of
  // the database. Takes all of them or none: false where somebody else has one.
  Result<bool> take(const std::string& target, const std::vector<std::string>& accounts, const std::string& holder);
  Result<void> give_back(const std::string& target, const std::vector<std::string>& accounts,
                         const std::string& holder);
  Result<void> renew(const std::string& target, const std::string& holder);
  Result<std::vector<std::string>> held_by_others(const std::string& target, const std::string& holder);
  // How many results have another name now. Errors: usage as well, where one run has the old and the new scenario;
  // then nothing is renamed.
  Result<int> rename(const std::vector<Renaming>& renamings);

private:
  struct Session;
  explicit Store(std::unique_ptr<Session> session);
  std::unique_ptr<Session> session_;
};

} // namespace murphy::history
